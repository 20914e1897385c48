"""Owners and uploads of a whole library, read once for each change of the journal."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from app.core.catalogue.concerns import CONCERNS
from app.core.decisions.concern_details import concern_details
from app.core.decisions.picture_states import PictureState, PictureStates
from app.core.decisions.states import FAILED, GLYPHS, OWNERS, STALE_ID, TRUNCATED, UPLOAD_STATES
from app.poster.journal.journal import Journal
from app.poster.journal.rows import FIRST_OF_STATES
from app.poster.records.journal_entry import DrawnFacts, UploadRecord
from app.poster.records.library import SourceName
from app.poster.records.reasons import Owner
from app.poster.records.server_art import Place, Slot, UploadState
from tests.poster.journal.steps import RUN, record

NOTHING_SAID = DrawnFacts()
PLACE = Place(SourceName.JELLYFIN, "7", Slot.POSTER)


def note(engine, path, owner=Owner.OURS, state=None, facts=NOTHING_SAID, notes=()):
    uploads = (UploadRecord(PLACE, state),) if state else ()
    known = record(path, drawn=facts)
    decision = replace(known.decision, notes=notes)
    with closing(Journal(engine)) as journal:
        journal.note(replace(known, owner=owner, uploads=uploads, decision=decision))


def test_states_follow_the_journal(tmp_path):
    states = PictureStates(tmp_path)
    assert (states.by_path().states, states.counts()) == ({}, {})
    note(tmp_path, "a", state=UploadState.WAITING)
    note(tmp_path, "b", Owner.HAND)
    before = states.by_path()
    words = {path: (state.owner, state.upload) for path, state in before.states.items()}
    assert words == {"a": ("ours", "waiting"), "b": ("a person", "")}
    assert all(state.offered and not state.marks for state in before.states.values())
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


def test_what_failed_letters_that_no_font_has_and_stale_ids_are_marked(tmp_path):
    states = PictureStates(tmp_path)
    note(tmp_path, "plain")
    note(tmp_path, "both", facts=DrawnFacts(truncated=True, missing=("\u2603",)))
    note(tmp_path, "stale", notes=("TMDB does not know tmdb-1: it is stale",))
    with closing(Journal(tmp_path)) as journal:
        for path in ("plain", "never made", "mended"):
            journal.note_failure(path, "7", RUN.started, "the disk is full")
        journal.note_mended("mended")
    before = states.by_path()
    assert {path: state.marks for path, state in before.with_failures().items()} == {
        "plain": FAILED,
        "both": f"{GLYPHS},{TRUNCATED}",
        "stale": STALE_ID,
        "never made": FAILED,
    }
    assert set(before.states) == {"plain", "both", "stale"}
    details = {name: concern_details(tmp_path, name, ["plain", "both", "stale", "x"]) for name in CONCERNS}
    assert details[GLYPHS] == {"both": "\u2603"} and details[FAILED] == {"plain": "the disk is full"}
    assert details[STALE_ID] == {"stale": "TMDB does not know tmdb-1: it is stale"}
    with closing(Journal(tmp_path)) as journal:
        journal.note_mended("plain")
    assert states.by_path().digest != before.digest


def test_a_journal_of_the_version_before_is_marked_when_it_is_opened(tmp_path):
    note(tmp_path, "both", facts=DrawnFacts(missing=("\u2603",)))
    expected = PictureStates(tmp_path).by_path().states
    with closing(sqlite3.connect(tmp_path / "engine.db")) as database:
        database.execute("DROP INDEX assets_by_state")
        for column in ("marks", "offered"):
            database.execute(f"ALTER TABLE assets DROP COLUMN {column}")
        database.execute("DROP TABLE failures")
        database.execute("PRAGMA user_version = 6")
    assert PictureStates(tmp_path).by_path().states == {"both": PictureState("ours", "")}
    assert concern_details(tmp_path, FAILED, ["both"]) == {}
    Journal(tmp_path).close()
    assert PictureStates(tmp_path).by_path().states == expected
    assert expected["both"].marks == GLYPHS


def test_the_words_are_those_of_the_journal():
    assert set(OWNERS) == {owner.value for owner in Owner}
    assert tuple(state.value for state in FIRST_OF_STATES) == UPLOAD_STATES
