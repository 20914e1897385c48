"""The one source that the settings choose."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from app.poster.records.environment import Environment
from app.poster.records.library import SourceName
from app.poster.settings import Settings
from app.poster.sources.emby import EmbySource
from app.poster.sources.folder import FolderSource
from app.poster.sources.guesses import NameGuesses
from app.poster.sources.jellyfin import JellyfinSource
from app.poster.sources.media_server import ServerSettings, read_server_settings, read_trust
from app.poster.sources.plex import PlexSource
from app.poster.sources.source import Note, Source, SourceTrouble, ignore_note


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a source needs beside its settings.

    `cache` is the folder for answers that outlast a run, None for none; `note` takes a sentence for each
    thing that is left out of a listing.
    """

    environment: Environment
    cache: Path | None = None
    note: Note = ignore_note


Opener = Callable[[Settings, Surroundings], Source]


def open_folder(settings: Settings, surroundings: Surroundings) -> Source:
    media = surroundings.environment.media
    if media is None:
        raise SourceTrouble(
            "No source of films and shows is set: set UsePlex, UseJellyfin or UseEmby to true, "
            "or set MEDIA_PATH to a folder whose sub-folders are libraries",
            stops_run=True,
        )
    if not media.is_dir():
        raise SourceTrouble(
            f"MEDIA_PATH names {media}, which is no folder; "
            "set it to a folder whose sub-folders are libraries",
            stops_run=True,
        )
    cache = surroundings.cache
    guesses = NameGuesses(cache / "guessed_names.json" if cache else None)
    return FolderSource(media, guesses, surroundings.note, surroundings.environment.media_excluded)


def open_server(
    name: SourceName, kind: Callable[..., Source], settings: Settings, surroundings: Surroundings
) -> Source:
    """A media server by its name and its class."""
    return kind(server_settings(name, settings, surroundings.environment), note=surroundings.note)


def server_settings(name: SourceName, settings: Settings, environment: Environment) -> ServerSettings:
    """Where a media server is, its key and its certificate; SourceTrouble where it cannot be asked."""
    return read_server_settings(settings, name, read_trust(environment.certificates.get(name.value, "")))


# The switch in config.json, and what opens the source; the folder is the source where no switch is true.
SOURCES: Mapping[SourceName, tuple[tuple[str, str] | None, Opener]] = {
    SourceName.PLEX: (
        ("PlexPart", "UsePlex"),
        partial(open_server, SourceName.PLEX, PlexSource),
    ),
    SourceName.JELLYFIN: (
        ("JellyfinPart", "UseJellyfin"),
        partial(open_server, SourceName.JELLYFIN, JellyfinSource),
    ),
    SourceName.EMBY: (
        ("EmbyPart", "UseEmby"),
        partial(open_server, SourceName.EMBY, EmbySource),
    ),
    SourceName.FOLDER: (None, open_folder),
}


def open_source(
    settings: Settings,
    environment: Environment,
    cache: Path | None = None,
    note: Note = ignore_note,
) -> Source:
    """The configured source, not yet asked anything; SourceTrouble where none or more than one is set."""
    return open_named_source(chosen_source(settings), settings, Surroundings(environment, cache, note))


def open_named_source(name: SourceName, settings: Settings, surroundings: Surroundings) -> Source:
    """That source, whatever is switched on, not yet asked anything; SourceTrouble where it cannot be used."""
    _, opener = SOURCES[name]
    return opener(settings, surroundings)


def chosen_source(settings: Settings) -> SourceName:
    """The source that is switched on, the folder where none is; SourceTrouble where several are."""
    switched = [name for name, (switch, _) in SOURCES.items() if switch and settings.flag(*switch)]
    if len(switched) > 1:
        names = " and ".join(f"Use{name.value}" for name in switched)
        raise SourceTrouble(f"{names} are all true in config.json; set all but one to false", stops_run=True)
    return switched[0] if switched else SourceName.FOLDER
