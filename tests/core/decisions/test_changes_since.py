"""What has changed since a time, by whom."""

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.core.decisions.changes_since import ChangesSince, changes_since, foreign_hand
from app.core.decisions.run_entries import StepPicture
from app.core.decisions.versions import asset_file
from app.poster.journal.journal import Journal
from app.poster.records.journal_entry import UploadRecord
from app.poster.records.server_art import UploadState
from tests.core.decisions.test_picture_states import PLACE, note
from tests.core.decisions.test_run_changes import make_changes
from tests.core.decisions.test_versions import FILM, FIRST, SECOND, THIRD, sha, write
from tests.poster.journal.steps import record, written

NOTHING = ChangesSince([], 0, [])
NAME = "20261129120000000000-12-1"
LONG_AGO, AHEAD = datetime(2000, 1, 1, tzinfo=UTC), datetime.now(UTC) + timedelta(days=4000)


def test_the_newest_change_of_each_picture_is_there_with_its_run(tmp_path):
    assert changes_since(tmp_path, None, LONG_AGO, 9) == NOTHING
    make_changes(tmp_path, NAME, "a/poster.jpg", "b/poster.jpg")
    make_changes(tmp_path, "20261129120000000000-13-1", "b/poster.jpg", "c/poster.jpg")
    found, total, runs = changes_since(tmp_path, None, LONG_AGO, 9)
    assert total == 3
    assert [(run.number, run.count) for run in runs] == [(13, 2), (12, 1)]
    assert {change.path[0]: change.run for change in found} == {"a": 12, "b": 13, "c": 13}
    assert len(changes_since(tmp_path, None, LONG_AGO, 2).changes) == 2
    assert changes_since(tmp_path, None, AHEAD, 9) == NOTHING


def test_a_record_without_a_time_and_a_damaged_journal_are_no_changes(tmp_path):
    note(tmp_path, "a/poster.jpg", state=UploadState.OVERWRITTEN)
    assert changes_since(tmp_path, None, LONG_AGO, 9).total == 0
    (tmp_path / "engine.db").write_bytes(b"no database" * 1000)
    assert changes_since(tmp_path, None, LONG_AGO, 9) == NOTHING


def test_a_picture_shows_what_it_was_before_the_first_change_and_one_that_is_as_before_has_not_changed(
    tmp_path,
):
    asset = asset_file(tmp_path / "engine", tmp_path / "assets", FILM)
    written(asset.root / FILM, FIRST)
    write(asset, SECOND, 1)
    write(asset, THIRD, 2)
    (change,), total, (run,) = changes_since(asset.engine, asset.root, LONG_AGO, 9)
    assert (change.before, change.after) == (StepPicture(FILM, sha(FIRST)), StepPicture(FILM))
    assert (change.run, total, run.number, run.mode, run.count) == (2, 1, 2, "normal", 1)
    write(asset, FIRST, 3)
    assert changes_since(asset.engine, asset.root, LONG_AGO, 9) == NOTHING


def test_what_others_put_over_ours_is_named_with_its_server(tmp_path):
    upload = UploadRecord(PLACE, UploadState.OVERWRITTEN, at=AHEAD)
    with closing(Journal(tmp_path)) as journal:
        journal.note(replace(record("a/poster.jpg"), uploads=(upload,)))
    (change,) = changes_since(tmp_path, None, LONG_AGO, 9).changes
    assert (change.path, change.by, change.run) == ("a/poster.jpg", "other", None)
    assert (change.server, change.before) == (PLACE.server.value, None)
    written(tmp_path / "assets/a/poster.jpg", b"ours")
    (change,) = changes_since(tmp_path, tmp_path / "assets", LONG_AGO, 9).changes
    assert change.before == StepPicture("a/poster.jpg")


HANDS = {
    "kometa": {"why": 'label "Overlay" of Kometa', "shown": {"owner": "another tool"}},
    "refresh": {"why": "chosen by the server", "shown": {"owner": "the media server"}},
    "other": {"why": "x", "shown": {"owner": "a person"}},
}


@pytest.mark.parametrize(("hand", "upload"), HANDS.items())
def test_who_overwrote_a_picture_is_named(hand, upload):
    assert foreign_hand(upload) == hand
    assert foreign_hand({}) == "other"
