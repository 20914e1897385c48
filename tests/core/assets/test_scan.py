import os
import time

import pytest
from sqlalchemy import func, select

from app.core.assets import large_folder, reading, register
from app.core.assets.batch import FILES, FOLDERS
from app.core.assets.scan import Depth, RootLost
from tests.trees import (
    age,
    folder_paths,
    indexed,
    make_image,
    make_tree,
    make_upkeep,
    scan,
    summed,
    totals,
    walked,
)

FOLDER_LAYOUT = (
    "Movies/Alien (1979)/poster.jpg",
    "Movies/Alien (1979)/background.jpg",
    "TV/Anime/Dark (2017)/poster.jpg",
    "TV/Anime/Dark (2017)/Season01.jpg",
    "TV/Anime/Dark (2017)/S01E01.jpg",
    "Collections/Movies/Alien Collection/poster.jpg",
)
FLAT_LAYOUT = (
    "Alien (1979).jpg",
    "Alien (1979)_background.jpg",
    "Anime/Dark (2017)_Season01.jpg",
    "Anime/Dark (2017)_S01E01.jpg",
    "Collections/Alien Collection_poster.jpg",
)


def assert_true(root_scan):
    """The index tells what a walk tells, and every sum is the sum of its parts."""
    found = walked(root_scan.root.path)
    assert indexed(root_scan.database, root_scan.root.id) == found
    assert totals(root_scan.database, root_scan.root.id) == summed(found)


def folder(root_scan, path):
    with root_scan.database.reading() as session:
        query = select(FOLDERS).where(FOLDERS.c.root_id == root_scan.root.id, FOLDERS.c.path == path)
        return session.execute(query).one()


@pytest.mark.parametrize("layout", [FOLDER_LAYOUT, FLAT_LAYOUT])
def test_both_layouts_are_taken_in(root_scan, root, layout):
    make_tree(root, *layout)
    scan(root_scan)
    assert_true(root_scan)
    kinds = [kind for _, _, kind in indexed(root_scan.database, root_scan.root.id).values()]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "poster": 3 if layout is FOLDER_LAYOUT else 2,
        "background": 1,
        "season": 1,
        "titlecard": 1,
    }


def test_what_is_no_image_is_passed_over(root_scan, root):
    make_tree(
        root, "TV/@eaDir/poster.jpg", "TV/.git/poster.jpg", "TV/.poster.jpg", "TV/notes.txt", "TV/poster.tbn"
    )
    (root / "TV" / "folder.jpg").mkdir()
    os.mkfifo(root / "TV" / "pipe.jpg")
    scan(root_scan)
    assert indexed(root_scan.database, root_scan.root.id) == {}
    assert folder_paths(root_scan.database, root_scan.root.id) == {"", "TV", "TV/folder.jpg"}
    assert folder(root_scan, "TV").entries == 4


def test_folders_that_have_not_changed_are_not_read_again(root_scan, root):
    make_tree(root, *FOLDER_LAYOUT)
    age(root)
    assert scan(root_scan).read == 9
    assert scan(root_scan).read == 0
    make_image(root, "Movies/Alien (1979)/S01E01.jpg")
    assert scan(root_scan).read == 1
    assert_true(root_scan)


def test_a_folder_that_changed_a_moment_ago_is_read_again(root_scan, root):
    make_tree(root, "Movies/poster.jpg")
    scan(root_scan)
    moment = (root / "Movies").stat().st_mtime_ns
    make_image(root, "Movies/background.jpg")
    # The clock of a file system may be too coarse to tell the two changes apart.
    os.utime(root / "Movies", ns=(moment, moment))
    scan(root_scan)
    assert_true(root_scan)


def test_a_file_rewritten_in_its_place_is_found_by_a_deep_scan(root_scan, root):
    image = make_tree(root, "Movies/poster.jpg") / "Movies/poster.jpg"
    age(root)
    scan(root_scan)
    with image.open("r+b") as file:
        file.write(b"another and longer content")
    assert scan(root_scan).read == 0
    scan(root_scan, Depth.DEEP)
    assert_true(root_scan)


def test_a_kind_that_an_older_version_stored_is_corrected_by_a_deep_scan(root_scan, root):
    make_tree(root, "TV/Dark/logo.png")
    age(root)
    scan(root_scan)
    with root_scan.database.writing() as session:
        session.execute(FILES.update().values(kind="poster"))
        session.execute(FOLDERS.update().where(FOLDERS.c.path == "TV/Dark").values(posters=1, checksum=1))
    scan(root_scan, Depth.DEEP)
    assert_true(root_scan)


def test_what_goes_leaves_the_index_with_all_that_is_below(root_scan, root):
    make_tree(root, *FOLDER_LAYOUT)
    scan(root_scan)
    (root / "Movies/Alien (1979)/poster.jpg").unlink()
    (root / "TV").rename(root / "Shows")
    scan(root_scan)
    assert_true(root_scan)
    assert "TV/Anime" not in folder_paths(root_scan.database, root_scan.root.id)


