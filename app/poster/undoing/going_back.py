"""What all runs since one did to a file or to a place on a server: what lay there after that run, and now."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.poster.journal.journal import Journal
from app.poster.journal.pruning import ENTRIES_OF_AN_ASSET
from app.poster.journal.reading import last_number, made_folders_since, paths_since
from app.poster.records.journal_entry import AssetRecord, EntryState, JournalEntry
from app.poster.records.reasons import Owner
from app.poster.records.server_art import Place, Shown
from app.poster.records.step import Ingredients
from app.poster.undoing.effects import FileEffect, record_before
from app.poster.undoing.place_effects import PlaceEffect, sent_for
from app.poster.undoing.steps import undone_by_version


@dataclass(frozen=True)
class SinceRun:
    """All entries behind the last one of a run; `undone` as `take_steps` takes it."""

    number: int

    def paths(self, journal: Journal) -> list[str]:
        """The assets that anybody has done something to since, each once."""
        with journal.reading() as database:
            return paths_since(database, self.number)

    def made_folders(self, journal: Journal) -> list[tuple[str, int]]:
        with journal.reading() as database:
            return made_folders_since(database, self.number)

    def file_effect(self, entries: Sequence[JournalEntry]) -> FileEffect | None:
        """The effect on the file of these entries, all of one asset; None where nothing was done since.

        Also None where the journal has given up what lay there then: no guess takes its place.
        """
        done = [entry for entry in entries if entry.state is EntryState.DONE and entry.place is None]
        earlier, since = self._parted(done)
        if not since or (not earlier and len(entries) >= ENTRIES_OF_AN_ASSET):
            return None
        first, last = since[0], since[-1]
        then = earlier[-1] if earlier else None
        return FileEffect(
            path=last.path,
            before=then.after if then else first.before,
            after=last.after,
            owner=owner_after(then) if then else first.owner,
            last=last,
            earlier=record_before([one for one in entries if one.state is EntryState.DONE], first),
        )

    def place_effects(self, entries: Sequence[JournalEntry]) -> list[PlaceEffect]:
        """The effects on all places of these entries, all of one asset."""
        done = [entry for entry in entries if entry.state is EntryState.DONE]
        places = dict.fromkeys(one.place for one in done if one.place and one.number > self.number)
        return [self._place_effect(done, place) for place in places]

    def undone(self, effect: FileEffect, known: AssetRecord) -> Ingredients | None:
        return undone_by_version(effect, known)

    def _place_effect(self, done: Sequence[JournalEntry], place: Place) -> PlaceEffect:
        earlier, since = self._parted([entry for entry in done if entry.place == place])
        before = earlier[-1].shown_after if earlier else since[0].shown_before
        return PlaceEffect(
            path=since[-1].path,
            place=place,
            before=before or Shown(),
            after=since[-1].shown_after or Shown(),
            sha256=sent_for(before or Shown(), earlier),
            last=since[-1],
            earlier=record_before(done, since[0]),
        )

    def _parted(self, entries: Sequence[JournalEntry]) -> tuple[list[JournalEntry], list[JournalEntry]]:
        earlier = [entry for entry in entries if entry.number <= self.number]
        return earlier, [entry for entry in entries if entry.number > self.number]


def owner_after(entry: JournalEntry) -> Owner:
    """Whose the file was that the step left."""
    return entry.record.owner if entry.record else Owner.OURS


def since_run(journal: Journal, runs: Sequence[str]) -> SinceRun | None:
    """All that came after those attempts of a run; None where they left nothing in the journal."""
    with journal.reading() as database:
        number = last_number(database, tuple(runs))
    return SinceRun(number) if number else None
