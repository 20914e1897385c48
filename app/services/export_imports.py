"""Imports export files: one process at a time, one transaction for what was exported together."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from filelock import FileLock, Timeout

from app.core.errors import Conflict, Unavailable, reason_of
from app.core.execution import instance
from app.core.exports import retention
from app.core.exports.finding import Bundle, identify_exports, live_bundle
from app.core.exports.importing import ImportOutcome, Terms, import_export_files
from app.core.exports.matching import is_remembered, known_cuts
from app.core.local_time import zone_or_none
from app.core.runs import active_run
from app.extensions import Machine
from app.models.base import now

log = structlog.get_logger(__name__)

LOCK_SECONDS = 60.0
# How often the thread that imports looks at the files.
LOOK_SECONDS = 2.0
# A file that has not changed for so long is whole, though its script goes on.
QUIET_SECONDS = 10.0


def import_exports_now(machine: Machine, kind: str) -> ImportOutcome:
    """Import the exports in Logs; `Conflict` while they are written, `Unavailable` if they cannot be read."""
    try:
        return import_unless_written(machine, live_bundle(machine.paths, kind))
    except OSError as error:
        raise Unavailable(f"The exports cannot be read at the moment: {reason_of(error)}.") from error


def import_unless_written(machine: Machine, bundle: Bundle) -> ImportOutcome:
    is_busy = script_works(machine)
    if is_busy and not is_quiet(bundle):
        raise Conflict("The script is writing its exports now; they are imported when it ends.")
    return import_bundle(machine, bundle, settled=not is_busy)


def import_missed(machine: Machine, bundle: Bundle) -> None:
    """Import a rotated bundle that was not imported before."""
    with machine.database.reading() as session:
        is_known = is_remembered(session, bundle)
    if not is_known:
        import_bundle(machine, bundle, settled=True)


def script_works(machine: Machine) -> bool:
    """Whether a poster script may be writing, whichever process started it."""
    with machine.database.reading() as session:
        if active_run(session):
            return True
    return bool(instance.other_scripts(machine.paths, machine.settings.poster_script))


def is_quiet(bundle: Bundle) -> bool:
    moment = now().timestamp()
    return all(moment - path.stat().st_mtime >= QUIET_SECONDS for path in bundle.paths())


def import_bundle(machine: Machine, bundle: Bundle, settled: bool) -> ImportOutcome:
    """Import the new files of a bundle; nothing of them is kept where that fails."""
    zone = zone_or_none(machine.settings.tz)
    with imports_lock(machine):
        with machine.database.reading() as session:
            cuts = known_cuts(session)
        files = identify_exports(bundle, zone, cuts)
        with machine.database.writing() as session:
            outcome = import_export_files(session, files, Terms(bundle, settled, now(), zone))
            retention.drop_old(session, machine.settings.export_retention, now())
    log_outcome(bundle, outcome)
    return outcome


@contextmanager
def imports_lock(machine: Machine) -> Iterator[None]:
    try:
        with FileLock(machine.paths.database / "exports.lock", timeout=LOCK_SECONDS):
            yield
    except Timeout as error:
        raise Unavailable("Another import has been running for a minute. Try again later.") from error


def log_outcome(bundle: Bundle, outcome: ImportOutcome) -> None:
    if outcome.is_new and outcome.run:
        run = outcome.run
        log.info("export_imported", kind=bundle.kind, rows=run.library_count, seasons=run.episode_count)
    for problem in outcome.problems:
        log.warning("export_problem", kind=bundle.kind, problem=problem)


def sweep_exports(machine: Machine, pause: Callable[[], bool]) -> None:
    """Delete the rows of dropped exports in small transactions, until `pause` returns True."""
    while not pause():
        with machine.database.writing() as session:
            number = retention.next_dropped(session)
            if number is None:
                return
            retention.delete_batch(session, number)
