"""Addresses of pictures that this server offered, which it recognises again by a seal."""

import hmac

from app.core.errors import Forbidden

# Half of a digest: enough that nobody guesses one, and short where a page has hundreds.
SEAL_LENGTH = 32
# What a provider has of a picture in a small size: the part of an address that names it, and the other size.
SMALLER = (
    ("https://image.tmdb.org/t/p/original/", "https://image.tmdb.org/t/p/w342/"),
    ("https://assets.fanart.tv/fanart/", "https://assets.fanart.tv/preview/"),
)
WEB = ("http://", "https://")


def address_seal(secret: bytes, address: str) -> str:
    """The seal of an address: it cannot be made without the secret."""
    content = f"offered picture {address}".encode("utf-8", "surrogatepass")
    return hmac.digest(secret, content, "sha256").hex()[:SEAL_LENGTH]


def require_offered(secret: bytes, address: str, seal: str) -> None:
    """Raise `Forbidden` for an address that this server did not offer."""
    if not hmac.compare_digest(address_seal(secret, address).encode(), seal.encode("utf-8", "replace")):
        raise Forbidden("Only pictures that this server offered are shown: search for them again.")


def is_web_address(address: str) -> bool:
    """Whether a picture can be fetched there; the others lie in a folder or at the media server."""
    return address.startswith(WEB)


def smaller_address(address: str) -> str:
    """The same picture in a small size, where its provider has one."""
    whole, small = next((pair for pair in SMALLER if address.startswith(pair[0])), ("", ""))
    return small + address.removeprefix(whole) if whole else address
