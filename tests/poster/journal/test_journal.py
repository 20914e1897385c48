"""The journal: records of assets, entries before and after each step, damage, and speed at any size."""

import errno
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.poster.folders import Trees
from app.poster.journal.journal import Journal
from app.poster.journal.rows import ENTRY_COLUMNS, read_entry
from app.poster.journal.tables import JournalTrouble
from app.poster.records.journal_entry import EntryState
from app.poster.records.reasons import Action
from tests.poster.journal.steps import RUN, announced, kept_with_entry, record, step, written

LATER = datetime(2026, 11, 29, 1, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "engine"


@pytest.fixture
def journal(folder):
    with closing(Journal(folder)) as journal:
        journal.begin(RUN)
        yield journal


def entries(folder) -> list:
    """What another process sees in the file."""
    with closing(sqlite3.connect(folder / "engine.db")) as database:
        return [read_entry(row) for row in database.execute(f"{ENTRY_COLUMNS} ORDER BY number")]


def make(journal, assets, path: str, content: bytes, before=None) -> None:
    """One whole step as a run takes it."""
    number = journal.intend(RUN.name, step(path, before), announced(content), record(path))
    journal.complete(number, written(assets / path, content))


def test_what_is_noted_is_known_at_once_and_in_the_next_run(folder):
    newest = replace(record("a"), run="6")
    with closing(Journal(folder)) as journal:
        journal.note(record("a"))
        journal.note(newest)
        assert journal.records(["a", "b"]) == {"a": newest}
    with closing(Journal(folder)) as journal:
        assert journal.records(["a", "b"]) == {"a": newest}


def test_an_entry_is_on_the_disk_before_its_file_is(journal, folder, tmp_path):
    number = journal.intend(RUN.name, step("a"), announced(b"new"), record("a"))
    (entry,) = entries(folder)
    assert (entry.number, entry.state, entry.after, entry.record) == (
        number,
        EntryState.INTENDED,
        announced(b"new"),
        kept_with_entry(record("a")),
    )
    assert journal.records(["a"]) == {}
    file = written(tmp_path / "a", b"new")
    journal.complete(number, file)
    assert journal.records(["a"]) == {"a": record("a", file)}
    journal.end(RUN.name, LATER)
    (entry,) = entries(folder)
    assert (entry.state, entry.after) == (EntryState.DONE, file)


def test_a_step_that_failed_leaves_the_record_as_it_was(journal, folder, tmp_path):
    make(journal, tmp_path, "a", b"old")
    before = journal.records(["a"])
    number = journal.intend(RUN.name, step("a", before["a"].file), announced(b"new"), record("a"))
    journal.fail(number, "no space left on device")
    assert journal.records(["a"]) == before
    journal.end(RUN.name, LATER)
    assert [(one.state, one.why) for one in entries(folder)] == [
        (EntryState.DONE, ""),
        (EntryState.FAILED, "no space left on device"),
    ]


def test_a_deleted_file_is_completed_with_no_file(journal, tmp_path):
    file = written(tmp_path / "a", b"old")
    number = journal.intend(RUN.name, replace(step("a", file), action=Action.DELETE), None, record("a", file))
    journal.complete(number, None)
    assert journal.records(["a"])["a"].file is None


def test_runs_begin_and_end_and_may_begin_again(journal, folder):
    journal.end(RUN.name, LATER)
    journal.begin(replace(RUN, mode="scheduled"))
    journal.begin(replace(RUN, name="8"))
    with closing(sqlite3.connect(folder / "engine.db")) as database:
        runs = database.execute("SELECT name, mode, ended FROM runs ORDER BY name").fetchall()
    assert runs == [("7", "scheduled", None), ("8", "normal", None)]


@pytest.mark.parametrize(
    ("before", "lies_there", "state", "why"),
    [
        (None, b"new", EntryState.DONE, ""),
        (None, None, EntryState.FAILED, "the run was interrupted before the file was written"),
        (b"old", b"new", EntryState.DONE, ""),
        (b"old", b"old", EntryState.FAILED, "the run was interrupted before the file was written"),
        (b"old", b"hand", EntryState.FAILED, "the run was interrupted, and the file has been changed since"),
        (b"old", None, EntryState.FAILED, "the run was interrupted, and the file has been changed since"),
    ],
)
def test_what_an_interrupted_run_left_is_read_off_the_file(folder, tmp_path, before, lies_there, state, why):
    old = written(tmp_path / "a", before) if before else None
    with closing(Journal(folder)) as interrupted:
        interrupted.intend(RUN.name, step("a", old), announced(b"new"), record("a"))
    (tmp_path / "a").unlink(missing_ok=True)
    now = written(tmp_path / "a", lies_there) if lies_there else None
    with closing(Journal(folder)) as journal:
        (entry,) = journal.reconcile(Trees(tmp_path))
        assert (entry.state, entry.why) == (state, why)
        known = {"a": kept_with_entry(record("a", now))} if state is EntryState.DONE else {}
        assert journal.records(["a"]) == known
        assert journal.reconcile(Trees(tmp_path)) == []
    assert [(one.state, one.why) for one in entries(folder)] == [(state, why)]


def test_begun_files_and_folders_of_steps_that_were_not_done_are_removed(folder, tmp_path):
    assets = tmp_path / "assets"
    with closing(Journal(folder)) as interrupted:
        for path, made in (("M/A/poster.jpg", 2), ("M/A/background.jpg", 0), ("M/B/poster.jpg", 1)):
            interrupted.intend(RUN.name, step(path), announced(b"new"), record(path), made)
    for name in ("M/A/.poster.jpg.part", "M/A/.background.jpg.part", "M/B/by hand.txt"):
        (assets / name).parent.mkdir(parents=True, exist_ok=True)
        (assets / name).touch()
    with closing(Journal(folder)) as journal:
        journal.reconcile(Trees(assets))
    assert {path.name for path in assets.rglob("*")} == {"M", "B", "by hand.txt"}


@pytest.mark.parametrize(("size", "why"), [(0, "before the file was written"), (1, "has been changed since")])
def test_bytes_that_were_not_known_before_are_told_by_size_and_time(folder, tmp_path, size, why):
    by_hand = written(tmp_path / "a", b"by hand")
    before = replace(by_hand, size=by_hand.size + size, sha256="")
    with closing(Journal(folder)) as journal:
        journal.intend(RUN.name, step("a", before), announced(b"new"), record("a"))
        (entry,) = journal.reconcile(Trees(tmp_path))
    assert entry.state is EntryState.FAILED
    assert why in entry.why


def test_a_file_that_cannot_be_read_settles_nothing_else(folder, tmp_path):
    (tmp_path / "a").mkdir()
    with closing(Journal(folder)) as interrupted:
        for path in ("a", "b"):
            interrupted.intend(RUN.name, step(path), announced(b"new"), record(path))
    written(tmp_path / "b", b"new")
    with closing(Journal(folder)) as journal:
        states = [entry.state for entry in journal.reconcile(Trees(tmp_path))]
    assert states == [EntryState.FAILED, EntryState.DONE]


def test_calls_come_from_many_threads(journal, tmp_path):
    paths = [f"{number}/poster.jpg" for number in range(60)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda path: make(journal, tmp_path, path, path.encode()), paths))
        found = list(threads.map(lambda path: journal.records([path])[path], paths))
    assert [one.path for one in found] == paths


