"""What a run did to one file, read off the journal: what lay there before it, and what after."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from app.poster.journal.settling import is_same
from app.poster.records.journal_entry import AssetRecord, EntryState, JournalEntry
from app.poster.records.reasons import HOLDING, Action, Owner
from app.poster.records.step import FileState


@dataclass(frozen=True, slots=True)
class FileEffect:
    """The net effect of runs on one file.

    `owner` is whose the file before was. `last` is the last step of the runs, and `earlier` what was known of
    the asset before their first one, None where nothing was. `later` names a run that wrote the file
    since, "" for none.
    """

    path: str
    before: FileState | None
    after: FileState | None
    owner: Owner
    last: JournalEntry
    earlier: AssetRecord | None = None
    later: str = ""

    @property
    def is_ours(self) -> bool:
        """Whether the file before was one that we made."""
        return self.before is not None and self.owner in (Owner.OURS, Owner.NOBODY)

    @property
    def is_of_hold(self) -> bool:
        """Whether the file is as it was, and only what a person said about it was changed."""
        is_edit = self.last.action in (Action.PUT, *HOLDING)
        return is_edit and self.before is not None and is_same(self.before, self.after)


def file_effect(entries: Sequence[JournalEntry], runs: Container[str]) -> FileEffect | None:
    """The effect of the runs on the file of these entries, all of one asset; None where they did nothing."""
    done = [entry for entry in entries if entry.state is EntryState.DONE]
    on_disk = [entry for entry in done if entry.place is None]
    theirs = [entry for entry in on_disk if entry.run in runs]
    if not theirs:
        return None
    first, last = first_of(theirs), theirs[-1]
    later = [entry.run for entry in on_disk if entry.number > last.number]
    return FileEffect(
        path=last.path,
        before=first.before,
        after=last.after,
        owner=first.owner,
        last=last,
        earlier=record_before(done, first),
        later=later[-1] if later else "",
    )


def first_of(theirs: Sequence[JournalEntry]) -> JournalEntry:
    """The first of the steps that led to the last one without a change by anybody else between them."""
    first = theirs[-1]
    for entry in reversed(theirs[:-1]):
        if not is_same(entry.after, first.before):
            break
        first = entry
    return first


def record_before(done: Sequence[JournalEntry], first: JournalEntry) -> AssetRecord | None:
    """What was known of the asset when the step began, as its newest earlier step left it."""
    records = [entry.record for entry in done if entry.number < first.number and entry.record]
    return records[-1] if records else None


def is_redo(entry: JournalEntry) -> bool:
    """Whether to take this step back makes something again: it deleted, took back or restored a picture."""
    return entry.action not in (Action.CREATE, Action.REPLACE, Action.UPLOAD)
