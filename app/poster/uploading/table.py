"""The one receiver that the settings choose."""

from collections.abc import Callable, Mapping

from app.poster.records.environment import Environment
from app.poster.records.library import SourceName
from app.poster.settings import Settings
from app.poster.sources.media_server import ServerSettings
from app.poster.sources.table import chosen_source, server_settings
from app.poster.uploading.emby import EmbyReceiver
from app.poster.uploading.jellyfin import JellyfinReceiver
from app.poster.uploading.plex import PlexReceiver
from app.poster.uploading.receiver import Receiver

RECEIVERS: Mapping[SourceName, Callable[[ServerSettings], Receiver]] = {
    SourceName.PLEX: PlexReceiver,
    SourceName.JELLYFIN: JellyfinReceiver,
    SourceName.EMBY: EmbyReceiver,
}


def open_receiver(
    settings: Settings, environment: Environment, name: SourceName | None = None
) -> Receiver | None:
    """The media server of that name, else the source that is switched on; None for a folder.

    It is not asked anything yet; SourceTrouble where its settings cannot be used.
    """
    name = name or chosen_source(settings)
    if name not in RECEIVERS:
        return None
    return RECEIVERS[name](server_settings(name, settings, environment))
