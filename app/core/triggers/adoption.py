"""Trigger files of other programs become rows, and rows are kept in step with the folder."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from os import stat_result

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core.errors import ApplicationError, Invalid
from app.core.paths import Paths, inside
from app.core.senders.event import Event, Ignored
from app.core.triggers.file_format import read_trigger
from app.core.triggers.inbox import CAP, add_waiting, new_row, open_count
from app.core.triggers.staging import Remains, Staged, publish_staged, remains, sync_directory
from app.core.triggers.trigger_files import file_place, restore_file
from app.core.triggers.waiting import Patience
from app.core.triggers.watched import fingerprint_text
from app.models import Trigger, TriggerStatus

UNDER_WAY = timedelta(seconds=5)
LATEST = 2**33  # in seconds since 1970; a file can bear a year that no calendar has
UNREADABLE = "The file is not a valid trigger file"


@dataclass(frozen=True)
class FoundFile:
    """A file without a row; one with an error is not valid."""

    name: str
    fingerprint: str
    written: datetime
    event: Event | Ignored | None
    error: str = ""


@dataclass(frozen=True)
class Sorted:
    """Names of files: those without a row, ours that wait, and ours whose run has completed."""

    unknown: set[str]
    ours: set[str]
    finished: set[str]


def sort_names(session: Session, files: Mapping[str, stat_result]) -> Sorted:
    facts = select(Trigger.file, Trigger.status, Trigger.parcel, Trigger.fingerprint)
    rows = list(session.execute(facts.where(Trigger.file.in_(list(files)))))
    known = {
        row.file
        for row in rows
        if row.status != TriggerStatus.DONE and is_what_was_read(row.fingerprint, files[row.file])
    }
    ours = {row.file for row in rows if row.parcel}
    return Sorted(files.keys() - known - ours, ours & known, ours - known)


def is_what_was_read(mark: str | None, facts: stat_result) -> bool:
    """Whether a file is unchanged; files without a mark are written by this server only."""
    return mark is None or mark == fingerprint_text(facts)


def read_trigger_file(paths: Paths, name: str, facts: stat_result) -> FoundFile | None:
    """The content of a file; None where it was deleted meanwhile."""
    written = datetime.fromtimestamp(min(facts.st_mtime, LATEST), UTC)
    try:
        event, error = read_trigger(inside(paths.watcher, name)), ""
    except FileNotFoundError:
        return None
    except Invalid as refused:
        event, error = None, f"{UNREADABLE}: {refused.detail}"
    return FoundFile(name, fingerprint_text(facts), written, event, error)


def adopt(session: Session, found: list[FoundFile], moment: datetime, patience: Patience) -> list[int]:
    """Add a row for each file that there is room for; they have waited since they were written."""
    room = max(0, CAP - open_count(session))
    fresh = sorted(found, key=lambda one: (one.written, one.name))[:room]
    forget_earlier(session, [one.name for one in fresh])
    rows = [
        new_row(one.event, one.name, min(one.written, moment), None, mark=one.fingerprint) for one in fresh
    ]
    return add_waiting(session, rows, patience)


def forget_earlier(session: Session, names: list[str]) -> None:
    """What a file said before somebody changed it no longer counts."""
    earlier = delete(Trigger).where(Trigger.file.in_(names), Trigger.parcel.is_(None))
    session.execute(earlier.where(Trigger.status == TriggerStatus.WAITING))


def unreadable(session: Session, found: FoundFile, moment: datetime) -> Trigger:
    """A row for a file that is not valid; it has failed at once."""
    row = Trigger(file=found.name, sender="", kind="arr", name="", identity=f"file:{found.name}", title="")
    row.title, row.last_error, row.ended_at = found.name, found.error, moment
    row.status = TriggerStatus.FAILED
    row.received_at = row.first_at = row.waiting_until = min(found.written, moment)
    session.add(row)
    session.flush()
    return row


def settle_remains(session: Session, paths: Paths) -> list[Staged]:
    """Undo requests that died processes had not answered, and keep those that they may have answered.

    What is returned is to be discarded once this is committed: a staged file has the rest undone.
    """
    unwanted = []
    for one in remains(paths):
        rows = list(session.scalars(select(Trigger).where(Trigger.parcel == one.parcel)))
        untouched = all(row.status == TriggerStatus.WAITING for row in rows)
        if rows and (one.kept or not untouched):
            keep_remains(paths, one)
            continue
        delete_triggers(session, paths, rows)
        unwanted += one.files
    return unwanted


def keep_remains(paths: Paths, one: Remains) -> None:
    for staged in one.files:
        publish_staged(paths, staged)


def delete_triggers(session: Session, paths: Paths, rows: list[Trigger]) -> None:
    for row in rows:
        file_place(paths, row).unlink(missing_ok=True)
        session.delete(row)
    session.flush()


def restore_missing(session: Session, paths: Paths, moment: datetime) -> None:
    """Write missing files of waiting triggers again, after a loss of power or a deletion."""
    for row in session.scalars(select(Trigger).where(*settled_wait(moment))):
        # Where a file has no place any more, its row is enough.
        with suppress(OSError, ApplicationError):
            if not file_place(paths, row).exists():
                restore_file(paths, row)


def settled_wait(moment: datetime) -> tuple:
    """Conditions for triggers that wait for longer than a request takes to move its files."""
    since = moment - UNDER_WAY
    return Trigger.status == TriggerStatus.WAITING, Trigger.received_at <= since, Trigger.first_at <= since


def hand_over(session: Session, paths: Paths, moment: datetime) -> None:
    """Leave the files of waiting triggers to another consumer, once they are on the disk.

    A missing file was taken while no server ran, so that writing it again would run it twice.
    """
    rows = list(session.scalars(select(Trigger).where(*settled_wait(moment))))
    for row in rows:
        row.status = TriggerStatus.HANDED_OVER
    if rows:
        sync_directory(paths.watcher)


def finish_taken(session: Session, paths: Paths, moment: datetime) -> None:
    """Mark the triggers whose files another consumer took as done."""
    for row in handed_over_triggers(session):
        if not file_place(paths, row).exists():
            row.status, row.ended_at = TriggerStatus.DONE, moment


def take_back(session: Session, paths: Paths, moment: datetime) -> None:
    """Let triggers that were handed over and not taken wait again."""
    finish_taken(session, paths, moment)
    for row in handed_over_triggers(session):
        row.status = TriggerStatus.WAITING


def handed_over_triggers(session: Session) -> list[Trigger]:
    return list(session.scalars(select(Trigger).where(Trigger.status == TriggerStatus.HANDED_OVER)))
