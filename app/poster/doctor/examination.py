"""The mode -Doctor: all checks in their order, and one document of what they found."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from app.poster.applying.file_locks import FileLocks
from app.poster.doctor.file_checks import begun_files, damaged_bytes, unknown_files, unused_bytes
from app.poster.doctor.findings import Finding, Findings, What
from app.poster.doctor.journal_checks import JournalChecks
from app.poster.doctor.salvage import damage_of, has_lost_rows, open_read_only, salvage
from app.poster.folders import Folders
from app.poster.journal.journal import NAME, Journal
from app.poster.journal.store import ByteStore
from app.poster.journal.tables import VERSION, trouble
from app.poster.script.instance import RUNNING_FILE, single_instance

WORD = "Doctor"


def repair_artwork(folders: Folders) -> dict[str, Any]:
    """The document of a check that repairs what can be proved; AlreadyRunning while a run is active."""
    with single_instance(folders.temp, WORD), FileLocks(folders.locks).holding_edits():
        return examine_artwork(folders, Findings(repairs=True), is_active=False)


def check_artwork(folders: Folders) -> dict[str, Any]:
    """The document of a check that changes nothing; what an active run is at is passed over."""
    is_active = (folders.temp / RUNNING_FILE).exists()
    return examine_artwork(folders, Findings(repairs=False), is_active)


def examine_artwork(folders: Folders, account: Findings, is_active: bool) -> dict[str, Any]:
    store, whole = ByteStore(folders.engine / "store"), set()
    path = folders.engine / NAME
    if not is_active:
        account.take(begun_files(folders))
    account.take(damaged_bytes(store, account, whole))
    if path.is_file() and is_readable(path, account):
        with opened_journal(folders, account, whole) as checks, trouble(path):
            examine_journal(folders, checks, store, is_active)
    return account.document()


def is_readable(path: Path, account: Findings) -> bool:
    """Whether the journal can be read now, after a repair where one is made."""
    if damage := damage_of(path):
        why = f"the journal is damaged ({damage}): a repair copies all readable rows into a new one"
        account.take([Finding(What.DATABASE, NAME, why, lambda: salvage(path))])
        return account.repairs and not damage_of(path)
    with trouble(path), closing(open_read_only(path)) as database:
        version = database.execute("PRAGMA user_version").fetchone()[0]
    if version < VERSION and not account.repairs:
        why = (
            "an older version wrote the journal: it is checked after the next run, which brings it up to date"
        )
        account.take([Finding(What.VERSION, NAME, why)])
    return version >= VERSION or account.repairs


@contextmanager
def opened_journal(folders: Folders, account: Findings, whole: set[str]) -> Iterator[JournalChecks]:
    """The checks over the open journal; to write, it is opened only where something is repaired."""
    # Opened first: it brings the tables up to date.
    journal = Journal(folders.engine) if account.repairs else None
    try:
        with closing(open_read_only(folders.engine / NAME)) as database:
            yield JournalChecks(folders.trees, database, journal, account, frozenset(whole))
    finally:
        if journal:
            journal.close()


def examine_journal(folders: Folders, checks: JournalChecks, store: ByteStore, is_active: bool) -> None:
    account = checks.account
    if not is_active:
        account.take(checks.open_steps())
    account.take(checks.records())
    account.take(checks.entries())
    account.take(unknown_files(folders, checks.known, checks.journal))
    if not is_active:
        may_be_needed = has_lost_rows(folders.engine / NAME) or not account.checked["entries"]
        account.take(unused_bytes(store, checks.kept - checks.used, may_be_needed))
