"""Takes over an existing data folder of Posterizarr, once, and records what was and was not taken."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError

from app.core.errors import ApplicationError, Conflict, reason_of
from app.core.file_lock import TriedLock
from app.core.local_time import zone_or_none
from app.core.takeover.part_outcome import PartOutcome, PartState, TakeoverTerms
from app.core.takeover.places import (
    artwork_in_place,
    keep_schedules,
    logs_in_place,
    overlays_in_place,
    schedules_in_place,
    settings_in_place,
    strange_databases,
    triggers_in_place,
)
from app.core.takeover.record import (
    NOTHING_YET,
    TakeoverRecord,
    begin_takeover,
    finish_takeover,
    is_part_done,
    record_part,
    store_takeover,
    stored_takeover,
)
from app.core.takeover.takeover_report import write_takeover_report
from app.core.takeover.upstream_files import QUEUE_FILE, UPSTREAM_FILES, present_files
from app.core.takeover.upstream_parts import ADVICE, PARTS, UpstreamPart, take_part
from app.extensions import Machine
from app.models import Base
from app.models.base import now
from app.services.keys import announce_change
from app.services.queue_takeover import QUEUE_PART, QueueMeans, take_queue
from app.services.reports import import_reports

log = structlog.get_logger(__name__)

OWN_DATABASE = "posterizarr"
# What a value of another program's file can lead to; none of it may prevent a start.
FAULTS = (
    *(ApplicationError, sqlite3.Error, SQLAlchemyError, OSError),
    *(ValueError, TypeError, LookupError, ArithmeticError),
)


def take_over_once(machine: Machine) -> None:
    """Take over what an existing data folder holds, once; errors are logged, none is raised."""
    try:
        with machine.database.reading() as session:
            record = stored_takeover(session)
        if record["finished_at"] is None if record else present_files(machine.paths):
            take_over(machine)
    except FAULTS as error:
        log.error("takeover_failed", reason=reason_of(error), advice="posterizarr takeover")


def take_over_again(machine: Machine, fetches: bool = False) -> TakeoverRecord | None:
    """Take over what could not be taken before; None where there is no existing data folder.

    With `fetches`, pictures of queued replacements are fetched from their addresses.
    """
    with machine.database.reading() as session:
        record = stored_takeover(session)
    return take_over(machine, fetches) if record or present_files(machine.paths) else None


def planned_takeover(machine: Machine) -> TakeoverRecord | None:
    """What `take_over_again` would do, found out with a database that is deleted afterwards."""
    record = record_so_far(machine)
    if record is None and not present_files(machine.paths):
        return None
    with TemporaryDirectory(prefix="posterizarr-plan-") as folder:
        settings = replace(machine.settings, database_url=f"sqlite:///{folder}/plan.db")
        with closing(Machine(settings)) as rehearsal:
            Base.metadata.create_all(rehearsal.database.engine)
            with rehearsal.database.writing() as session:
                store_takeover(session, record or NOTHING_YET)
            return take_parts(rehearsal, Path(folder), QueueMeans(stages=False))


def record_so_far(machine: Machine) -> TakeoverRecord | None:
    """The stored record, None where there is no database yet; none is created."""
    if machine.database.is_sqlite and not Path(machine.database.url.database).exists():
        return None
    try:
        with machine.database.reading() as session:
            return stored_takeover(session)
    except SQLAlchemyError:
        return None


def take_over(machine: Machine, fetches: bool = False) -> TakeoverRecord:
    log.info("takeover_begun", files=present_files(machine.paths))
    with takeover_lock(machine):
        keep_what_changes(machine)
        record = take_parts(machine, machine.paths.runs, QueueMeans(fetches))
    announce_change(machine)
    log.info("takeover_finished", **{part["name"]: summary_of(part) for part in record["parts"]})
    keep_report(machine, record)
    return record


@contextmanager
def takeover_lock(machine: Machine) -> Iterator[None]:
    lock = TriedLock(machine.paths.database / "takeover.lock")
    if not lock.acquire():
        raise Conflict("Another process is taking over this data folder now.")
    try:
        yield
    finally:
        lock.release()


def take_parts(machine: Machine, workplace: Path, means: QueueMeans) -> TakeoverRecord:
    """Take over the parts that are not done, each in a transaction of its own."""
    with machine.database.writing() as session:
        begin_takeover(session, now())
    import_present_reports(machine)
    for part in PARTS:
        take_over_part(machine, part, workplace)
    take_over_queue(machine, workplace, means)
    with machine.database.writing() as session:
        for entry in entries_in_place(machine):
            record_part(session, entry)
        return finish_takeover(session, now())


def keep_what_changes(machine: Machine) -> None:
    try:
        keep_schedules(machine.schedules, machine.paths)
    except OSError as error:
        log.warning("schedules_not_copied", reason=reason_of(error))


def keep_report(machine: Machine, record: TakeoverRecord) -> None:
    try:
        write_takeover_report(machine.paths, record)
    except OSError as error:
        log.warning("takeover_report_not_written", reason=reason_of(error))


def import_present_reports(machine: Machine) -> None:
    """Import the reports in Logs and RotatedLogs first: their counts are more exact than the old table's."""
    try:
        import_reports(machine)
    except FAULTS as error:
        log.warning("reports_not_imported", reason=reason_of(error))