def test_the_last_image_can_go_as_well(root_scan, root):
    image = make_image(root, "Movies/poster.jpg")
    scan(root_scan)
    image.unlink()
    image.parent.rmdir()
    scan(root_scan)
    assert_true(root_scan)
    assert totals(root_scan.database, root_scan.root.id) == {}


def test_a_folder_of_many_parts_is_compared_part_by_part(root_scan, root, monkeypatch):
    monkeypatch.setattr(reading, "PART", 7)
    make_tree(root, *(f"Show {number:02}_S01E01.jpg" for number in range(30)))
    scan(root_scan)
    for number in (3, 17, 29):
        (root / f"Show {number:02}_S01E01.jpg").unlink()
    make_image(root, "Show 05_S01E01.jpg", b"a new picture")
    make_image(root, "Show 99.jpg")
    scan(root_scan)
    assert_true(root_scan)


def test_a_folder_with_very_many_images_is_not_read_for_each_that_changes(root_scan, root, monkeypatch):
    monkeypatch.setattr(large_folder, "LARGE", 10)
    make_tree(root, *(f"Show {number:02}_S01E01.jpg" for number in range(20)))
    age(root)
    scan(root_scan)
    changed = [root / "Show 03_S01E01.jpg", root / "new.jpg", root / "Show 07_S01E01.jpg", root / "Extra"]
    changed[0].unlink()
    changed[1].write_bytes(b"new")
    changed[2].write_bytes(b"rewritten")
    make_image(root, "Extra/Season01.jpg")
    monkeypatch.setattr(os, "scandir", only(root / "Extra"))
    assert root_scan.take_in({str(path) for path in changed})
    monkeypatch.undo()
    assert_true(root_scan)


def only(wanted):
    """A listing of one folder; any other is a failure."""
    real = os.scandir

    def listing(path):
        assert str(path) == str(wanted)
        return real(path)

    return listing


def test_a_scan_that_finds_nothing_new_leaves_answers_valid(root_scan, root):
    make_tree(root, *FOLDER_LAYOUT)
    age(root)
    scan(root_scan)
    before = mark(root_scan)
    scan(root_scan)
    scan(root_scan, Depth.DEEP)
    assert mark(root_scan).version == before.version
    make_image(root, "Movies/poster.jpg")
    scan(root_scan)
    assert mark(root_scan).version > before.version


def mark(root_scan):
    with root_scan.database.reading() as session:
        return register.marks(session)["assets"]


def test_an_empty_tree_counts_as_scanned(root_scan):
    assert mark(root_scan).scanned_at is None
    scan(root_scan)
    assert mark(root_scan).scanned_at is not None


def test_a_name_that_is_no_utf8_is_left_out_and_counted(root_scan, root):
    make_image(root, os.fsdecode(b"Movies/caf\xe9.jpg"))
    make_image(root, os.fsdecode(b"Movies/caf\xe9/poster.jpg"))
    make_image(root, "Movies/Ünder.jpg")
    scan(root_scan)
    assert list(indexed(root_scan.database, root_scan.root.id)) == ["Movies/Ünder.jpg"]
    assert folder(root_scan, "Movies").bad_names == 2


def test_a_path_too_long_for_the_index_is_left_out_and_counted(root_scan, root):
    long = "x" * 200
    make_image(root, "/".join([long] * 6) + "/poster.jpg")
    scan(root_scan)
    assert indexed(root_scan.database, root_scan.root.id) == {}
    with root_scan.database.reading() as session:
        assert session.scalar(select(func.sum(FOLDERS.c.bad_names))) == 1


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_read_keeps_what_is_known(root_scan, root):
    make_tree(root, *FOLDER_LAYOUT)
    scan(root_scan)
    before = indexed(root_scan.database, root_scan.root.id)
    (root / "Movies").chmod(0)
    scan(root_scan)
    assert (indexed(root_scan.database, root_scan.root.id), folder(root_scan, "Movies").unreadable) == (
        before,
        1,
    )
    (root / "Movies").chmod(0o755)
    scan(root_scan)
    assert folder(root_scan, "Movies").unreadable == 0


def test_a_folder_whose_reading_fails_keeps_what_is_known(root_scan, root, monkeypatch):
    make_tree(root, *FOLDER_LAYOUT)
    scan(root_scan)
    before = indexed(root_scan.database, root_scan.root.id)
    real = os.scandir

    def broken(path):
        if "Movies" in str(path):
            raise PermissionError(13, "no")
        return real(path)

    monkeypatch.setattr(os, "scandir", broken)
    scan(root_scan, Depth.DEEP)
    assert (indexed(root_scan.database, root_scan.root.id), folder(root_scan, "Movies").unreadable) == (
        before,
        1,
    )
    monkeypatch.undo()
    scan(root_scan)
    assert folder(root_scan, "Movies").unreadable == 0
    assert_true(root_scan)


