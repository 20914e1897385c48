"""What every source of films and shows offers to the run."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from app.poster.kinds import Kind
from app.poster.records.import_event import ImportEvent
from app.poster.records.library import Item, Library, SourceArt, SourceName

# Takes one sentence about what is left out of a listing, such as an episode without a number.
Note = Callable[[str], None]


def ignore_note(sentence: str) -> None:
    """Take a note where nobody reads notes."""


class SourceTrouble(Exception):
    """A source, or one library of it, that cannot be read; its text is one sentence that says what to set.

    `stops_run` is True where no library can be read: a wrong key, a wrong address, no library at all.
    """

    def __init__(self, sentence: str, stops_run: bool = False):
        super().__init__(sentence)
        self.stops_run = stops_run


class Source(Protocol):
    """One media server or folder; calls may come from several threads."""

    name: SourceName

    def libraries(self) -> Sequence[Library]:
        """The libraries that are neither excluded nor of another kind; SourceTrouble where there is none."""

    def items(self, library: Library, kinds: frozenset[Kind]) -> Iterator[Item]:
        """The library's films and shows one by one, in the same order in every run, never all in memory.

        `kinds` are the kinds of picture that are wanted: without SEASON and TITLE_CARD no seasons are read,
        without TITLE_CARD no episodes. SourceTrouble in the middle means that the listing is incomplete.
        """

    def collections(self, libraries: Sequence[Library]) -> Iterator[Item]:
        """The collections that the source has of these libraries, as items of Medium.COLLECTION.

        `root_folder` is the collection's name. SourceTrouble in the middle means that the listing is
        incomplete.
        """

    def files_gone(self, library: Library) -> int:
        """How many rows the library's last listing left out because their files are gone at the moment."""

    def find(self, event: ImportEvent, kinds: frozenset[Kind]) -> Iterator[Item]:
        """The item of the event, cut to its season and episodes; nothing where none or several fit."""

    def read_art(self, art: SourceArt) -> bytes:
        """The original bytes of the source's own picture, at most 64 MiB; CandidateRefused otherwise."""

    def close(self) -> None:
        """Give back connections."""
