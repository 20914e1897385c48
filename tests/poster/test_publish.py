import errno
import threading

import pytest

from app.poster.publish import write_whole


def test_missing_folders_are_made_and_nothing_else_is_left(tmp_path):
    write_whole(tmp_path / "Movies" / "Alien" / "poster.jpg", b"picture")
    assert [path.name for path in (tmp_path / "Movies" / "Alien").iterdir()] == ["poster.jpg"]
    assert (tmp_path / "Movies" / "Alien" / "poster.jpg").read_bytes() == b"picture"


def test_a_reader_never_sees_half_a_file(tmp_path):
    target = tmp_path / "poster.jpg"
    contents = [bytes([number]) * 500_000 for number in range(2)]
    write_whole(target, contents[0])
    writer = threading.Thread(target=lambda: [write_whole(target, content) for content in contents * 20])
    writer.start()
    seen = set()
    while writer.is_alive():
        seen.add(target.read_bytes())
    writer.join()
    assert seen <= set(contents)


def test_what_a_killed_run_left_beside_does_not_stand_in_the_way(tmp_path):
    outside = tmp_path / "outside"
    outside.write_text("untouched")
    (tmp_path / ".poster.jpg.part").symlink_to(outside)
    write_whole(tmp_path / "poster.jpg", b"picture")
    assert outside.read_text() == "untouched"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["outside", "poster.jpg"]


def test_a_failure_names_the_file_and_leaves_the_old_one(tmp_path):
    (tmp_path / "poster.jpg").mkdir()
    with pytest.raises(OSError) as failure:
        write_whole(tmp_path / "poster.jpg", b"picture")
    assert "poster.jpg" in failure.value.filename
    assert [path.name for path in tmp_path.iterdir()] == ["poster.jpg"]


def test_folders_that_were_made_for_a_file_that_the_disk_refuses_are_removed(tmp_path, monkeypatch):
    def refuse(descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", refuse)
    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "Movies" / "Alien" / "poster.jpg", b"picture")
    assert list(tmp_path.iterdir()) == []
