"""A deletion is written down before, keeps the bytes, and takes empty folders with it."""

import errno
import os
from datetime import UTC, datetime

import pytest

from app.poster.applying.file_locks import FileLocks
from app.poster.applying.publishing import ChangedMeanwhile
from app.poster.cleaning.deletion import Cleared, Deletion
from app.poster.folders import Trees
from app.poster.journal.journal import Journal
from app.poster.journal.store import ByteStore
from app.poster.records.journal_entry import EntryState, RunFacts
from app.poster.records.reasons import Action
from tests.poster.cleaning.yard import Yard, draw, film_in, library

MOVIES = library("Movies")
GONE = "Movies/A/Gone (1980)/poster.jpg"


@pytest.fixture
def yard(tmp_path):
    made = Yard(tmp_path / "assets")
    made.lists(MOVIES, film_in(MOVIES, "Alien (1979)"))
    made.marked(GONE)
    return made


@pytest.fixture
def journal(tmp_path):
    opened = Journal(tmp_path / "engine")
    opened.begin(RunFacts("run-1", "Normal", datetime.now(UTC)))
    yield opened
    opened.close()


@pytest.fixture
def deletion(tmp_path, yard, journal):
    return Deletion(
        yard.assets,
        journal,
        ByteStore(tmp_path / "engine" / "store"),
        FileLocks(tmp_path / "engine" / "locks"),
        "run-1",
    )


def delete(deletion, yard):
    (orphan,) = yard.judged()
    cleared = Cleared()
    deletion.delete(orphan, cleared)
    return orphan, cleared


def test_the_bytes_are_kept_the_journal_has_it_and_empty_folders_go(deletion, yard, journal):
    content = (yard.assets / GONE).read_bytes()
    (yard.assets / GONE).with_name(".poster.jpg.part").write_bytes(b"half")
    orphan, cleared = delete(deletion, yard)
    assert not (yard.assets / "Movies").exists() and yard.assets.is_dir()
    assert cleared == Cleared(1, len(content), ["Movies/A/Gone (1980)", "Movies/A", "Movies"])
    assert deletion.store.read(orphan.step.before.sha256) == content
    record = journal.records([GONE])[GONE]
    assert (record.action, record.file, record.run) == (Action.DELETE, None, "run-1")


def test_a_folder_that_holds_anything_stays(deletion, yard):
    (yard.assets / "Movies" / "A" / "notes.txt").touch()
    _, cleared = delete(deletion, yard)
    assert cleared.folders == ["Movies/A/Gone (1980)"]


def replaced(path):
    draw(path, mark="by a person", color="red")


def linked_away(path):
    path.parent.rename(path.parents[4] / "elsewhere")
    path.parent.symlink_to(path.parents[4] / "elsewhere")


def rewritten_in_the_same_moment(path):
    facts = path.stat()
    path.write_bytes(bytes(facts.st_size))
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))


@pytest.mark.parametrize("change", [replaced, linked_away, rewritten_in_the_same_moment])
def test_a_file_that_changed_meanwhile_is_left(deletion, yard, journal, change):
    (orphan,) = yard.judged()
    change(yard.assets / GONE)
    with pytest.raises(ChangedMeanwhile):
        deletion.delete(orphan, Cleared())
    assert (yard.assets / GONE).is_file() and journal.records([GONE]) == {}


def test_a_file_that_the_disk_does_not_give_up_is_still_there_and_said(deletion, yard, journal, monkeypatch):
    def refuse(*arguments, **options):
        raise OSError(errno.EROFS, "Read-only file system")

    (orphan,) = yard.judged()
    monkeypatch.setattr("app.poster.journal.store.write_whole", refuse)
    with pytest.raises(OSError, match="Read-only"):
        deletion.delete(orphan, Cleared())
    assert (yard.assets / GONE).is_file() and journal.records([GONE]) == {}


@pytest.mark.parametrize(("is_deleted", "state"), [(True, EntryState.DONE), (False, EntryState.FAILED)])
def test_a_deletion_that_was_interrupted_is_settled_by_looking_at_the_file(
    deletion, yard, journal, is_deleted, state
):
    (orphan,) = yard.judged()
    journal.intend("run-1", orphan.step, None, orphan.record)
    if is_deleted:
        (yard.assets / GONE).unlink()
    (entry,) = journal.reconcile(Trees(yard.assets))
    assert entry.state is state
