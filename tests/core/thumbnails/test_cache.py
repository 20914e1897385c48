import os
import threading
import time
from pathlib import Path

import pytest

from app.core.errors import NotFound, Unavailable
from app.core.thumbnails.cache import DAY, Thumbnails, delete_oldest, nearest_width, thumbnail_of
from app.core.thumbnails.shrinking import JPEG, WEBP
from tests.pictures import make_picture, opened
from tests.trees import make_image


class Drawing:
    """Draws bytes of a size in place of a thumbnail, and counts how often it did."""

    def __init__(self, size=10):
        self.size, self.count = size, 0
        self.gate = threading.Event()
        self.gate.set()

    def __call__(self, file, width, encoding):
        self.count += 1
        assert self.gate.wait(20)
        return file.read(1) * self.size


@pytest.fixture
def picture(tmp_path):
    return make_image(tmp_path, content=make_picture())


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "thumbnails"


def stored(folder):
    return sorted(folder.glob("*/*"))


@pytest.mark.parametrize(
    ("width", "known"), [(1, 160), (160, 160), (161, 320), (400, 480), (960, 960), (99_999, 960)]
)
def test_any_width_becomes_one_of_a_few(width, known):
    assert nearest_width(width) == known


def test_a_thumbnail_is_made_once_and_then_read(picture, folder):
    small = thumbnail_of(picture, 20, WEBP)
    first = Thumbnails(folder, 10**6).content(small)
    assert opened(first).format == "WEBP"
    drawing = Drawing()
    assert Thumbnails(folder, 10**6, draw=drawing).content(small) == first
    assert (drawing.count, len(stored(folder))) == (0, 1)


