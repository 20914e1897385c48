"""The watcher folder as it is."""

import os
import subprocess
import time

import pytest

from app.core.paths import Paths
from app.core.triggers.watched import FolderWatch, is_trigger_name, trigger_files

LATER = time.time_ns() + 60 * 10**9


@pytest.fixture
def paths(tmp_path):
    (tmp_path / "watcher").mkdir()
    return Paths(tmp_path)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("x.posterizarr", True),
        ("x.POSTERIZARR", True),
        ("x.myposterizarr2", True),
        ("posterizarr", False),
        ("x.posterizarr.tmp", False),
        (".x.posterizarr.77.ab", False),
        (".posterizarr", False),
        ("x.failed", False),
    ],
)
def test_names_are_chosen_as_start_ps1_chooses_them(name, expected):
    assert is_trigger_name(name) is expected


def test_folders_below_are_looked_through_except_for_the_dead_letters(paths):
    for name in ("a.posterizarr", "b/c/d.posterizarr", "failed/e.posterizarr", "b/failed/f.posterizarr"):
        path = paths.watcher / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (paths.watcher / "folder.posterizarr").mkdir()
    names = {name for name, _ in trigger_files(paths)}
    assert names == {"a.posterizarr", "b/c/d.posterizarr", "b/failed/f.posterizarr"}


def test_without_a_folder_there_are_no_files(tmp_path):
    assert list(trigger_files(Paths(tmp_path / "nowhere"))) == []


def test_a_link_to_a_folder_is_not_followed(paths, tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x.posterizarr").touch()
    (paths.watcher / "link").symlink_to(tmp_path / "other")
    assert list(trigger_files(paths)) == []


@pytest.fixture
def bottomless(paths):
    """Folders in folders, deeper than the stack; shutil could not take them away again."""
    folder = os.open(paths.watcher, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("a", dir_fd=folder)
        inner = os.open("a", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = inner
    os.close(folder)
    yield
    subprocess.run(["rm", "-rf", str(paths.watcher / "a")], check=True)


def test_folders_in_folders_without_end_harm_nothing(paths, bottomless):
    (paths.watcher / "x.posterizarr").touch()
    assert [name for name, _ in trigger_files(paths)] == ["x.posterizarr"]


def test_a_file_is_told_once_it_is_the_same_at_two_looks(paths):
    watch = FolderWatch(paths)
    path = paths.watcher / "x.posterizarr"
    path.write_text("a")
    assert watch.fresh(LATER) == {}
    path.write_text("ab")
    assert watch.fresh(LATER) == {}
    assert list(watch.fresh(LATER)) == ["x.posterizarr"]


def test_a_file_of_this_very_moment_is_not_told(paths):
    watch = FolderWatch(paths)
    (paths.watcher / "x.posterizarr").write_text("a")
    watch.fresh(time.time_ns())
    assert watch.fresh(time.time_ns()) == {}


def test_what_was_dealt_with_comes_up_again_when_it_changes(paths):
    watch = FolderWatch(paths)
    path = paths.watcher / "x.posterizarr"
    path.write_text("a")
    watch.fresh(LATER)
    watch.settle(watch.fresh(LATER))
    assert watch.fresh(LATER) == {}
    path.write_text("other")
    watch.fresh(LATER)
    assert list(watch.fresh(LATER)) == ["x.posterizarr"]


def test_files_of_ours_are_not_even_looked_at_until_they_were_gone(paths):
    watch = FolderWatch(paths)
    path = paths.watcher / "x.posterizarr"
    path.write_text("a")
    watch.fresh(LATER)
    watch.settle(watch.fresh(LATER), ["x.posterizarr"])
    os.utime(path, (1, 1))
    watch.fresh(LATER)
    assert watch.fresh(LATER) == {}
    path.unlink()
    watch.fresh(LATER)
    path.write_text("again")
    watch.fresh(LATER)
    assert list(watch.fresh(LATER)) == ["x.posterizarr"]


def test_many_files_come_a_few_at_once(paths):
    for number in range(600):
        (paths.watcher / f"{number:03}.posterizarr").touch()
    watch = FolderWatch(paths)
    watch.fresh(LATER)
    first = watch.fresh(LATER)
    watch.settle(first)
    assert (len(first), len(watch.fresh(LATER))) == (500, 100)
