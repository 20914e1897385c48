"""Artwork beside the media, under every name that Plex, Jellyfin, Emby and Kodi read."""

import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from app.poster.kinds import Kind
from app.poster.records.library import SourceArt
from app.poster.sources.comparison import comparable_name
from app.poster.sources.media_folder import MediaFolder

FILM_POSTERS = ("poster", "folder", "cover", "default", "movie")
SHOW_POSTERS = ("poster", "folder", "cover", "default", "show")
SEASON_POSTERS = ("poster", "folder", "cover", "default")
BACKGROUNDS = ("fanart", "backdrop", "background", "art")
NUMBER = re.compile(r"[-_ ]?(\d{1,2})")
NUMBER_AFTER_DIGIT = re.compile(r"[-_ ](\d{1,2})")


def film_art(folder: MediaFolder, stem: str, owns_folder: bool) -> tuple[SourceArt, ...]:
    """The posters and backgrounds of a film: those named after its file first.

    Names such as "poster" count only where the film is the folder's only one.
    """
    posters = (f"{stem}-poster", stem, *(FILM_POSTERS if owns_folder else ()))
    own_backgrounds = tuple(f"{stem}-{word}" for word in BACKGROUNDS)
    backgrounds = (*own_backgrounds, *(BACKGROUNDS if owns_folder else ()))
    return (*art(Kind.POSTER, folder, posters), *art(Kind.BACKGROUND, folder, backgrounds))


def show_art(folder: MediaFolder) -> tuple[SourceArt, ...]:
    return (*art(Kind.POSTER, folder, SHOW_POSTERS), *art(Kind.BACKGROUND, folder, BACKGROUNDS))


def season_art(show: MediaFolder, season: MediaFolder | None, number: int) -> tuple[SourceArt, ...]:
    """The posters of a season, in the show's folder or in its own."""
    names = [f"season{number:02}", f"season{number}", f"season-{number:02}", f"season-{number}"]
    if number == 0:
        names = ["season-specials", "season00", "specials", *names]
    stems = [f"{name}-poster" for name in names] + names
    found = picture_names(show, stems)
    places = [(show, name) for name in found]
    if season and season.path != show.path:
        places += [(season, name) for name in picture_names(season, (*stems, *SEASON_POSTERS))]
    return numbered_art(Kind.SEASON, places)


def episode_art(folder: MediaFolder, stem: str) -> tuple[SourceArt, ...]:
    return art(Kind.TITLE_CARD, folder, (f"{stem}-thumb", stem))


def art(kind: Kind, folder: MediaFolder, stems: Sequence[str]) -> tuple[SourceArt, ...]:
    return numbered_art(kind, [(folder, name) for name in picture_names(folder, stems)])


def picture_names(folder: MediaFolder, stems: Sequence[str]) -> list[str]:
    """The pictures of those stems, then the numbered ones ("fanart-2"); the order of the stems decides."""
    wanted = [comparable_name(stem) for stem in stems]
    names = [name for stem in wanted for name in folder.pictures.get(stem, ())]
    names += [name for stem in wanted for name in numbered_names(folder, stem)]
    return list(dict.fromkeys(names))


def numbered_names(folder: MediaFolder, stem: str) -> Iterator[str]:
    ranked = []
    # "season0" is not the first half of "season02".
    pattern = NUMBER_AFTER_DIGIT if stem[-1:].isdigit() else NUMBER
    for other, names in folder.pictures.items():
        number = pattern.fullmatch(other[len(stem) :]) if other.startswith(stem) else None
        if number:
            ranked.append((int(number[1]), names))
    for _, names in sorted(ranked):
        yield from names


def numbered_art(kind: Kind, places: Sequence[tuple[MediaFolder, str]]) -> tuple[SourceArt, ...]:
    """A record for each picture that is there and not empty, counted from 0."""
    found: list[SourceArt] = []
    for folder, name in places:
        validator = validator_of(folder.path / name)
        if validator:
            found.append(SourceArt(kind, str(folder.path / name), validator, index=len(found)))
    return tuple(found)


def validator_of(path: Path) -> str:
    """Size and time of the file, "" where it is empty or gone."""
    try:
        status = path.stat()
    except OSError:
        return ""
    if not stat.S_ISREG(status.st_mode) or not status.st_size:
        return ""
    return f"{status.st_size}-{status.st_mtime_ns}"
