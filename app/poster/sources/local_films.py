"""Which films a folder of media holds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.poster.records.ids import Medium
from app.poster.records.library import Item, Library
from app.poster.sources.beside import film_art
from app.poster.sources.comparison import plain_title
from app.poster.sources.folder_names import NamedTitle, title_of_name
from app.poster.sources.media_folder import MediaFolder
from app.poster.sources.nfo import Nfo, read_nfo
from app.poster.sources.own_folder import OwnFolder
from app.poster.sources.resolution import level_in_text
from app.poster.sources.written_ids import distinct, ids_in_name

STACKED = re.compile(r"[ ._-]*(?:cd|dvd|disc|disk|part|pt)[ ._-]*\d{1,2}$", re.IGNORECASE)
NO_FACTS = Nfo(Medium.FILM)


@dataclass(frozen=True, slots=True)
class FilmFiles:
    """The videos of one film, () for a disc, and whether the folder is its own."""

    videos: tuple[str, ...]
    owns_folder: bool


def films_in(folder: MediaFolder, is_root: bool) -> tuple[FilmFiles, ...]:
    """The films among the folder's own videos: one where the folder's name is a film's, else one by title."""
    if folder.has_disc and not is_root:
        return (FilmFiles(folder.videos, True),)
    groups: dict[tuple[str, int | None], list[str]] = {}
    for video in folder.videos:
        named = title_of_video(video)
        groups.setdefault((plain_title(named.title), named.year), []).append(video)
    if is_root:
        return tuple(FilmFiles(tuple(videos), False) for videos in groups.values())
    if folder.videos and (len(groups) == 1 or names_film(folder.name)):
        return (FilmFiles(folder.videos, True),)
    return tuple(FilmFiles(tuple(videos), False) for videos in groups.values())


def names_film(name: str) -> bool:
    """Whether a folder's name has a year or an id, as the folder of one film has."""
    return title_of_name(name).year is not None or bool(ids_in_name(name, Medium.FILM))


def title_of_video(name: str) -> NamedTitle:
    return title_of_name(STACKED.sub("", Path(name).stem))


@dataclass(frozen=True, slots=True)
class FilmPlace:
    """Where a film was found: `key` of its folder below the media folder, and the library's part of it."""

    library: Library
    folder: MediaFolder
    own: OwnFolder
    key: str


def film_items(place: FilmPlace, is_root: bool) -> Iterator[Item]:
    for files in films_in(place.folder, is_root):
        yield film_item(place, files, is_root)


def film_item(place: FilmPlace, files: FilmFiles, is_root: bool) -> Item:
    folder, first = place.folder, files.videos[0] if files.videos else ""
    stem = Path(first).stem
    facts = film_facts(folder, stem, files.owns_folder)
    named = film_name(folder, first, files)
    folder_ids = ids_in_name(folder.name, Medium.FILM) if files.owns_folder else ()
    return Item(
        library=place.library,
        key=place.key if files.owns_folder else f"{place.key}/{first}",
        medium=Medium.FILM,
        title=facts.title or named.title,
        original_title=facts.original_title,
        year=named.year or facts.year,
        ids=distinct((*folder_ids, *ids_in_name(stem, Medium.FILM), *facts.ids)),
        path=str(folder.path / first),
        root_folder=first if is_root else place.own.root_folder,
        extra_folder=place.own.extra_folder,
        labels=facts.tags,
        resolution=level_in_text(f"{stem} {folder.name}"),
        several_versions=are_versions(files.videos),
        watched=facts.watched,
        art=film_art(folder, stem, files.owns_folder),
    )


def film_facts(folder: MediaFolder, stem: str, owns_folder: bool) -> Nfo:
    """The facts of the NFO named after the file, else of movie.nfo, else of the only NFO there is."""
    names = [folder.texts.get(stem.casefold()), folder.texts.get("movie") if owns_folder else None]
    if owns_folder and len(folder.texts) == 1:
        names.append(*folder.texts.values())
    found = (read_nfo(folder.path / name, Medium.FILM) for name in dict.fromkeys(filter(None, names)))
    return next((entries[0] for entries in found if entries), NO_FACTS)


def film_name(folder: MediaFolder, first: str, files: FilmFiles) -> NamedTitle:
    """The folder's title where the folder is the film's own, with the file's year where it has none."""
    of_file = title_of_video(first) if first else None
    if not files.owns_folder and of_file:
        return of_file
    of_folder = title_of_name(folder.name)
    if of_folder.year is None and of_file and plain_title(of_file.title) == plain_title(of_folder.title):
        return NamedTitle(of_folder.title, of_file.year)
    return of_folder


def are_versions(videos: Sequence[str]) -> bool:
    """Whether the videos are more than the parts of one film."""
    return len({STACKED.sub("", Path(video).stem) for video in videos}) > 1
