"""A local folder as a source: its sub-folders are libraries."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from app.poster.kinds import Kind
from app.poster.records.candidate import CandidateRefused
from app.poster.records.ids import Medium
from app.poster.records.import_event import ImportEvent
from app.poster.records.library import Item, Library, LibraryContent, SourceArt, SourceName
from app.poster.sources.comparison import comparable_name
from app.poster.sources.event_match import BestMatch, cut_to_event
from app.poster.sources.folder_names import season_of_folder
from app.poster.sources.guesses import NameGuesses
from app.poster.sources.local_films import FilmPlace, film_items
from app.poster.sources.local_shows import EpisodeFile, EpisodeReader, ShowPlace, seems_show, show_item
from app.poster.sources.media_folder import MediaFolder, is_extras_folder, read_media_folder
from app.poster.sources.own_folder import OwnFolder
from app.poster.sources.source import Note, SourceTrouble, ignore_note

LARGEST_PICTURE = 64 * 1024 * 1024
DEEPEST = 12
# So many items are looked at to find out what a library holds.
SAMPLE_ITEMS = 20


@dataclass
class Walk:
    """One pass through a library: folders that were seen, and those that could not be read."""

    library: Library
    kinds: frozenset[Kind]
    seen: set[tuple[int, int]] = field(default_factory=set)
    unread: list[str] = field(default_factory=list)

    def enter(self, path: Path) -> MediaFolder | None:
        """The folder, None where it cannot be read or was seen already."""
        try:
            folder = read_media_folder(path)
        except OSError as error:
            self.unread.append(f"{path} ({error.strerror or error})")
            return None
        if folder.identity in self.seen:
            return None
        self.seen.add(folder.identity)
        return folder


class FolderSource:
    """The films and shows below one folder on this machine."""

    name = SourceName.FOLDER

    def __init__(
        self,
        media: Path,
        guesses: NameGuesses | None = None,
        note: Note = ignore_note,
        excluded: Sequence[str] = (),
    ):
        self.media = media
        self._excluded = frozenset(map(comparable_name, excluded))
        self._guesses = guesses or NameGuesses()
        self._note = note
        self._reader = EpisodeReader(self._guesses, note)

    def libraries(self) -> Sequence[Library]:
        try:
            folders = read_media_folder(self.media).folders
        except OSError as error:
            raise SourceTrouble(
                f"MEDIA_PATH names {self.media}, which cannot be read ({error.strerror or error}); "
                "set it to a folder whose sub-folders are libraries",
                stops_run=True,
            ) from error
        names = [name for name in folders if comparable_name(name) not in self._excluded]
        found = [library for name in names if (library := self._library(name))]
        if not found:
            raise SourceTrouble(
                f"{self.media} has no sub-folder with films or shows; "
                "put each library into a folder of its own there, or set MEDIA_PATH to the folder above them",
                stops_run=True,
            )
        return found

    def items(self, library: Library, kinds: frozenset[Kind]) -> Iterator[Item]:
        root = self.media / library.key
        walk = Walk(library, kinds)
        folder = walk.enter(root)
        if folder:
            yield from self._items_in(folder, (), walk)
        self._guesses.save()
        if walk.unread:
            more = f" and {len(walk.unread) - 1} more" if len(walk.unread) > 1 else ""
            raise SourceTrouble(
                f"The listing of {library.name} is incomplete: {walk.unread[0]}{more} cannot be read; "
                "give the server's user the right to read it"
            )

    def collections(self, libraries: Sequence[Library]) -> Iterator[Item]:
        """None: folders have no collections."""
        return iter(())

    def files_gone(self, library: Library) -> int:
        return 0

    def find(self, event: ImportEvent, kinds: frozenset[Kind]) -> Iterator[Item]:
        best = BestMatch(event)
        for library in self.libraries():
            try:
                for item in self.items(library, frozenset()):
                    best.offer(item)
            except SourceTrouble as trouble:
                self._note(str(trouble))
        for found in best.found(self._note):
            yield from self._found(found, event, kinds)

    def read_art(self, art: SourceArt) -> bytes:
        path = Path(os.path.normpath(art.where))
        if not path.is_relative_to(self.media):
            raise CandidateRefused(f"{path.name} does not lie in the media folder")
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST_PICTURE + 1)
        except OSError as error:
            sentence = f"{path.name} cannot be read ({error.strerror or error})"
            raise CandidateRefused(sentence, is_lasting=False) from error
        if len(content) > LARGEST_PICTURE:
            raise CandidateRefused(f"{path.name} is larger than {LARGEST_PICTURE // 1024**2} MiB")
        return content

    def close(self) -> None:
        self._guesses.save()

    def _found(self, found: Item, event: ImportEvent, kinds: frozenset[Kind]) -> Iterator[Item]:
        """The item once more, with its seasons and episodes where it is a show."""
        if found.medium is Medium.FILM:
            yield found
            return
        walk = Walk(found.library, kinds)
        folder = walk.enter(Path(found.path))
        if folder:
            own = OwnFolder(found.root_folder, found.extra_folder)
            place = ShowPlace(found.library, folder, own, found.key, self.media)
            yield cut_to_event(show_item(place, list(self._episodes(folder, None, walk, 0)), kinds), event)

    def _library(self, name: str) -> Library | None:
        """The library of that name with the kind of its content, None for a folder without any video."""
        roots = (str(self.media / name),)
        library = Library(SourceName.FOLDER, name, name, LibraryContent.MIXED, roots=roots)
        walk = Walk(library, frozenset())
        folder = walk.enter(self.media / name)
        if not folder:
            return None
        sample = list(islice(self._items_in(folder, (), walk), SAMPLE_ITEMS))
        media = {item.medium for item in sample}
        if not media:
            return None
        content = LibraryContent.MIXED if len(media) > 1 else LibraryContent(media.pop().value)
        return replace(library, content=content, size=library_size(folder, sample))

    def _items_in(self, folder: MediaFolder, below: tuple[str, ...], walk: Walk) -> Iterator[Item]:
        own = OwnFolder(below[-1], "/".join(below[:-1])) if below else OwnFolder()
        key = "/".join((walk.library.key, *below))
        if below and (episodes := self._show_files(folder, walk)) is not None:
            if episodes:
                yield show_item(ShowPlace(walk.library, folder, own, key, self.media), episodes, walk.kinds)
            return
        yield from film_items(FilmPlace(walk.library, folder, own, key), is_root=not below)
        for name in folder.folders if len(below) < DEEPEST else ():
            inner = (
                None if folder.videos and below and is_extras_folder(name) else walk.enter(folder.path / name)
            )
            if inner:
                yield from self._items_in(inner, (*below, name), walk)

    def _show_files(self, folder: MediaFolder, walk: Walk) -> list[EpisodeFile] | None:
        """The episodes of a show's folder, None where the folder is none."""
        if not (seems_show(folder) or self._has_season(folder)):
            return None
        return list(self._episodes(folder, None, walk, 0))

    def _has_season(self, folder: MediaFolder) -> bool:
        """Whether a sub-folder is named like a season and holds what a season holds."""
        return any(
            season_of_folder(name) is not None and is_season(folder.path / name) for name in folder.folders
        )

    def _episodes(
        self, folder: MediaFolder, season: MediaFolder | None, walk: Walk, depth: int
    ) -> Iterator[EpisodeFile]:
        yield from self._reader.read(folder, season)
        for name in folder.folders if depth < DEEPEST else ():
            inner = None if is_extras_folder(name) else walk.enter(folder.path / name)
            if inner:
                is_season = season_of_folder(name) is not None
                yield from self._episodes(inner, inner if is_season else season, walk, depth + 1)


def library_size(root: MediaFolder, sample: Sequence[Item]) -> int | None:
    """How many items the library has, judged by a sample of them; None where only a listing would show it.

    Where each item of the sample lies in a folder of its own below the root, this holds for all.
    """
    if len(sample) < SAMPLE_ITEMS:
        return len(sample)
    own = {item.root_folder for item in sample if not item.extra_folder}
    return len(root.folders) + len(root.videos) if len(own) == len(sample) else None


def is_season(path: Path) -> bool:
    """Whether the folder has videos, itself or one level below; "1" only with numbered ones."""
    try:
        folder = read_media_folder(path)
        inner = [folder, *(read_media_folder(path / name) for name in folder.folders)]
    except OSError:
        return False
    if path.name.isdigit():
        return any(seems_show(one) for one in inner)
    return any(one.videos for one in inner)