def take_over_part(machine: Machine, part: UpstreamPart, workplace: Path) -> None:
    """Take over a part that is not done; its rows and its record are one transaction."""
    with machine.database.reading() as session:
        if is_part_done(stored_takeover(session), part.name):
            return
    try:
        with machine.database.writing() as session:
            outcome = take_part(session, part, terms_of(machine), workplace)
            record_part(session, outcome.entry(part.name, f"database/{part.file}"))
    except FAULTS as error:
        failed = PartOutcome(PartState.FAILED, notes=[reason_of(error)], advice=ADVICE)
        with machine.database.writing() as session:
            record_part(session, failed.entry(part.name, f"database/{part.file}"))


def entries_in_place(machine: Machine) -> Iterator[dict[str, Any]]:
    """The entries of the parts that are not copied, since the server uses the files themselves."""
    settings, paths = machine.settings, machine.paths
    looks = {
        ("settings", "config.json"): lambda: settings_in_place(
            machine.config, paths, bool(settings.app_admin_password)
        ),
        ("schedules", "scheduler.json"): lambda: schedules_in_place(
            machine.schedules, settings.run_time, settings.tz
        ),
        ("artwork", "config.json"): lambda: artwork_in_place(machine.roots),
        ("overlays and fonts", "Overlayfiles"): lambda: overlays_in_place(paths),
        ("waiting triggers", "watcher"): lambda: triggers_in_place(paths, settings.trigger_consumer),
        ("logs", "Logs, RotatedLogs"): lambda: logs_in_place(paths),
        ("other databases", "database"): lambda: strange_databases(
            paths, UPSTREAM_FILES, own_database(machine)
        ),
    }
    for (name, source), look in looks.items():
        yield guarded_look(look).entry(name, source)


def own_database(machine: Machine) -> str:
    """What the names of our own database and of its copies begin with."""
    return Path(machine.database.url.database).stem if machine.database.is_sqlite else OWN_DATABASE


def guarded_look(look: Callable[[], PartOutcome]) -> PartOutcome:
    try:
        return look()
    except FAULTS as error:
        return PartOutcome(PartState.FAILED, notes=[reason_of(error)])


def take_over_queue(machine: Machine, workplace: Path, means: QueueMeans) -> None:
    """Take over the queue unless that is done; each of its items is recorded by itself."""
    with machine.database.reading() as session:
        if is_part_done(stored_takeover(session), QUEUE_PART):
            return
    try:
        outcome = take_queue(machine, workplace, means)
    except FAULTS as error:
        outcome = PartOutcome(PartState.FAILED, notes=[reason_of(error)], advice=ADVICE)
    with machine.database.writing() as session:
        record_part(session, outcome.entry(QUEUE_PART, f"database/{QUEUE_FILE}"))


def terms_of(machine: Machine) -> TakeoverTerms:
    settings = machine.settings
    return TakeoverTerms(machine.paths, zone_or_none(settings.tz), now(), settings.export_retention)


def summary_of(part: dict[str, Any]) -> str:
    return f"{part['state']}: {part['taken']}" if part["taken"] else part["state"]
