"""The address and the key of a media server, as a caller gives them or as config.json has them."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from app.core.config_file import ConfigFile
from app.core.errors import Forbidden
from app.core.servers.configured import KINDS
from app.core.settings.masking import MASK

API_PART = "ApiPart"
# (section, setting of the address, setting of the key) by the name of the server.
PLACES = {kind[5].lower(): (kind[0], kind[2], kind[3]) for kind in KINDS}
ELSEWHERE = "The stored key would go to another address. Send the key as well, or sign in as administrator."


class Access(NamedTuple):
    """Where a server is, and the key that it takes; either is "" where it is not known."""

    url: str
    key: str


def saved_access(config: ConfigFile, server: str) -> Access:
    section, address, key = PLACES[server]
    return Access(*(str(config.setting(*place) or "") for place in ((section, address), (API_PART, key))))


def given_access(
    config: ConfigFile, server: str, sent: Mapping[str, str | None], may_send_anywhere: bool
) -> Access:
    """`url` and `key` as they are sent, the saved ones where nothing, or the mark of a secret, is sent.

    `Forbidden` where the saved key would go to another address than the saved one.
    """
    saved = saved_access(config, server)
    url, key = (unmarked(sent.get(name)) for name in ("url", "key"))
    url = url or saved.url
    if key:
        return Access(url, key)
    if saved.key and not may_send_anywhere and origin_of(url) != origin_of(saved.url):
        raise Forbidden(ELSEWHERE)
    return Access(url, saved.key)


def unmarked(text: str | None) -> str:
    """The text, "" where there is none or the mark of a saved secret."""
    plain = (text or "").strip()
    return "" if plain == MASK else plain


def origin_of(url: str) -> tuple[str, str]:
    """Scheme, and host with port, as far as an address has them."""
    try:
        parts = urlsplit("".join(url.split()))
    except ValueError:
        return "", url
    return parts.scheme.lower(), parts.netloc.lower()
