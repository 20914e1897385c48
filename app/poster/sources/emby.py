"""Emby as a source: the answers are Jellyfin's, the address ends in a path of its own."""

from dataclasses import replace
from urllib.parse import urlsplit

from app.poster.sources.jellyfin import JellyfinSource
from app.poster.sources.media_server import SERVER_LIMITS, ServerSettings
from app.poster.sources.source import Note, ignore_note
from app.poster.web.endpoint import Limits

USUAL_PATH = "/emby"


class EmbySource(JellyfinSource):
    """One Emby server."""

    def __init__(self, server: ServerSettings, limits: Limits = SERVER_LIMITS, note: Note = ignore_note):
        super().__init__(replace(server, address=with_api_path(server.address)), limits, note)


def with_api_path(address: str) -> str:
    """The address with the path below which Emby answers, where only a host is set."""
    return address if urlsplit(address).path.strip("/") else f"{address.rstrip('/')}{USUAL_PATH}"