def test_files_and_folders_that_vanish_midway_are_survived(root_scan, root, monkeypatch):
    make_tree(root, *FOLDER_LAYOUT)
    real_scandir, real_kind_of = os.scandir, reading.asset_kind

    def scandir(path):
        if str(path).endswith("Anime"):
            raise FileNotFoundError(path)
        return real_scandir(path)

    def kind_of(name):
        (root / "Movies/Alien (1979)" / name).unlink(missing_ok=True)
        return real_kind_of(name)

    monkeypatch.setattr(os, "scandir", scandir)
    monkeypatch.setattr(reading, "asset_kind", kind_of)
    ended = scan(root_scan)
    monkeypatch.undo()
    assert ended.vanished == 3
    age(root)
    scan(root_scan)
    assert_true(root_scan)


def test_a_root_that_goes_midway_loses_no_row(root_scan, root, tmp_path):
    make_tree(root, *FOLDER_LAYOUT)
    scan(root_scan)
    before = indexed(root_scan.database, root_scan.root.id)
    root.rename(tmp_path / "elsewhere")
    with pytest.raises(RootLost):
        scan(root_scan)
    root.mkdir()
    with pytest.raises(RootLost):
        scan(root_scan)
    assert indexed(root_scan.database, root_scan.root.id) == before


def test_links_that_lead_in_a_circle_or_out_are_counted_and_not_followed(database, root, tmp_path):
    secret = make_image(tmp_path, "outside/secret.jpg")
    make_tree(root, "TV/Dark/poster.jpg")
    (root / "TV/loop").symlink_to(root)
    (root / "TV/self.jpg").symlink_to("self.jpg")
    (root / "TV/out").symlink_to(secret.parent)
    (root / "TV/out.jpg").symlink_to(secret)
    (root / "TV/gone.jpg").symlink_to(tmp_path / "nowhere.jpg")
    root_scan = make_upkeep(database, root, follow_links=True)
    scan(root_scan)
    assert list(indexed(database, root_scan.root.id)) == ["TV/Dark/poster.jpg"]
    assert (folder(root_scan, "TV").loops, folder(root_scan, "TV").ways_out) == (2, 1)


def test_links_within_the_tree_are_followed_where_that_is_wanted(database, root):
    make_tree(root, "Movies/Alien/poster.jpg")
    (root / "Favourites").mkdir()
    (root / "Favourites/Alien").symlink_to(root / "Movies/Alien")
    (root / "Favourites/cover.jpg").symlink_to(root / "Movies/Alien/poster.jpg")
    root_scan = make_upkeep(database, root)
    scan(root_scan)
    assert set(indexed(database, root_scan.root.id)) == {"Movies/Alien/poster.jpg", "Favourites/cover.jpg"}
    root_scan = make_upkeep(database, root, follow_links=True)
    scan(root_scan, Depth.DEEP)
    assert "Favourites/Alien/poster.jpg" in indexed(database, root_scan.root.id)


def test_links_among_many_folders_do_not_multiply(database, root):
    names = [f"f{number}" for number in range(9)]
    make_tree(root, *(f"{name}/poster.jpg" for name in names))
    for name in names:
        for other in names:
            (root / name / f"to {other}").symlink_to(root / other)
    root_scan = make_upkeep(database, root, follow_links=True)
    started = time.monotonic()
    scan(root_scan)
    assert len(indexed(database, root_scan.root.id)) == 9 + 9 * 8
    assert time.monotonic() - started < 60


def test_a_link_in_the_place_of_a_folder_changes_what_is_known(database, root):
    make_tree(root, "TV/Dark/poster.jpg", "Other/Dark/S01E01.jpg")
    root_scan = make_upkeep(database, root, follow_links=True)
    scan(root_scan)
    (root / "TV/Dark/poster.jpg").unlink()
    (root / "TV/Dark").rmdir()
    (root / "TV/Dark").symlink_to(root / "Other/Dark")
    scan(root_scan)
    assert set(indexed(database, root_scan.root.id)) == {"TV/Dark/S01E01.jpg", "Other/Dark/S01E01.jpg"}
    assert folder(root_scan, "TV/Dark").linked


def test_a_scan_that_ended_in_the_middle_is_made_good_by_the_next(root_scan, root, monkeypatch):
    make_tree(root, *(f"Movies/Film {number}/poster.jpg" for number in range(40)))
    monkeypatch.setattr("app.core.assets.scan.CHUNK", 3)
    root_scan.begin(Depth.LIGHT)
    for _ in range(5):
        next(root_scan.steps)
    (root / "Movies/Film 1/poster.jpg").unlink()
    fresh = make_upkeep(root_scan.database, root)
    scan(fresh)
    assert_true(fresh)


def test_a_new_root_hides_what_was_known_of_the_old_one(database, root, tmp_path):
    make_tree(root, *FOLDER_LAYOUT)
    old = make_upkeep(database, root)
    scan(old)
    new = make_upkeep(database, make_tree(tmp_path / "other", "Movies/poster.jpg"))
    assert new.root.id != old.root.id
    scan(new)
    assert_true(new)
