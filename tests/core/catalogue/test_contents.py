import hashlib
import os

from app.background.cataloguer import Cataloguer
from app.core.catalogue.contents import contents_by_path
from app.core.catalogue.table import TABLE
from tests.api.test_assets import roots
from tests.pictures import make_picture
from tests.trees import catalogue, index, make_image

__all__ = ["roots"]

PICTURE = make_picture(color=(16, 32, 64), encoding="PNG")


def contents(machine, *paths):
    """(digest, color) of each path that was read."""
    mark_id = 1
    with machine.database.reading() as session:
        found = contents_by_path(session, mark_id, paths)
    return {path: (row.digest, row.color) for path, row in found.items()}


def sha(content):
    return hashlib.sha256(content).hexdigest()[:16]


def test_a_picture_is_known_by_the_beginning_of_its_sha256_and_by_its_average_color(machine, roots):
    make_image(roots["assets"], "Movies/Alien/poster.png", PICTURE)
    make_image(roots["assets"], "broken.jpg", b"no picture")
    catalogue(machine)
    assert contents(machine, "Movies/Alien/poster.png", "broken.jpg", "nowhere.jpg") == {
        "Movies/Alien/poster.png": (sha(PICTURE), 0x102040),
        "broken.jpg": (sha(b"no picture"), None),
    }


def test_a_change_with_the_same_size_and_time_has_another_digest(machine, roots):
    file = make_image(roots["assets"], content=b"one")
    catalogue(machine)
    status = file.stat()
    file.write_bytes(b"two")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    catalogue(machine)
    assert contents(machine, "poster.jpg") == {"poster.jpg": (sha(b"two"), None)}


def test_what_changes_between_scan_and_reading_has_no_digest_until_the_next_scan(machine, roots):
    file = make_image(roots["assets"], content=b"before")
    thread = catalogue(machine)
    with machine.database.writing() as session:
        session.execute(TABLE.update().values(digest=None))
    file.write_bytes(b"after")
    assert thread.read_pictures()
    assert contents(machine, "poster.jpg") == {}
    catalogue(machine)
    assert contents(machine, "poster.jpg") == {"poster.jpg": (sha(b"after"), None)}


def test_what_could_not_be_read_is_not_tried_again_until_the_next_start(machine, roots):
    file = make_image(roots["assets"], content=b"content")
    away = roots["assets"].parent / "away.jpg"
    index(machine)
    file.rename(away)
    assert contents(machine, "poster.jpg") == {}
    thread = catalogue_without_scan(machine)
    assert not thread.read_pictures() and contents(machine, "poster.jpg") == {}
    away.rename(file)
    catalogue(machine)
    assert contents(machine, "poster.jpg") == {"poster.jpg": (sha(b"content"), None)}


def catalogue_without_scan(machine):
    thread = Cataloguer(machine)
    thread.begin_pass()
    while thread.is_passing:
        thread.step()
    while thread.read_pictures():
        pass
    return thread


def test_nothing_is_read_of_a_tree_whose_disk_is_away(machine, roots):
    make_image(roots["assets"], content=b"content")
    index(machine)
    roots["assets"].rename(roots["assets"].with_name("unmounted"))
    roots["assets"].mkdir()
    thread = catalogue_without_scan(machine)
    assert not thread.read_pictures()
    roots["assets"].rmdir()
    roots["assets"].with_name("unmounted").rename(roots["assets"])
    assert thread.read_pictures()
    assert contents(machine, "poster.jpg") == {"poster.jpg": (sha(b"content"), None)}


def test_every_odd_name_is_read(machine, roots):
    names = ["a#?%&.jpg", "\u00c9.jpg", "E\u0301.jpg", "🎬 فيلم.jpg", "x" * 250 + ".jpg", "a\nb.jpg"]
    for name in names:
        make_image(roots["assets"], f"TV/{name}", name.encode())
    catalogue(machine)
    paths = [f"TV/{name}" for name in names]
    assert contents(machine, *paths) == {f"TV/{name}": (sha(name.encode()), None) for name in names}
