"""Steps on media servers in the journal, runs by number, and journals of version 1."""

import sqlite3
import zlib
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.core.decisions.record import decision_of
from app.poster.folders import Trees
from app.poster.journal.journal import Journal
from app.poster.journal.packing import unpack
from app.poster.journal.run_names import is_named, run_name
from app.poster.journal.tables import VERSION
from app.poster.records.journal_entry import EntryState, RunFacts, UploadRecord
from app.poster.records.library import SourceName
from app.poster.records.reasons import Action, Owner
from app.poster.records.server_art import Place, Shown, Slot, UploadState
from tests.poster.journal.steps import RUN, announced, kept_with_entry, record, step, written

PLACE = Place(SourceName.PLEX, "348", Slot.POSTER)
BEFORE = Shown("metadata://posters/cd", "17", "ab" * 32, 3, Owner.SERVER, ("Overlay",))
AFTER = Shown("upload://posters/ef", "18", "cd" * 32, 4, Owner.OURS)
UPLOADED = UploadRecord(PLACE, UploadState.APPLIED, "cd" * 32, "cd" * 32, AFTER, BEFORE)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "engine"


def send(journal: Journal, path: str = "a") -> int:
    return journal.intend_upload(RUN.name, path, Action.UPLOAD, PLACE, BEFORE, "cd" * 32, record(path))


def test_an_upload_is_on_the_disk_before_it_is_sent_and_its_record_after_it(folder):
    with closing(Journal(folder)) as journal:
        number = send(journal)
        with closing(Journal(folder)) as other:
            (entry,) = other.unsettled_uploads()
        assert (entry.number, entry.place, entry.shown_before, entry.sent_sha256, entry.owner) == (
            *(number, PLACE, BEFORE, "cd" * 32),
            Owner.SERVER,
        )
        assert journal.records(["a"]) == {}
        known = record("a", uploads=(UPLOADED,))
        journal.complete_upload(number, AFTER, known)
        (entry,) = journal.entries(path="a")
        assert (entry.state, entry.shown_after, entry.record) == (
            EntryState.DONE,
            AFTER,
            kept_with_entry(known),
        )
        assert journal.records(["a"]) == {"a": known}


def test_the_disk_settles_no_upload_of_an_interrupted_run(folder, tmp_path):
    with closing(Journal(folder)) as interrupted:
        numbers = [send(interrupted), send(interrupted, "b")]
    with closing(Journal(folder)) as journal:
        assert journal.reconcile(Trees(tmp_path)) == []
        assert [entry.number for entry in journal.unsettled_uploads()] == numbers
        journal.fail(numbers[0], "it did not arrive")
        assert [entry.number for entry in journal.unsettled_uploads()] == numbers[1:]
        assert journal.entries(RUN.name, "a")[0].why == "it did not arrive"


def test_runs_are_found_by_name_and_by_the_servers_number_with_all_their_attempts(folder):
    names = [
        f"2026112903000000000{number}-{run}" for number, run in enumerate(("12-1", "2-12", "12-2", "112-1"))
    ]
    with closing(Journal(folder)) as journal:
        for name in (*names, "20261129040000000000"):
            journal.begin(RunFacts(name, "Normal", RUN.started))
        assert [run.name for run in journal.runs_of("12")] == [names[0], names[2]]
        assert [run.name for run in journal.runs_of("20261129040000000000")] == ["20261129040000000000"]
        assert journal.runs_of("1") == journal.runs_of("_") == []


def test_the_name_of_a_run_says_when_it_began_and_whose_it_is():
    moment = datetime(2026, 11, 29, 3, 4, 5, 6, tzinfo=UTC)
    assert run_name(moment, "12-1") == "20261129030405000006-12-1"
    assert run_name(moment, "") == "20261129030405000006"
    assert is_named(run_name(moment, "my-run-1"), "my-run")


