"""Which pictures go up to the media server, by the settings."""

from dataclasses import dataclass

from app.poster.records.environment import Environment, KometaOverlay
from app.poster.records.library import SourceName
from app.poster.settings import Settings


@dataclass(frozen=True, slots=True)
class UploadRules:
    """What the settings say of uploads.

    `sends_made` is for pictures that the run makes, `sends_existing` for files that were there before.
    `with_thumb` has a background go up as THUMB too. `always` uploads bytes that are shown already.
    `replaces_overlay` allows uploads over art with Kometa's label. `taken` are the paths of assets that go up
    over whatever is shown, because a person asked for them by name.
    """

    sends_made: bool = False
    sends_existing: bool = False
    with_thumb: bool = False
    always: bool = False
    replaces_overlay: bool = False
    taken: frozenset[str] = frozenset()

    @property
    def is_on(self) -> bool:
        return self.sends_made or self.sends_existing

    def sends(self, was_made: bool) -> bool:
        """Whether a file goes up that the server has never shown."""
        return self.sends_made if was_made else self.sends_existing


def read_upload_rules(
    settings: Settings,
    environment: Environment,
    server: SourceName,
    is_triggered: bool = False,
    taken: frozenset[str] = frozenset(),
) -> UploadRules:
    """The rules for the server; a triggered run also uploads files that were there before it.

    Jellyfin and Emby get each new picture, Plex only where PlexUpload says so; a folder shows nothing.
    """
    if server is SourceName.FOLDER:
        return UploadRules()
    section = f"{server.value}Part"
    is_plex = server is SourceName.PLEX
    sends_made = not is_plex or settings.flag("PrerequisitePart", "PlexUpload")
    return UploadRules(
        sends_made=sends_made,
        sends_existing=settings.flag(section, "UploadExistingAssets") or (is_triggered and sends_made),
        with_thumb=not is_plex and settings.flag(section, "ReplaceThumbwithBackdrop"),
        always=settings.flag("PrerequisitePart", "DisableHashValidation"),
        replaces_overlay=environment.kometa_overlay is KometaOverlay.REPLACE,
        taken=taken,
    )
