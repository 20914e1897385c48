"""What config.json, engine.json and scheduler.json have in common as files."""

import json
import os
import stat
import time

import pytest

from app.core.config_file import ConfigFile
from app.core.errors import Unavailable
from app.core.json_file import JsonFile
from app.core.paths import Paths
from app.core.schedule.schedule_file import ScheduleFile
from app.core.settings.own_settings import own_file

KINDS = {
    "config.json": lambda paths: ConfigFile(paths.config),
    "engine.json": own_file,
    "scheduler.json": lambda paths: ScheduleFile(paths.scheduler, paths.scheduler_lock, "Europe/Berlin"),
}


@pytest.fixture(params=KINDS)
def file(request, tmp_path):
    paths = Paths(tmp_path)
    paths.create()
    return KINDS[request.param](paths)


def test_all_three_are_the_same_kind_of_file_below_the_data_folder(file, tmp_path):
    assert isinstance(file, JsonFile)
    assert file.path.parent == tmp_path
    assert file.lock.parent == tmp_path / "database"


def test_what_replaces_the_file_is_read_next_and_parsed_once(file, monkeypatch):
    file.replace(b'{"x": 1}')
    assert file.current()["x"] == 1
    file.replace(b'{"x": 2}')
    long_ago = time.time() - 60
    os.utime(file.path, (long_ago, long_ago))
    first = file.current()
    assert first["x"] == 2
    monkeypatch.setattr(file, "parse", lambda content: pytest.fail("it was parsed again"))
    assert file.current() is first


def test_a_file_keeps_its_mode_and_a_link_its_target(file, tmp_path):
    target = tmp_path / "elsewhere.json"
    target.write_text("{}")
    target.chmod(0o640)
    file.path.symlink_to(target)
    file.replace(b'{"x": 1}')
    assert file.path.is_symlink()
    assert json.loads(target.read_text()) == {"x": 1}
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_new_file_is_for_others_only_where_it_holds_no_secret(file):
    file.replace(b"{}")
    others = stat.S_IMODE(file.path.stat().st_mode) & 0o077
    assert others == 0 or file.path.name == "scheduler.json"


def test_what_a_killed_writer_left_is_deleted(file):
    left = file.path.with_name(f".{file.path.name}.4711.1a2b3c4d")
    mine = file.path.with_name(f".{file.path.name}.swp")
    for path in (left, mine):
        path.write_text("half")
    file.replace(b"{}")
    assert (left.exists(), mine.exists()) == (False, True)


def test_a_full_disk_leaves_the_file_as_it_was(file, monkeypatch):
    file.replace(b'{"x": 1}')

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        file.replace(b'{"x": 2}')
    assert file.current()["x"] == 1
    assert [path.name for path in file.path.parent.glob(".*")] == []


def test_the_lock_names_the_file(file, monkeypatch):
    monkeypatch.setattr("app.core.file_lock.LOCK_SECONDS", 0.05)
    other = JsonFile(file.path, file.lock, file.parse)
    message = f"^{file.path.name} is being changed by another process"
    with file.held(), pytest.raises(Unavailable, match=message), other.held():
        raise AssertionError("two at once")
