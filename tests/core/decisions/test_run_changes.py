"""What a run changed, by the journal of the built-in script."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.core.decisions.run_changes import changes_of, changing_runs
from app.core.errors import Unavailable
from app.models import Run
from app.poster.journal.journal import Journal
from tests.poster.journal.steps import RUN, announced, record, step

QUEUED = datetime(2026, 11, 29, 12, tzinfo=UTC)


def make_changes(engine, name, *paths, started=QUEUED, done=True):
    """What a run of that name leaves in the journal."""
    with closing(Journal(engine)) as journal:
        journal.begin(replace(RUN, name=name, started=started))
        for path in paths:
            number = journal.intend(name, step(path), announced(b"x"), record(path))
            if done:
                journal.complete(number, announced(b"x"))
            else:
                journal.fail(number, "the disk is full")


def test_all_attempts_of_a_run_are_its_changes_and_no_other_run(tmp_path):
    make_changes(tmp_path, "20261129120000000000-12-1", "a", "b")
    make_changes(tmp_path, "20261129120000000000-12-2", "b", "c")
    make_changes(tmp_path, "20261129120000000000-112-1", "d")
    make_changes(tmp_path, "20261129120000000000-12-3", "e", done=False)
    make_changes(tmp_path, "20261129120000000000", "f")
    changes = changes_of(tmp_path, 12, QUEUED)
    assert (changes.target, changes.paths) == ("12", {"a", "b", "c"})
    assert changes_of(tmp_path, 4, QUEUED).paths == frozenset()


def test_a_run_of_a_server_database_that_is_gone_is_not_taken_for_the_present_one(tmp_path):
    make_changes(tmp_path, "20200101000000000000-12-1", "old", started=QUEUED - timedelta(days=900))
    assert changes_of(tmp_path, 12, QUEUED).paths == frozenset()
    make_changes(tmp_path, "20261129120000000000-12-1", "new")
    changes = changes_of(tmp_path, 12, QUEUED)
    assert (changes.target, changes.paths) == ("20261129120000000000-12-1", {"new"})


def test_without_a_journal_nothing_changed_and_a_damaged_one_is_said(tmp_path):
    assert changes_of(tmp_path, 12, QUEUED).paths == frozenset()
    (tmp_path / "engine.db").write_bytes(b"no database" * 1000)
    with pytest.raises(Unavailable, match="journal"):
        changes_of(tmp_path, 12, QUEUED)


def test_of_many_runs_those_are_named_that_changed_anything(tmp_path):
    runs = [Run(id=number, queued_at=QUEUED) for number in (1, 2, 3, 4)]
    assert changing_runs(tmp_path, runs) == frozenset()
    make_changes(tmp_path, "20261129120000000000-1-1", "a", done=False)
    make_changes(tmp_path, "20261129120000000000-2-2", "a")
    make_changes(tmp_path, "20200101000000000000-3-1", "a", started=QUEUED - timedelta(days=900))
    make_changes(tmp_path, "20261129120000000000-22-1", "a")
    assert changing_runs(tmp_path, runs) == {2}
    (tmp_path / "engine.db").write_bytes(b"no database" * 1000)
    assert changing_runs(tmp_path, runs) is None
