"""Whatever happens on disk, the index tells what a walk tells afterwards."""

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from app.core.assets import large_folder
from app.core.assets.scan import Depth
from app.database import Database
from app.models import Base
from tests.trees import age, folder_paths, indexed, make_tree, make_upkeep, scan, summed, totals, walked

START = (
    "TV/Dark/poster.jpg",
    "TV/Dark/S01E01.jpg",
    "TV/Dark/Extra/background.png",
    "TV/Ünder/Season01.jpg",
    "TV/notes.txt",
    "TV/@eaDir/poster.jpg",
    "Movies/Alien/poster.jpg",
    "Movies/.hidden/poster.jpg",
    "loose.jpg",
)
PLACES = ("", "TV", "TV/Dark", "TV/New/Deep", "New", "Movies/Alien", "@eaDir")
NAMES = ("poster.jpg", "S01E01.jpg", "Season01.webp", ".poster.jpg", "notes.txt")
picks = some.integers(0, 99)
contents = some.binary(max_size=3)
changes = some.one_of(
    some.tuples(some.just("write"), some.sampled_from(PLACES), some.sampled_from(NAMES), contents),
    some.tuples(some.just("rewrite"), picks, contents),
    some.tuples(some.just("replace"), picks, contents),
    some.tuples(some.just("remove"), picks),
    some.tuples(some.just("remove_folder"), picks),
    some.tuples(some.just("move"), picks, some.sampled_from(("TV/Moved", "Moved", "TV", "loose.jpg"))),
    some.tuples(some.just("link"), picks, some.sampled_from(PLACES)),
)
ways = some.sampled_from(("heard", "deep", "light"))
rounds = some.lists(some.tuples(ways, some.lists(changes, min_size=1, max_size=4)), min_size=1, max_size=4)


class Disk:
    """A tree that changes, and the paths that an operating system would name."""

    def __init__(self, root: Path):
        self.root = make_tree(root, *START)
        self.named: set[Path] = set()
        self.in_place = False

    def pick(self, number, is_wanted=os.path.isfile):
        found = sorted(path for path in self.root.rglob("*") if is_wanted(path) and not path.is_symlink())
        return found[number % len(found)] if found else None

    def write(self, place, name, content):
        folder = self.root / place
        if any(part.is_symlink() or part.is_file() for part in (folder / name, folder, *folder.parents)):
            return
        missing = {part for part in (folder, *folder.parents) if not part.exists()}
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
        self.in_place = True
        self.named |= missing | {folder / name}

    def rewrite(self, number, content):
        if target := self.pick(number):
            target.write_bytes(content)
            self.in_place = True
            self.named.add(target)

    def replace(self, number, content):
        if target := self.pick(number):
            beside = target.with_name(".beside")
            beside.write_bytes(content)
            beside.replace(target)
            self.named |= {beside, target}

    def remove(self, number):
        if target := self.pick(number):
            target.unlink()
            self.named.add(target)

    def remove_folder(self, number):
        if target := self.pick(number, os.path.isdir):
            shutil.rmtree(target)
            self.named.add(target)

    def move(self, number, place):
        source, target = self.pick(number, os.path.exists), self.root / place
        if (
            source
            and not target.is_relative_to(source)
            and target.parent.is_dir()
            and not target.is_symlink()
        ):
            try:
                source.rename(target)
            except OSError:
                return
            self.named |= {source, target}

    def link(self, number, place):
        target, link = self.pick(number, os.path.isdir), self.root / place / "link"
        if target and link.parent.is_dir() and not os.path.lexists(link):
            link.symlink_to(target)
            self.named.add(link)


@contextmanager
def tree():
    """An indexed tree whose folders have been left alone for a while."""
    place = Path(tempfile.mkdtemp())
    database = Database(f"sqlite:///{place / 'index.db'}")
    Base.metadata.create_all(database.engine)
    disk = Disk(place / "assets")
    age(disk.root)
    root_scan = make_upkeep(database, disk.root)
    scan(root_scan)
    try:
        yield disk, root_scan
    finally:
        database.dispose()
        shutil.rmtree(place)


def walked_folders(root: Path) -> set[str]:
    found = {""}
    for folder, below, _ in os.walk(root):
        below[:] = [name for name in below if not name.startswith(".") and name != "@eaDir"]
        found |= {Path(folder, name).relative_to(root).as_posix() for name in below}
    return {path for path in found if not (root / path).is_symlink()}


def catch_up(root_scan, disk, way):
    # A light scan cannot know what was written in place; hearing and deep scans do.
    if way == "heard":
        root_scan.take_in({str(path) for path in disk.named})
    else:
        scan(root_scan, Depth.DEEP if way == "deep" or disk.in_place else Depth.LIGHT)
    disk.named, disk.in_place = set(), False


@pytest.mark.parametrize("large", [large_folder.LARGE, 0])
@given(rounds)
@settings(max_examples=30, deadline=None)
def test_after_any_changes_the_index_tells_what_a_walk_tells(large, rounds):
    with patch.object(large_folder, "LARGE", large), tree() as (disk, root_scan):
        for way, made in rounds:
            for name, *details in made:
                getattr(disk, name)(*details)
            catch_up(root_scan, disk, way)
            found = walked(disk.root)
            assert indexed(root_scan.database, root_scan.root.id) == found
            assert totals(root_scan.database, root_scan.root.id) == summed(found)
            assert folder_paths(root_scan.database, root_scan.root.id) == walked_folders(disk.root)
