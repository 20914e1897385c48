"""Owners and uploads of a whole library, read once for each change of the journal."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from app.core.decisions.picture_states import PictureState, PictureStates
from app.core.decisions.states import OWNERS, UPLOAD_STATES
from app.poster.journal.journal import Journal
from app.poster.journal.rows import FIRST_OF_STATES
from app.poster.records.journal_entry import UploadRecord
from app.poster.records.library import SourceName
from app.poster.records.reasons import Owner
from app.poster.records.server_art import Place, Slot, UploadState
from tests.poster.journal.steps import record

PLACE = Place(SourceName.JELLYFIN, "7", Slot.POSTER)


def note(engine, path, owner=Owner.OURS, state=None):
    uploads = (UploadRecord(PLACE, state),) if state else ()
    with closing(Journal(engine)) as journal:
        journal.note(replace(record(path), owner=owner, uploads=uploads))


def test_states_follow_the_journal(tmp_path):
    states = PictureStates(tmp_path)
    assert (states.by_path().states, states.counts()) == ({}, {})
    note(tmp_path, "a", state=UploadState.WAITING)
    note(tmp_path, "b", Owner.HAND)
    before = states.by_path()
    assert before.states == {"a": PictureState("ours", "waiting"), "b": PictureState("a person", "")}
    assert states.counts() == {"waiting": 1}
    assert states.by_path() is before
    note(tmp_path, "a", state=UploadState.APPLIED)
    assert states.counts() == {"applied": 1}
    assert states.by_path().digest != before.digest


def test_a_page_has_the_assets_of_one_state(tmp_path):
    for name in "cab":
        note(tmp_path, name, state=UploadState.OVERWRITTEN)
    note(tmp_path, "d", Owner.TOOL)
    states = PictureStates(tmp_path)
    rows, total = states.page(2, 1, upload="overwritten")
    assert ([row["path"] for row in rows], total) == (["b", "c"], 3)
    named = {"path": "d", "owner": "another tool", "upload": ""}
    assert states.page(50, 0, owner="another tool") == ([named], 1)
    assert states.page(50, 0, owner="another tool", upload="overwritten") == ([], 0)


@pytest.mark.parametrize("is_damaged", [True, False])
def test_a_journal_without_the_columns_and_a_damaged_one_have_no_states(tmp_path, is_damaged):
    note(tmp_path, "a", state=UploadState.WAITING)
    with closing(sqlite3.connect(tmp_path / "engine.db")) as database:
        database.execute("DROP INDEX assets_by_state")
        database.execute("ALTER TABLE assets DROP COLUMN upload")
    if is_damaged:
        (tmp_path / "engine.db").write_bytes(b"no database" * 1000)
    states = PictureStates(tmp_path)
    assert (states.by_path().states, states.counts(), states.page(5, 0)) == ({}, {}, ([], 0))


def test_the_words_are_those_of_the_journal():
    assert set(OWNERS) == {owner.value for owner in Owner}
    assert tuple(state.value for state in FIRST_OF_STATES) == UPLOAD_STATES
