"""What runs uploaded is taken back and shown again, on servers that select, pile up, re-encode and refuse."""

from contextlib import closing

import pytest

from app.poster.journal.journal import Journal
from app.poster.records.library import SourceName
from app.poster.records.server_art import Place, Slot, UploadState
from app.poster.uploading.receiver import UploadTrouble
from tests.poster.undoing.benches import Installation
from tests.poster.undoing.memory_receiver import MemoryReceiver

POSTER = Place(SourceName.PLEX, "348", Slot.POSTER)
BACKDROP = Place(SourceName.PLEX, "348", Slot.BACKGROUND)
PATH = "Movies/Alien (1979)/poster.jpg"
SERVERS = {
    "selects": {},
    "has piles": {"has_piles": True},
    "re-encodes": {"has_piles": True, "re_encodes": True},
}


def installation(tmp_path, kind: str = "selects") -> Installation:
    return Installation(tmp_path / "data", MemoryReceiver(**SERVERS[kind]))


def known(place: Installation, path: str = PATH):
    with closing(Journal(place.data / "engine")) as journal:
        return journal.records([path])[path]


@pytest.mark.parametrize("kind", SERVERS)
@pytest.mark.parametrize("slot", [POSTER, BACKDROP])
def test_the_earlier_picture_is_shown_again_and_ours_after_a_redo(tmp_path, kind, slot):
    place = installation(tmp_path, kind)
    place.server.give(slot, b"agent a", *((b"agent b", b"agent c") if slot is BACKDROP else ()))
    states = [place.server.pile(slot)]
    for content in (b"first", b"second"):
        with place.run() as run:
            run.make(PATH, content)
            run.upload(PATH, slot, content)
        states.append(place.server.pile(slot))
    shown = [pile[0] for pile in states]
    uploads = known(place).uploads
    for undone, expected in ((2, 1), (1, 0), (4, 1), (3, 2), (2, 1), (1, 0)):
        place.undo(str(undone))
        assert place.server.showing(slot).rstrip(b"!") == shown[expected].rstrip(b"!")
        if kind == "has piles":
            assert place.server.pile(slot) == states[expected], "the pile has its order and does not grow"
        if expected == 2:
            (upload,) = known(place).uploads
            assert (upload.sent_sha256, upload.state) == (uploads[0].sent_sha256, uploads[0].state)
            assert upload.shown.art_id == place.server.shown(slot).art_id
    (upload,) = known(place).uploads
    assert place.contents() == {} and upload.state is UploadState.TAKEN_BACK
    assert upload.shown.art_id == place.server.shown(slot).art_id


def test_where_nothing_was_shown_nothing_is_shown_again(tmp_path):
    place = installation(tmp_path)
    with place.run() as run:
        run.upload(PATH, POSTER, b"ours")
    place.undo("1")
    assert place.server.showing(POSTER) == b""
    place.undo("2")
    assert place.server.showing(POSTER) == b"ours"


def test_labels_and_the_lock_come_back_and_go_again(tmp_path):
    place = installation(tmp_path)
    place.server.give(POSTER, b"agent")
    place.server.labels["348"] = {"Overlay", "Kids"}
    with place.run() as run:
        run.upload(PATH, POSTER, b"ours")
        before = run.journal.entries()[0]
    place.server.labels["348"] = {"Kids", "New"}
    with closing(Journal(place.data / "engine")) as journal:
        assert before.shown_before.labels == ("Kids", "Overlay")
        with journal._writing() as database:
            database.execute(
                "UPDATE entries SET shown_after = replace(shown_after, '\"Overlay\"', '\"Kids\"')"
            )
    place.undo("1")
    assert place.server.labels["348"] == {"Overlay", "Kids", "New"}
    assert POSTER not in place.server.locked
    place.undo("2")
    assert place.server.labels["348"] == {"Kids", "New"} and POSTER in place.server.locked


def test_what_others_show_by_now_is_left_and_named(tmp_path):
    place = installation(tmp_path)
    place.server.give(POSTER, b"agent")
    with place.run() as run:
        run.make(PATH, b"ours")
        run.upload(PATH, POSTER, b"ours")
    place.server.put(POSTER, b"by hand")
    job = place.undo("1")
    assert place.server.showing(POSTER) == b"by hand" and place.contents() == {}
    assert job.tally.taken_back["Uploads Left"] == 1 and job.tally.errors == 0


def test_the_same_bytes_under_another_id_are_still_what_the_run_left(tmp_path):
    place = installation(tmp_path)
    place.server.give(POSTER, b"agent")
    with place.run() as run:
        run.upload(PATH, POSTER, b"ours")
    place.server.put(POSTER, b"ours")
    place.undo("1")
    assert place.server.showing(POSTER) == b"agent"


def test_a_server_that_refuses_stops_no_file_and_is_tried_by_the_next_undo(tmp_path):
    place = installation(tmp_path)
    place.server.give(POSTER, b"agent")
    with place.run() as run:
        run.make(PATH, b"ours")
        run.upload(PATH, POSTER, b"ours")
    place.server.trouble = UploadTrouble("Plex refuses the token; set PlexToken", stops=True)
    job = place.undo("1")
    assert job.tally.errors == 1 and place.contents() == {}
    assert place.server.showing(POSTER) == b"ours" and known(place).uploads
    place.server.trouble = None
    place.undo("1")
    assert place.server.showing(POSTER) == b"agent"
    assert [one.state for one in known(place).uploads] == [UploadState.TAKEN_BACK]


def test_a_picture_that_neither_the_server_nor_the_store_has_is_named(tmp_path):
    place = installation(tmp_path, "has piles")
    place.server.give(POSTER, b"agent")
    with place.run() as run:
        run.upload(PATH, POSTER, b"ours")
    for kept in (place.data / "engine" / "store").rglob("*"):
        if kept.is_file():
            kept.unlink()
    job = place.undo("1")
    assert job.tally.errors == 1 and place.server.showing(POSTER) == b"ours"


def test_a_dry_undo_calls_nothing_that_changes_the_server(tmp_path):
    place = installation(tmp_path)
    place.server.give(POSTER, b"agent")
    with place.run() as run:
        run.upload(PATH, POSTER, b"ours")
    place.server.calls.clear()
    place.undo("1", is_dry=True)
    assert place.server.calls == ["close"] and place.server.showing(POSTER) == b"ours"


def test_uploads_of_another_kind_of_server_than_is_set_are_named(tmp_path):
    place = installation(tmp_path)
    with place.run() as run:
        run.make(PATH, b"ours")
        run.upload(PATH, POSTER, b"ours")
    job = Installation(place.data, None, place.numbers).undo("1")
    assert job.tally.failures == [f"{PATH}: not put back, the poster at Plex: no server is set"]
    assert place.contents() == {}