def test_entries_are_those_of_a_run_or_of_an_asset_and_paths_come_newest_first(folder, tmp_path):
    with closing(Journal(folder)) as journal:
        for run, path in (("7", "a"), ("7", "b"), ("8", "a")):
            number = journal.intend(run, step(path), announced(b"new"), record(path), made_folders=1)
            journal.complete(number, written(tmp_path / path, b"new"))
        journal.fail(journal.intend("8", step("c"), announced(b"new"), record("c")), "no room")
        assert [(one.run, one.path) for one in journal.entries("7")] == [("7", "a"), ("7", "b")]
        assert [(one.run, one.made_folders) for one in journal.entries(path="a")] == [("7", 1), ("8", 1)]
        assert journal.paths_of(["7"]) == ["b", "a"]
        assert journal.paths_of(["7", "8"]) == ["a", "b"]


def as_version_1(folder: Path) -> None:
    """Take away what later versions added, as if the older program had written the file."""
    with closing(sqlite3.connect(folder / "engine.db")) as database:
        for name in ("before", "after", "shown_after", "sent"):
            database.execute(f"DROP INDEX entries_by_{name}")
        for name in ("place", "shown_before", "shown_after", "sent", "owner", "made_folders"):
            database.execute(f"ALTER TABLE entries DROP COLUMN {name}")
        database.execute("DROP INDEX assets_by_state")
        for name in ("owner", "upload"):
            database.execute(f"ALTER TABLE assets DROP COLUMN {name}")
        database.execute("DROP TABLE record_words")
        for table in ("assets", "entries"):
            rows = database.execute(f"SELECT rowid, record FROM {table}").fetchall()
            plain = ((zlib.compress(unpack(content)), number) for number, content in rows)
            database.executemany(f"UPDATE {table} SET record = ? WHERE rowid = ?", plain)
        database.commit()
        database.execute("PRAGMA user_version = 1")


@pytest.mark.parametrize("is_cut_short", [False, True])
def test_a_journal_of_version_1_keeps_all_it_has_and_is_read_by_the_server_before_and_after(
    folder, tmp_path, is_cut_short
):
    with closing(Journal(folder)) as journal:
        journal.begin(RUN)
        number = journal.intend(RUN.name, step("a"), announced(b"new"), record("a"))
        journal.complete(number, written(tmp_path / "a", b"new"))
        before = journal.entries()
    as_version_1(folder)
    if is_cut_short:
        with closing(sqlite3.connect(folder / "engine.db")) as database:
            database.execute("PRAGMA user_version = 0")
    assert decision_of(folder, "a")["path"] == "a"
    with closing(Journal(folder)) as journal:
        assert journal.entries() == before
        assert journal.entries()[0].place is None
        send(journal, "b")
    assert decision_of(folder, "a")["path"] == "a"
    with closing(sqlite3.connect(folder / "engine.db")) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_an_asset_keeps_what_was_taken_back_of_it(folder):
    known = replace(record("a"), undone=record("a").ingredients)
    with closing(Journal(folder)) as journal:
        journal.note(known)
        assert journal.records(["a"]) == {"a": known}


@pytest.mark.parametrize(
    ("states", "word"),
    [
        ((), ""),
        ((UploadState.APPLIED,), "applied"),
        ((UploadState.APPLIED, UploadState.WAITING), "waiting"),
        ((UploadState.WAITING, UploadState.OVERWRITTEN, UploadState.REFUSED), "overwritten"),
    ],
)
def test_owner_and_the_worst_state_of_uploads_stand_beside_the_record(folder, states, word):
    uploads = tuple(UploadRecord(PLACE, state) for state in states)
    with closing(Journal(folder)) as journal:
        journal.note(replace(record("a"), owner=Owner.HAND))
        journal.note(replace(record("a"), owner=Owner.TOOL, uploads=uploads))
    with closing(sqlite3.connect(folder / "engine.db")) as database:
        rows = database.execute("SELECT path, owner, upload FROM assets").fetchall()
    assert rows == [("a", "another tool", word)]
