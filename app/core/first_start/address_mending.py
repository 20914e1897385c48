"""What a person types as the address of a media server, as addresses that can be tried."""

import re
from urllib.parse import urlsplit

# (port of http, port of https) that each server listens at where nobody has changed it.
USUAL_PORTS = {"plex": (32400, 32400), "jellyfin": (8096, 8920), "emby": (8096, 8920)}
SCHEMES = ("https", "http")
WORTH_TRYING = {"https": ("https",), "http": ("http", "https")}
WITH_SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
# What the address bar holds while the server's own page is open.
OWN_PAGE = re.compile(r"/(web(/.*)?|index\.html)$", re.IGNORECASE)
LONGEST = 1024


def addresses_to_try(typed: str, server: str) -> list[str]:
    """The addresses that the text may mean, the likeliest first; none for a text that can be no address.

    A scheme that is missing is tried as https and http, http also as https, and a missing port also as the
    usual one; nothing that begins with https is tried without it.
    """
    text = "".join(typed.split())[:LONGEST]
    named = WITH_SCHEME.match(text)
    rest = without_page(text[named.end() :] if named else text.lstrip("/"))
    schemes = WORTH_TRYING.get(named[1].lower(), ()) if named else SCHEMES
    if not rest:
        return []
    plain = [f"{scheme}://{rest}" for scheme in schemes]
    found = [*plain, *(with_usual_port(address, server) for address in plain)]
    return list(dict.fromkeys(address for address in found if has_host(address)))


def without_page(rest: str) -> str:
    """Host, port and path without query, fragment, closing slashes and the server's own page."""
    plain = re.split(r"[?#]", rest, maxsplit=1)[0].rstrip("/")
    return OWN_PAGE.sub("", plain).rstrip("/")


def with_usual_port(address: str, server: str) -> str:
    """The address with the usual port where it has neither port nor path, else as it is."""
    if not has_host(address):
        return address
    parts = urlsplit(address)
    if parts.port or parts.path or server not in USUAL_PORTS:
        return address
    return f"{address}:{USUAL_PORTS[server][parts.scheme == 'https']}"


def fault_of_text(typed: str) -> str:
    """What is wrong with a text that stands for no address: "missing", "port_text" or "address"."""
    text = "".join(typed.split())[:LONGEST]
    if not text:
        return "missing"
    rest = without_page(WITH_SCHEME.sub("", text).lstrip("/"))
    has_port = re.fullmatch(r"[^/:]+:[^/:]*(/.*)?", rest)
    return "port_text" if has_port and not has_host(f"http://{rest}") else "address"


def has_host(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


def mendings(typed: str, address: str) -> list[str]:
    """What was mended of the text, by code: "scheme", "https", "port", "page", "slash", in this order."""
    text = "".join(typed.split())
    rest = WITH_SCHEME.sub("", text).lstrip("/")
    plain = without_page(rest)
    found = {
        "scheme": not WITH_SCHEME.match(text),
        "https": text.lower().startswith("http://") and address.startswith("https://"),
        "port": WITH_SCHEME.sub("", address) not in (plain, f"{plain}/emby"),
        "page": plain != re.split(r"[?#]", rest, maxsplit=1)[0].rstrip("/") or "#" in rest or "?" in rest,
        "slash": rest.endswith("/"),
    }
    return [code for code, is_mended in found.items() if is_mended]
