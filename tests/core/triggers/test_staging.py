"""Trigger files between a request and its answer."""

import errno
import os
import stat
from pathlib import Path

import pytest

from app.core.paths import Paths
from app.core.processes import boot
from app.core.triggers import staging

TEXT = b"[RatingKey]: 7\n"


@pytest.fixture
def paths(tmp_path):
    (tmp_path / "watcher").mkdir()
    return Paths(tmp_path)


def make_staged(paths, name="x.posterizarr", parcel="p1"):
    return staging.stage(paths, parcel, name, TEXT)


def files(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def test_a_staged_file_is_whole_and_out_of_sight(paths):
    staged = make_staged(paths)
    assert staged.path.read_bytes() == TEXT and files(paths.watcher) == []
    assert str(os.getpid()) in staged.path.parent.name


def test_it_is_on_the_disk_before_it_moves(paths, monkeypatch):
    order = []
    real_sync, real_rename = os.fsync, Path.rename
    monkeypatch.setattr(os, "fsync", lambda number: order.append("fsync") or real_sync(number))
    monkeypatch.setattr(Path, "rename", lambda *names: order.append("rename") or real_rename(*names))
    staging.publish_staged(paths, make_staged(paths))
    assert order == ["fsync", "rename"]


def test_a_published_file_lies_in_the_watcher_folder_alone(paths):
    staging.publish_staged(paths, make_staged(paths))
    target = paths.watcher / "x.posterizarr"
    assert target.read_bytes() == TEXT and files(paths.inbox) == []
    assert stat.S_IMODE(target.stat().st_mode) & 0o444 == 0o444, "a script of another user reads it"


def test_a_watcher_folder_that_was_removed_is_made_again(paths):
    paths.watcher.rmdir()
    staging.publish_staged(paths, make_staged(paths))
    assert files(paths.watcher) == ["x.posterizarr"]


def test_a_watcher_folder_on_a_disk_of_its_own_works_too(paths, monkeypatch):
    staged = make_staged(paths)
    real = Path.rename

    def rename(path, target):
        if path == staged.path:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    staging.publish_staged(paths, staged)
    assert (paths.watcher / "x.posterizarr").read_bytes() == TEXT
    assert files(paths.watcher) == ["x.posterizarr"] and files(paths.inbox) == []


def test_what_cannot_be_written_leaves_nothing(paths, monkeypatch):
    def refuse(number):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="No space left"):
        make_staged(paths)
    assert files(paths.inbox) == []


def test_discarding_takes_both_places(paths):
    first, second = make_staged(paths), make_staged(paths, "y.posterizarr")
    staging.publish_staged(paths, second)
    for staged in (first, second):
        staging.discard(paths, staged)
    assert files(paths.watcher) == files(paths.inbox) == []


def test_a_living_process_leaves_no_remains(paths):
    make_staged(paths)
    assert staging.remains(paths) == []


@pytest.mark.parametrize(("mark", "kept"), [(f"{boot()}:1", False), ("an-earlier-boot:1", True), ("", True)])
def test_remains_are_kept_only_where_a_loss_of_power_may_have_undone_a_move(paths, mark, kept):
    make_staged(paths, "a.posterizarr", "p1")
    make_staged(paths, "b.posterizarr", "p1")
    make_staged(paths, "c.posterizarr", "p2")
    staging.process_folder(paths).rename(paths.inbox / f"{os.getpid()}{staging.SEPARATOR}{mark}")
    found = {one.parcel: ([staged.name for staged in one.files], one.kept) for one in staging.remains(paths)}
    assert found == {"p1": (["a.posterizarr", "b.posterizarr"], kept), "p2": (["c.posterizarr"], kept)}
