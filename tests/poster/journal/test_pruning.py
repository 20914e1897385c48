"""Store and journal keep within their bounds, and never give up what the last full run replaced."""

import os
import sqlite3
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from app.poster.journal.journal import Journal
from app.poster.journal.pruning import GONE, Pruned
from app.poster.journal.store import ByteStore
from app.poster.records.environment import StoreLimits
from app.poster.records.journal_entry import RunFacts, UploadRecord
from app.poster.records.library import SourceName
from app.poster.records.server_art import Place, Shown, Slot, UploadState
from tests.poster.journal.steps import announced, record, step

NOW = datetime.now(UTC)
KIB = 1024
# Each run replaces one picture of half a MiB, two weeks after the one before it.
SIZE = 512 * KIB
RUNS = ("Normal", "Normal", "arr", "Normal", "arr")
AGES = (70, 56, 42, 28, 14)


def content(number: int) -> bytes:
    return bytes([number]) * SIZE


@pytest.fixture
def journal(tmp_path):
    with journal_of(tmp_path, RUNS) as journal:
        yield journal


@contextmanager
def journal_of(tmp_path, modes):
    """A journal of five runs in those modes, and their store, as if they had been in the past."""
    store = ByteStore(tmp_path / "store")
    with closing(Journal(tmp_path)) as journal:
        for number, (mode, age) in enumerate(zip(modes, AGES, strict=True)):
            moment = NOW - timedelta(days=age)
            journal.begin(RunFacts(str(number), mode, moment))
            name = store.keep_bytes(content(number))
            entry = journal.intend(str(number), step("a", announced(content(number))), None, record("a"))
            journal.complete(entry, announced(b""))
            journal.end(str(number), moment + timedelta(hours=1))
            os.utime(tmp_path / "store" / name[:2] / name, (moment.timestamp(),) * 2)
            with closing(sqlite3.connect(tmp_path / "engine.db")) as database:
                at = (moment + timedelta(minutes=1)).isoformat()
                database.execute("UPDATE entries SET at = ? WHERE run = ?", (at, str(number)))
                database.commit()
        yield journal


def left(tmp_path) -> list[int]:
    """The numbers of the runs whose replaced picture is in the store."""
    store = ByteStore(tmp_path / "store")
    return [number for number in range(5) if store.has(announced(content(number)).sha256)]


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (StoreLimits(0, 0), [0, 1, 2, 3, 4]),
        (StoreLimits(2048, 90), [0, 1, 2, 3, 4]),
        (StoreLimits(0, 60), [1, 2, 3, 4]),
        (StoreLimits(2, 0), [1, 2, 3, 4]),
        (StoreLimits(0, 50), [2, 3, 4]),
        (StoreLimits(1, 1), [2, 3, 4]),
    ],
)
def test_the_oldest_go_first_and_what_the_last_full_run_or_a_later_one_replaced_stays(
    journal, tmp_path, limits, expected
):
    pruned = journal.prune(ByteStore(tmp_path / "store"), limits, NOW)
    assert left(tmp_path) == expected
    assert pruned == Pruned(5 - len(expected), (5 - len(expected)) * SIZE)
    whys = [entry.why for entry in journal.entries()]
    assert whys == ["" if number in expected else GONE for number in range(5)]


@pytest.mark.parametrize(
    ("modes", "expected"),
    [
        (["Sync"] * 5, [4]),
        (["Normal"] + ["Sync"] * 4, [0, 1, 2, 3, 4]),
        (["Sync", "Sync", "Normal", "Sync", "Sync"], [2, 3, 4]),
    ],
)
def test_without_two_full_runs_their_place_is_taken_by_the_first_one_or_by_other_runs(
    tmp_path, modes, expected
):
    with journal_of(tmp_path, modes) as journal:
        journal.prune(ByteStore(tmp_path / "store"), StoreLimits(0, 1), NOW)
    assert left(tmp_path) == expected


def test_with_one_full_run_nothing_is_given_up(tmp_path):
    store = ByteStore(tmp_path / "store")
    store.keep_bytes(content(1))
    with closing(Journal(tmp_path)) as journal:
        journal.begin(RunFacts("1", "Normal", NOW))
        journal.intend("1", step("a", announced(content(1))), None, record("a"))
        journal.end("1", NOW)
        assert journal.prune(store, StoreLimits(0, 1), NOW + timedelta(days=400)) == Pruned()
    assert left(tmp_path) == [1]


def test_an_asset_has_a_bounded_number_of_entries_and_of_their_records(journal, tmp_path):
    with closing(sqlite3.connect(tmp_path / "engine.db")) as database:
        sql = (
            "INSERT INTO entries (run, path, action, state, at, record) "
            "VALUES ('0', ?, 'replace', ?, ?, x'00')"
        )
        old = (NOW - timedelta(days=300)).isoformat()
        database.executemany(sql, [("b", "done", old)] * 50 + [("c", "intended", old)])
        database.commit()
    journal.prune(ByteStore(tmp_path / "store"), StoreLimits(), NOW)
    with closing(sqlite3.connect(tmp_path / "engine.db")) as database:
        counts = database.execute("SELECT count(*), count(record) FROM entries GROUP BY path ORDER BY path")
        assert counts.fetchall() == [(5, 5), (20, 6), (1, 1)]


def test_runs_without_entries_are_bounded_too(journal, tmp_path):
    with closing(sqlite3.connect(tmp_path / "engine.db")) as database:
        runs = [(f"r{number:04}", f"2020-01-01T{number:06}", "2020") for number in range(1200)]
        database.executemany("INSERT INTO runs VALUES (?, 'arr', ?, ?)", runs)
        database.commit()
    journal.prune(ByteStore(tmp_path / "store"), StoreLimits(), NOW)
    with closing(sqlite3.connect(tmp_path / "engine.db")) as database:
        assert database.execute("SELECT count(*) FROM runs").fetchone() == (1001,)
    assert {entry.run for entry in journal.entries()} == {"0", "1", "2", "3", "4"}


def test_what_the_uploads_of_an_asset_sent_and_replaced_stays_whatever_its_age(journal, tmp_path):
    place = Place(SourceName.PLEX, "7", Slot.POSTER)
    before, sent = (announced(content(number)).sha256 for number in (0, 1))
    upload = UploadRecord(place, UploadState.TAKEN_BACK, sent, before=Shown("a", sha256=before))
    journal.note(record("a", uploads=(upload,)))
    store = ByteStore(tmp_path / "store")
    assert journal.prune(store, StoreLimits(1, 1), NOW) == Pruned()
    journal.note(record("a"))
    assert journal.prune(store, StoreLimits(1, 1), NOW).files == 2
    assert left(tmp_path) == [2, 3, 4]