def test_each_width_encoding_and_state_of_the_file_has_a_thumbnail_of_its_own(picture):
    tags = {thumbnail_of(picture, width, kind).tag for width in (160, 320) for kind in (JPEG, WEBP)}
    status = picture.stat()
    picture.write_bytes(make_picture(color=(0, 200, 0)))
    # The change of the content is seen even where size and time are set to what they were.
    os.utime(picture, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert len(tags | {thumbnail_of(picture, 160, JPEG).tag}) == 5


def test_many_who_need_it_at_once_in_two_processes_have_it_decoded_once(picture, folder):
    drawing, small, found = Drawing(), thumbnail_of(picture, 160, JPEG), []
    processes = [Thumbnails(folder, 10**6, 2, drawing) for _ in range(2)]
    drawing.gate.clear()
    readers = [
        threading.Thread(target=lambda own=own: found.append(own.content(small))) for own in processes * 4
    ]
    for reader in readers:
        reader.start()
    drawing.gate.set()
    for reader in readers:
        reader.join(20)
    assert (drawing.count, len(found), len(set(found))) == (1, 8, 1)


def test_no_more_than_two_pictures_are_decoded_at_once(tmp_path, folder):
    drawing = Drawing()
    drawing.gate.clear()
    own = Thumbnails(folder, 10**6, draw=drawing)
    pictures = [make_image(tmp_path, f"{number}.jpg", b"x") for number in range(5)]
    readers = [
        threading.Thread(target=own.content, args=[thumbnail_of(picture, 160, JPEG)]) for picture in pictures
    ]
    for reader in readers:
        reader.start()
    deadline = time.monotonic() + 20
    while drawing.count < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert drawing.count == 2 and own.decoding._value == 0
    drawing.gate.set()
    for reader in readers:
        reader.join(20)
    assert drawing.count == 5


def test_the_cap_holds_and_what_was_not_used_for_longest_goes_first(tmp_path, folder):
    own = Thumbnails(folder, 800, draw=Drawing(size=100))
    named = [thumbnail_of(make_image(tmp_path, f"{number}.jpg", b"x"), 160, JPEG) for number in range(20)]
    for age, small in enumerate(named):
        own.content(small)
        place = folder / small.tag[:2] / small.tag
        os.utime(place, (age, age))
        assert sum(path.stat().st_size for path in stored(folder)) <= 800
    kept = {path.name for path in stored(folder)}
    assert kept == {small.tag for small in named[-len(kept) :]} and len(kept) >= 6


def test_what_is_used_again_becomes_young_again_once_a_day(picture, folder):
    own, small = Thumbnails(folder, 10**6, draw=Drawing()), thumbnail_of(picture, 160, JPEG)
    own.content(small)
    (place,) = stored(folder)
    for age, is_renewed in ((DAY - 60, False), (DAY + 60, True)):
        moment = time.time() - age
        os.utime(place, (moment, moment))
        own.content(small)
        assert (place.stat().st_mtime > moment + 30) is is_renewed


def test_what_cannot_be_stored_is_shown_all_the_same(picture, folder):
    own, small = Thumbnails(folder, 10**6, draw=Drawing()), thumbnail_of(picture, 160, JPEG)
    # A folder in the place of the file, since the user of the tests may write anywhere.
    (folder / small.tag[:2] / small.tag / "x").mkdir(parents=True)
    assert len(own.content(small)) == 10


def test_an_empty_file_that_a_crash_left_is_made_again(picture, folder):
    own, small = Thumbnails(folder, 10**6, draw=Drawing()), thumbnail_of(picture, 160, JPEG)
    own.content(small)
    stored(folder)[0].write_bytes(b"")
    assert len(own.content(small)) == 10


def test_a_picture_that_goes_away_is_not_found_and_a_place_without_a_folder_is_named(picture, folder):
    small = thumbnail_of(picture, 160, JPEG)
    folder.write_text("no folder")
    with pytest.raises(Unavailable, match="cannot be stored"):
        Thumbnails(folder, 10**6).content(small)
    folder.unlink()
    picture.unlink()
    with pytest.raises(NotFound):
        Thumbnails(folder, 10**6).content(small)
    with pytest.raises(NotFound):
        thumbnail_of(picture, 160, JPEG)


def test_a_folder_that_a_storage_device_puts_between_the_thumbnails_stays_and_stops_nothing(picture, folder):
    index = make_image(folder, "@eaDir/index.db@SynoEAStream/data", b"x" * 100).parent
    os.utime(index, (1, 1))
    own, small = Thumbnails(folder, 80, draw=Drawing(size=100)), thumbnail_of(picture, 160, JPEG)
    # Each one is more than the cap, so that it is deleted at once, and shown all the same.
    assert len(own.content(small)) == len(own.content(small)) == 100
    assert index.is_dir() and stored(folder) == [index]


def test_what_cannot_be_deleted_is_passed_over_for_the_next_oldest(tmp_path, folder, monkeypatch):
    own = Thumbnails(folder, 10**6, draw=Drawing(size=100))
    named = [thumbnail_of(make_image(tmp_path, f"{number}.jpg", b"x"), 160, JPEG) for number in range(3)]
    for age, small in enumerate(named):
        own.content(small)
        os.utime(folder / small.tag[:2] / small.tag, (age, age))
    unlink = Path.unlink

    def refuse_first(path, missing_ok=False):
        if path.name == named[0].tag:
            raise PermissionError(13, "Permission denied")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse_first)
    delete_oldest(folder, 200)
    assert {path.name for path in stored(folder)} == {named[0].tag, named[2].tag}


def test_a_picture_that_becomes_a_folder_is_unavailable_and_one_that_goes_away_is_not_found(picture, folder):
    own, small = Thumbnails(folder, 10**6, draw=Drawing()), thumbnail_of(picture, 160, JPEG)
    picture.unlink()
    picture.mkdir()
    with pytest.raises(Unavailable, match="cannot be read: Is a directory"):
        own.content(small)
    picture.rmdir()
    with pytest.raises(NotFound):
        own.content(small)
    assert stored(folder) == []
