"""The media server that config.json names."""

from dataclasses import replace
from urllib.parse import urlsplit

from app.core.config_file import ConfigFile, truthy
from app.core.errors import ConfigUnreadable
from app.core.servers.jellyfin import Jellyfin
from app.core.servers.plex import Plex

Server = Plex | Jellyfin
KINDS = (
    ("PlexPart", "UsePlex", "PlexUrl", "PlexToken", Plex, "Plex"),
    ("JellyfinPart", "UseJellyfin", "JellyfinUrl", "JellyfinAPIKey", Jellyfin, "Jellyfin"),
    ("EmbyPart", "UseEmby", "EmbyUrl", "EmbyAPIKey", Jellyfin, "Emby"),
)


def configured_server(config: ConfigFile, certificate: str = "") -> Server | None:
    """The first server that is switched on and can be asked, else None; `certificate` is trusted for it."""
    try:
        found = next(filter(None, (server_of(config, *kind) for kind in KINDS)), None)
    except ConfigUnreadable:
        return None
    return replace(found, certificate=certificate) if found else None


def server_of(
    config: ConfigFile, section: str, switch: str, address: str, token: str, kind: type, name: str
) -> Server | None:
    if not truthy(config.setting(section, switch)):
        return None
    url, secret = config.setting(section, address), config.setting("ApiPart", token)
    if not (is_server_address(url) and is_header(secret)):
        return None
    return kind(with_path(url) if name == "Emby" else url, secret, name)


def with_path(url: str) -> str:
    """The address with /emby where it names only a host, as the script adds it."""
    return url if urlsplit(url).path.strip("/") else f"{url.rstrip('/')}/emby"


def is_server_address(url) -> bool:
    try:
        parts = urlsplit(url) if isinstance(url, str) else None
        return parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def is_header(secret) -> bool:
    """Whether it is a token that can travel in a header; the placeholder of a new config.json is empty."""
    return isinstance(secret, str) and bool(secret) and secret.isascii() and secret.isprintable()
