"""When a server is asked about a picture at all."""

from dataclasses import replace

import pytest

from app.poster.records.journal_entry import UploadRecord
from app.poster.records.library import SourceName
from app.poster.records.reasons import Owner
from app.poster.records.server_art import Place, Shown, Slot, UploadState
from app.poster.uploading.places import ListedPlace
from app.poster.uploading.rules import UploadRules
from app.poster.uploading.state import awaiting, must_send

PLACE = Place(SourceName.PLEX, "10", Slot.POSTER)
MADE, BOTH, OFF = UploadRules(sends_made=True), UploadRules(True, True), UploadRules(sends_existing=True)
APPLIED = UploadRecord(
    PLACE, UploadState.APPLIED, "sent", "file", Shown("upload://1", "v1", "sent", owner=Owner.OURS)
)
KEPT = UploadRecord(PLACE, UploadState.KEPT, shown=Shown("upload://2", "v2", labels=("Overlay",)))
OVERWRITTEN = replace(APPLIED, state=UploadState.OVERWRITTEN)
WAITING, REFUSED = (replace(APPLIED, state=state) for state in (UploadState.WAITING, UploadState.REFUSED))
REPLACES = replace(MADE, replaces_overlay=True)
CASES = {
    "a new picture": (None, "file", MADE, True, True),
    "a new picture while new ones do not go up": (None, "file", OFF, True, False),
    "a file that was there": (None, "file", MADE, False, False),
    "a file that was there, by setting": (None, "file", BOTH, False, True),
    "what is shown already": (APPLIED, "file", BOTH, False, False),
    "another file by hand in place of ours": (APPLIED, "other", MADE, False, False),
    "another file in place of ours, by setting": (APPLIED, "other", BOTH, False, True),
    "the same picture drawn again": (APPLIED, "file", MADE, True, False),
    "another picture drawn": (APPLIED, "other", MADE, True, True),
    "the same bytes without validation": (APPLIED, "file", replace(MADE, always=True), True, True),
    "what waits": (WAITING, "file", MADE, False, True),
    "what was refused by an earlier run": (REFUSED, "file", MADE, False, True),
    "what is overwritten": (OVERWRITTEN, "other", BOTH, True, False),
    "what is kept": (KEPT, "other", BOTH, True, False),
    "what is kept for Kometa's label when the setting allows it": (KEPT, "file", REPLACES, False, True),
}


@pytest.mark.parametrize("name", CASES)
def test_the_server_is_asked_only_where_something_may_be_sent(name):
    known, file_sha256, rules, was_made, expected = CASES[name]
    assert must_send(known, file_sha256, rules, was_made, is_taken=False) is expected


@pytest.mark.parametrize("known", [KEPT, OVERWRITTEN, APPLIED])
def test_what_a_person_takes_is_sent_whatever_is_known(known):
    assert must_send(known, "file", MADE, was_made=False, is_taken=True)


def test_a_new_picture_waits_at_its_places_but_where_somebody_elses_is_kept():
    other = Place(SourceName.PLEX, "11", Slot.POSTER)
    places = (ListedPlace(PLACE), ListedPlace(other))
    waiting = awaiting((APPLIED,), places, MADE)
    assert [known.state for known in waiting] == [UploadState.WAITING] * 2
    assert (waiting[0].sent_sha256, waiting[0].shown) == (APPLIED.sent_sha256, APPLIED.shown)
    assert awaiting((OVERWRITTEN,), places[:1], MADE) == (OVERWRITTEN,)
    assert awaiting((APPLIED,), places, OFF) == (APPLIED,)
