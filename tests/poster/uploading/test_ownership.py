"""Whose a picture on the server is, and how we know."""

import pytest

from app.poster.records.reasons import Owner
from app.poster.records.server_art import Shown, Slot
from app.poster.uploading.ownership import whose
from tests.poster.uploading.memory_receiver import sha
from tests.poster.uploading.pictures import AGENTS, BY_HAND, MARK, OF_KOMETA, OURS, picture

PPM = picture("navy", b"created with ppm")
BOTH = picture("navy", MARK, exif="overlay")
LABELLED = ("4K", "Overlay")
SERVERS, UPLOADED = {"owner": Owner.SERVER}, {"owner": Owner.HAND}
CASES = {
    "nothing shown": ({"art_id": ""}, b"", Owner.NOBODY, "nothing"),
    "art of an agent": (SERVERS, AGENTS, Owner.SERVER, "agents"),
    "our bytes without a mark": (UPLOADED, BY_HAND, Owner.OURS, "the bytes are those that we made"),
    "our mark after a lost journal": (UPLOADED, OURS, Owner.OURS, "carries our mark"),
    "our locked picture": ({**UPLOADED, "is_locked": True}, OURS, Owner.OURS, "carries our mark"),
    "mark of the old script": (SERVERS, PPM, Owner.OURS, "carries our mark"),
    "an upload of somebody": (UPLOADED, AGENTS, Owner.HAND, "selected upload that is not ours"),
    "an agent's picture that a person locked": ({**SERVERS, "is_locked": True}, AGENTS, Owner.HAND, "locked"),
    "a picture with Kometa's mark": (UPLOADED, OF_KOMETA, Owner.TOOL, 'the mark "overlay"'),
    "our picture that another tool worked on": (UPLOADED, BOTH, Owner.TOOL, 'the mark "overlay"'),
    "an item with Kometa's label": ({**SERVERS, "labels": LABELLED}, AGENTS, Owner.TOOL, 'label "Overlay"'),
    "our very bytes under the label": ({**UPLOADED, "labels": LABELLED}, BY_HAND, Owner.OURS, "bytes"),
    "other labels": ({**SERVERS, "labels": ("Overlays",)}, AGENTS, Owner.SERVER, "agents"),
}


@pytest.mark.parametrize("name", CASES)
def test_bytes_labels_marks_and_the_server_tell_whose_a_picture_is(name):
    facts, content, owner, why = CASES[name]
    shown = Shown(**{"art_id": "7", "sha256": sha(content) if content else "", **facts})
    found = whose(Slot.POSTER, shown, content, {sha(BY_HAND)})
    assert (found.owner, why in found.why) == (owner, True), found


def test_by_setting_the_art_under_kometas_label_may_be_replaced():
    shown = Shown("7", sha256=sha(OF_KOMETA), owner=Owner.HAND, labels=("overlay",))
    assert whose(Slot.POSTER, shown, OF_KOMETA, (), replaces_overlay=True).owner is Owner.SERVER


def test_kometas_label_does_not_concern_backgrounds():
    shown = Shown("7", owner=Owner.SERVER, labels=("Overlay",))
    assert whose(Slot.BACKGROUND, shown, AGENTS, ()).owner is Owner.SERVER