def test_a_damaged_database_is_set_aside_and_said_so(folder):
    folder.mkdir()
    (folder / "engine.db").write_bytes(b"this was a database once" * 100)
    with closing(Journal(folder)) as journal:
        assert journal.set_aside.read_bytes().startswith(b"this was")
        journal.note(record("a"))
        assert journal.records(["a"])
    with closing(Journal(folder)) as journal:
        assert journal.set_aside is None
        assert journal.records(["a"])


def test_a_record_of_another_form_counts_as_none(journal, folder):
    journal.note(record("a"))
    journal.end(RUN.name, LATER)
    with closing(sqlite3.connect(folder / "engine.db")) as database:
        database.execute("UPDATE assets SET record = x'00'")
        database.commit()
    assert journal.records(["a"]) == {}


def test_a_database_of_a_newer_version_is_refused(folder):
    Journal(folder).close()
    with closing(sqlite3.connect(folder / "engine.db")) as database:
        database.execute("PRAGMA user_version = 99")
    with pytest.raises(JournalTrouble, match="newer version"):
        Journal(folder)


def test_a_full_disk_has_its_own_number_and_the_journal_goes_on_when_there_is_space(journal, folder):
    with closing(sqlite3.connect(folder / "engine.db")) as database:
        pages = database.execute("PRAGMA page_count").fetchone()[0]
    journal._database.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(JournalTrouble) as caught:
        for number in range(1000):
            journal.intend(RUN.name, step(str(number)), announced(b"new"), record(str(number)))
    assert caught.value.errno == errno.ENOSPC
    journal._database.execute(f"PRAGMA max_page_count = {pages + 10_000}")
    number = journal.intend(RUN.name, step("a"), announced(b"new"), record("a"))
    journal.complete(number, None)


def test_what_the_database_refuses_is_trouble_with_a_sentence(journal, folder):
    with closing(sqlite3.connect(folder / "engine.db")) as database:
        database.execute("DROP TABLE entries")
    with pytest.raises(JournalTrouble, match=r"engine\.db cannot be used: no such table"):
        journal.intend(RUN.name, step("a"), announced(b"new"), record("a"))
    with pytest.raises(JournalTrouble, match="cannot be used"):
        journal.reconcile(Trees(folder))
