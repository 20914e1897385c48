"""Pictures come to their places, and not over what somebody else put there."""

import errno
import os
from dataclasses import replace

import pytest

from app.poster import publish as publish_module
from app.poster.applying.publishing import ChangedMeanwhile, digest, publish
from app.poster.records.step import FileState


def state(path) -> FileState:
    facts = path.stat()
    return FileState(facts.st_size, facts.st_mtime_ns, digest(path.read_bytes()))


def test_a_new_file_comes_with_its_facts(tmp_path):
    target = tmp_path / "Movies" / "Alien" / "poster.jpg"
    assert publish(target, b"picture", None) == state(target)


def test_a_file_that_was_seen_is_replaced(tmp_path):
    target = tmp_path / "poster.jpg"
    before = publish(target, b"one", None)
    assert publish(target, b"two", before) == state(target)
    assert target.read_bytes() == b"two"


@pytest.mark.parametrize("seen", [None, FileState(3, 1), "older"])
def test_a_file_that_the_plan_did_not_see_is_left(tmp_path, seen):
    target = tmp_path / "poster.jpg"
    target.write_bytes(b"by hand")
    expected = replace(state(target), mtime_ns=state(target).mtime_ns - 1) if seen == "older" else seen
    with pytest.raises(ChangedMeanwhile, match=r"poster\.jpg"):
        publish(target, b"ours", expected)
    assert target.read_bytes() == b"by hand"


def test_a_file_that_vanished_is_not_made_up(tmp_path):
    with pytest.raises(ChangedMeanwhile):
        publish(tmp_path / "poster.jpg", b"ours", FileState(3, 1))


@pytest.mark.parametrize(
    ("number", "is_written"),
    [(errno.EINVAL, True), (errno.ENOTSUP, True), (errno.ENOSPC, False), (errno.EIO, False)],
)
def test_a_disk_without_sync_takes_pictures_and_a_full_one_does_not(
    tmp_path, monkeypatch, number, is_written
):
    def refuse(descriptor):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(publish_module.os, "fsync", refuse)
    target = tmp_path / "poster.jpg"
    if is_written:
        publish(target, b"picture", None)
        assert target.read_bytes() == b"picture"
    else:
        with pytest.raises(OSError):
            publish(target, b"picture", None)
        assert list(tmp_path.iterdir()) == []


def test_a_new_file_has_the_rights_of_any_other_new_file(tmp_path):
    publish(tmp_path / "poster.jpg", b"picture", None)
    (tmp_path / "other").touch()
    assert (tmp_path / "poster.jpg").stat().st_mode == (tmp_path / "other").stat().st_mode
