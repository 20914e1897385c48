"""Which entries of the journal an undo takes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from app.poster.journal.journal import Journal
from app.poster.records.journal_entry import AssetRecord, JournalEntry
from app.poster.records.step import Ingredients
from app.poster.undoing.effects import FileEffect, file_effect
from app.poster.undoing.place_effects import PlaceEffect, place_effects
from app.poster.undoing.steps import taken_back


class Extent(Protocol):
    """Which entries of the journal are taken back."""

    def paths(self, journal: Journal) -> list[str]: ...

    def made_folders(self, journal: Journal) -> list[tuple[str, int]]: ...

    def file_effect(self, entries: Sequence[JournalEntry]) -> FileEffect | None: ...

    def place_effects(self, entries: Sequence[JournalEntry]) -> list[PlaceEffect]: ...

    def undone(self, effect: FileEffect, known: AssetRecord) -> Ingredients | None: ...


@dataclass(frozen=True)
class OfRuns:
    """The entries of one run, or of all its attempts."""

    names: list[str]

    def paths(self, journal: Journal) -> list[str]:
        return journal.paths_of(self.names)

    def made_folders(self, journal: Journal) -> list[tuple[str, int]]:
        return journal.made_folders(self.names)

    def file_effect(self, entries: Sequence[JournalEntry]) -> FileEffect | None:
        return file_effect(entries, self.names)

    def place_effects(self, entries: Sequence[JournalEntry]) -> list[PlaceEffect]:
        return place_effects(entries, self.names)

    def undone(self, effect: FileEffect, known: AssetRecord) -> Ingredients | None:
        return taken_back(effect, known)
