"""The steps of a run with their pictures, by the journal."""

import pytest

from app.core.decisions.run_entries import (
    DONE,
    FAILED,
    StepPicture,
    StepPictures,
    pictures_of_steps,
    run_entries,
)
from app.core.decisions.versions import asset_file
from app.core.errors import Unavailable
from tests.core.decisions.test_run_changes import make_changes
from tests.core.decisions.test_versions import FILM, FIRST, SECOND, THIRD, sha, write
from tests.past_runs import BEGAN, make_run
from tests.poster.journal.steps import written

NAME = "20251125153003000000-{}-1"


def test_the_steps_of_a_run_come_in_pages_by_their_state(tmp_path):
    make_changes(tmp_path, NAME.format(7), "a", "b", "c", started=BEGAN)
    make_changes(tmp_path, NAME.format(7), "d", started=BEGAN, done=False)
    make_changes(tmp_path, NAME.format(8), "other", started=BEGAN)
    run = make_run(id=7)
    entries, total = run_entries(tmp_path, run, DONE, limit=2, offset=1)
    assert ([entry.path for entry in entries], total) == (["b", "c"], 3)
    assert (entries[0].action, entries[0].server) == ("create", "") and entries[0].at.tzinfo
    failed, _ = run_entries(tmp_path, run, FAILED, limit=9)
    assert [(entry.path, entry.why) for entry in failed] == [("d", "the disk is full")]
    assert run_entries(tmp_path / "none", run, DONE, limit=9) == ([], 0)


def test_a_damaged_journal_is_said(tmp_path):
    (tmp_path / "engine.db").write_bytes(b"no database" * 100)
    with pytest.raises(Unavailable):
        run_entries(tmp_path, make_run(id=7), DONE, limit=9)


def test_pictures_are_what_the_run_found_and_left_wherever_they_are_kept(tmp_path):
    asset = asset_file(tmp_path / "engine", tmp_path / "assets", FILM)
    written(asset.root / FILM, FIRST)
    write(asset, SECOND, 1)
    write(asset, THIRD, 2)
    paths = [FILM, "a/none.jpg", "../outside.jpg", "no picture.txt"]

    def pictures(number):
        return pictures_of_steps(asset.engine, asset.root, make_run(id=number), paths)

    first, second = StepPicture(FILM, sha(FIRST)), StepPicture(FILM, sha(SECOND))
    assert pictures(1) == {FILM: StepPictures(first, second)}
    assert pictures(2) == {FILM: StepPictures(second, StepPicture(FILM))}
    # A run that did nothing to it shows what lies there now.
    assert pictures(3) == {FILM: StepPictures(StepPicture(FILM), None)}
    asset.kept(sha(SECOND)).unlink()
    assert pictures(1) == {FILM: StepPictures(first, None)}
