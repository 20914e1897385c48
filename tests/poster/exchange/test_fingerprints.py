"""What was fetched once is known while the listing says that it is the same."""

import pytest

from app.poster.exchange import fingerprints
from app.poster.exchange.fingerprints import Fingerprints, PictureFingerprint
from app.poster.records.library import SourceName
from app.poster.records.server_art import Place, Slot

PLACE = Place(SourceName.PLEX, "1", Slot.POSTER)
PICTURE = PictureFingerprint("17", "ab" * 32, 900, is_ours=True)


@pytest.fixture
def open_again(tmp_path):
    """Opens the same file as often as it is called; what was opened before is closed first."""
    opened = []

    def open_it():
        while opened:
            opened.pop().close()
        opened.append(Fingerprints(tmp_path))
        return opened[0]

    yield open_it
    opened.pop().close()


@pytest.fixture
def known(open_again):
    return open_again()


def test_a_fingerprint_holds_while_the_validator_does_also_for_the_next_run(open_again):
    known = open_again()
    known.note(PLACE, PICTURE)
    found = [known.known(PLACE, validator) for validator in ("17", "18", "")]
    assert found == [PICTURE, None, None]
    later = open_again()
    assert later.known(PLACE, "17") == PICTURE
    later.note(PLACE, PictureFingerprint("18", "cd" * 32, 1))
    assert later.known(PLACE, "18").size == 1 and later.known(PLACE, "17") is None


def test_a_picture_without_a_validator_is_not_kept(known):
    known.note(PLACE, PictureFingerprint("", "ab" * 32, 1))
    assert known.known(PLACE, "") is None


def test_many_are_written_on_the_way(known, monkeypatch):
    monkeypatch.setattr(fingerprints, "BUFFERED", 2)
    for number in range(5):
        known.note(Place(SourceName.EMBY, str(number), Slot.BACKGROUND), PICTURE)
    assert known.known(Place(SourceName.EMBY, "0", Slot.BACKGROUND), "17") == PICTURE


def test_a_damaged_file_is_begun_anew(tmp_path, open_again):
    (tmp_path / "fingerprints.db").write_bytes(b"no database at all" * 100)
    open_again().note(PLACE, PICTURE)
    assert open_again().known(PLACE, "17") == PICTURE
