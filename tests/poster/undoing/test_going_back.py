"""The library goes back to how it lay after a run, whatever came after it, and that is taken back."""

import json

import pytest

from app.poster.journal.journal import Journal
from app.poster.records.library import SourceName
from app.poster.records.reasons import Owner
from app.poster.records.server_art import Place, Slot
from app.poster.script.exits import HandledExit
from tests.editing import edited
from tests.poster.undoing.benches import Installation
from tests.poster.undoing.memory_receiver import MemoryReceiver

POSTER = Place(SourceName.PLEX, "348", Slot.POSTER)
AFTER = "-After"


def sent(place: Installation, **pictures: str) -> dict[str, bytes]:
    """A run makes these pictures and uploads that of a; the files then."""
    with place.run() as run:
        for path, words in pictures.items():
            run.make(path, words.encode())
            if path == "a":
                run.upload(path, POSTER, words.encode())
    return place.contents()


@pytest.fixture
def place(tmp_path):
    return Installation(tmp_path / "data", MemoryReceiver())


def test_every_day_comes_back_byte_for_byte_on_the_disk_and_at_the_server_and_goes_again(place):
    days = [
        sent(place, a="1", b="1"),
        sent(place, a="2", c="2"),
        sent(place, a="3", b="3"),
        sent(place, a="4"),
    ]
    runs = len(days)
    for number, day in ((2, days[1]), (1, days[0]), (3, days[2])):
        job = place.undo(str(number), AFTER)
        runs += 1
        assert job.tally.errors == 0 and place.contents() == day
        assert place.server.showing(POSTER) == day["a"]
    # The going back to day 3 is taken back: day 1, to which the one before it went.
    place.undo(str(runs))
    assert place.contents() == days[0] and place.server.showing(POSTER) == b"1"


def test_a_file_that_others_changed_and_bytes_that_are_gone_are_left_and_named(place):
    sent(place, a="1", b="1", c="1", d="1")
    sent(place, a="2", b="2", c="2", d="2")
    place.by_hand("b", b"somebody's")
    (lost,) = [each.sha256 for each in place.store.kept() if place.store.read(each.sha256) == b"1"]
    place.store.remove(lost)
    job = place.undo("1", AFTER, "-Only", json.dumps(["a", "b", "c"]))
    assert place.contents() == {"a": b"2", "b": b"somebody's", "c": b"2", "d": b"2"}
    assert job.tally.errors == 2 and job.tally.taken_back["Images Left"] == 1


def test_what_was_new_goes_and_what_a_person_put_is_replaced_and_comes_back(place):
    first = sent(place, a="1")
    sent(place, b="2")
    picture = place.data / "own.jpg"
    picture.write_bytes(b"by hand")
    edits = {"edits": [{"action": "put", "path": "a", "file": str(picture)}]}
    edited(place.data, edits, "30-1", ASSET_PATH=str(place.assets))
    then = place.contents()
    assert then == {"a": b"by hand", "b": b"2"}
    place.undo("1", AFTER)
    assert place.contents() == first
    assert known(place, "a").owner is Owner.OURS
    place.undo("3")
    assert place.contents() == then and known(place, "a").owner is Owner.HAND


def known(place, path):
    journal = Journal(place.data / "engine")
    try:
        return journal.records([path])[path]
    finally:
        journal.close()


def test_a_day_that_the_journal_has_given_up_is_not_guessed(place):
    sent(place, a="0")
    for number in range(25):
        sent(place, b=str(number))
    journal = Journal(place.data / "engine")
    with journal.reading() as database:
        last = database.execute("SELECT max(number) FROM entries").fetchone()[0]
        database.execute("DELETE FROM entries WHERE path = 'b' AND number <= ?", (last - 20,))
    journal.close()
    place.undo("1", AFTER, "-Only", '["b"]')
    assert place.contents()["b"] == b"24"
    place.undo("20", AFTER, "-Only", '["b"]')
    assert place.contents()["b"] == b"18"


def test_a_dry_one_changes_nothing_and_a_run_without_changes_is_no_day(place):
    sent(place, a="1")
    last = sent(place, a="2")
    place.undo("1", AFTER, is_dry=True)
    assert place.contents() == last and place.server.showing(POSTER) == b"2"
    with place.run():
        pass
    with pytest.raises(HandledExit, match="changed nothing"):
        place.undo("4", AFTER)
