"""Each receiver with the double of its server, and the pictures that tests send."""

from app.poster.records.library import SourceName
from app.poster.records.server_art import Place, Slot
from app.poster.sources.media_server import ServerSettings
from app.poster.uploading.emby import EmbyReceiver
from app.poster.uploading.jellyfin import JellyfinReceiver
from app.poster.uploading.plex import PlexReceiver
from app.poster.web.endpoint import Limits
from tests.doubles import media_jellyfin, media_plex
from tests.doubles.media_world import small_media
from tests.doubles.shown_pictures import HAND, foreign_picture

OURS, OTHER = foreign_picture("ours", HAND), foreign_picture("other", HAND)
QUICK = Limits(connect=2, read=5, whole=20, tries=1, failures=1_000_000)
PAUSES = (0.01, 0.02, 0.02, 0.02)


def plex_double():
    return media_plex.MediaPlex(small_media())


def jellyfin_double():
    return media_jellyfin.MediaJellyfin(small_media())


def emby_double():
    return media_jellyfin.MediaJellyfin(small_media(), "/emby")


SERVERS = {
    SourceName.PLEX: (plex_double, PlexReceiver, media_plex.TOKEN, "ApiPart.PlexToken"),
    SourceName.JELLYFIN: (
        jellyfin_double,
        JellyfinReceiver,
        media_jellyfin.TOKEN,
        "ApiPart.JellyfinAPIKey",
    ),
    SourceName.EMBY: (emby_double, EmbyReceiver, media_jellyfin.TOKEN, "ApiPart.EmbyAPIKey"),
}


def receiver_of(double, name: SourceName, limits=QUICK, pauses=PAUSES, **facts):
    _, kind, token, setting = SERVERS[name]
    known = {"key": token, "key_setting": setting}
    address = facts.pop("address", double.url)
    return kind(ServerSettings(name, f"{name.value}Part", address, **{**known, **facts}), limits, pauses)


class Served:
    """One double, its receiver, and what tests say of places in short."""

    def __init__(self, double, name: SourceName):
        self.double, self.name = double, name
        self.receiver = receiver_of(double, name)
        film, show = double.world.items()
        self.film, self.show = film.key, show.key
        self.season, self.episode = show.season_key(1), show.episodes[1].key

    def place(self, key=None, slot=Slot.POSTER) -> Place:
        return Place(self.name, str(key or self.film), slot)

    def shown_bytes(self, place: Place) -> bytes:
        return self.double.shown_bytes(int(place.item_key), place.slot)
