"""scheduler.json on a real disk: defaults, foreign keys, damage, and writers at the same time."""

import json
import multiprocessing
import os
import threading
import time

import pytest
from filelock import FileLock

from app.core.errors import Invalid, Unavailable
from app.core.schedule.schedule_clock import zone_named
from app.core.schedule.schedule_file import ScheduleFile, SchedulesUnreadable, machine_zone


@pytest.fixture
def file(tmp_path):
    return ScheduleFile(tmp_path / "scheduler.json", tmp_path / "scheduler.json.lock", "Europe/Berlin")


def content(file):
    return json.loads(file.path.read_text(encoding="utf-8"))


def write(file, text):
    file.path.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")


def append(file, number):
    with file.changing() as values:
        values["schedules"].append({"time": f"{number // 60:02}:{number % 60:02}"})


def test_a_new_file_holds_the_defaults(file):
    file.create()
    assert content(file) == {
        "enabled": False,
        "schedules": [],
        "timezone": "Europe/Berlin",
        "skip_if_running": True,
        "missed": "once",
        "grace_minutes": 5,
        "last_run": None,
        "next_run": None,
    }


def test_reading_creates_nothing(file):
    assert file.values()["schedules"] == []
    assert not file.path.exists()


def test_an_existing_file_is_not_created_again(file):
    write(file, {"enabled": True})
    file.create()
    assert content(file) == {"enabled": True}


def test_keys_that_nobody_knows_survive_a_change_at_every_level(file):
    write(file, {"x_own": {"deep": [1]}, "schedules": [{"time": "01:30", "status": "success"}]})
    append(file, 90)
    assert content(file)["x_own"] == {"deep": [1]}
    assert content(file)["schedules"] == [{"time": "01:30", "status": "success"}, {"time": "01:30"}]


def test_a_change_that_changes_nothing_leaves_the_file_alone(file):
    write(file, '{"enabled":true}')
    before = file.path.stat().st_mtime_ns
    with file.changing() as values:
        values["enabled"] = True
    assert (file.path.read_text(), file.path.stat().st_mtime_ns) == ('{"enabled":true}', before)


def test_a_change_that_is_refused_leaves_the_file_alone(file):
    append(file, 1)
    before = file.path.read_bytes()
    with pytest.raises(RuntimeError), file.changing() as values:
        values["enabled"] = True
        raise RuntimeError
    assert file.path.read_bytes() == before
    assert sorted(path.name for path in file.path.parent.iterdir() if path.suffix != ".lock") == [
        "scheduler.json"
    ]


def test_a_change_by_hand_is_seen_at_once(file):
    write(file, {"enabled": False})
    assert file.values()["enabled"] is False
    write(file, {"enabled": True})
    assert file.values()["enabled"] is True


def test_a_file_that_did_not_change_is_not_read_again(file, monkeypatch):
    write(file, {"enabled": True})
    long_ago = time.time() - 60
    os.utime(file.path, (long_ago, long_ago))
    first = file.values()
    monkeypatch.setattr(ScheduleFile, "read", lambda self: pytest.fail("it was read again"))
    assert file.values() is first


def test_a_byte_order_mark_of_an_editor_does_no_harm(file):
    file.path.write_bytes(b"\xef\xbb\xbf" + b'{"enabled": true}')
    assert file.values()["enabled"] is True


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "null", '{"schedules": {}}', '{"schedules": null}', '{"x": NaN}', "[" * 200_000),
        # Readable, but too deep to be copied.
        f'{{"x": {"[" * 480}{"]" * 480}}}',
    ],
)
def test_a_file_that_cannot_be_understood_is_never_overwritten(file, text):
    write(file, text)
    with pytest.raises(SchedulesUnreadable, match=r"^scheduler\.json .*\.$"):
        append(file, 1)
    assert file.path.read_text() == text


def test_the_place_of_a_mistake_is_told(file):
    write(file, '{\n  "enabled": tru\n}')
    with pytest.raises(SchedulesUnreadable, match="line 2, column 14"):
        file.values()


def test_text_that_is_no_utf8_is_refused(file):
    file.path.write_bytes(b'{"x": "\xff"}')
    with pytest.raises(SchedulesUnreadable):
        file.values()


def test_a_folder_in_the_place_of_the_file_is_refused(file):
    file.path.mkdir()
    with pytest.raises(SchedulesUnreadable, match="cannot be opened"):
        file.values()


def test_the_last_good_content_is_known_while_the_file_is_damaged(file):
    write(file, {"enabled": True})
    assert file.last_known() == ({**file.defaults(), "enabled": True}, "")
    write(file, "{ damaged")
    values, problem = file.last_known()
    assert values["enabled"] is True and "line 1" in problem


def test_a_file_that_was_never_good_counts_as_the_defaults(file):
    write(file, "{")
    assert file.last_known()[0] == file.defaults()


@pytest.mark.parametrize("value", [float("nan"), "\ud800", object])
def test_a_value_that_json_cannot_hold_is_refused(file, value):
    file.create()
    if value is object:
        value = []
        value.append(value)
    with pytest.raises(Invalid), file.changing() as values:
        values["x"] = value
    assert "x" not in content(file)


def test_a_file_does_not_grow_without_end(file):
    with pytest.raises(Invalid, match="larger"), file.changing() as values:
        values["x"] = "y" * 1_000_001
    assert not file.path.exists()


def test_two_threads_that_add_entries_lose_none(file):
    file.create()
    threads = [threading.Thread(target=add_many, args=(file.path, file.lock, start)) for start in (0, 30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(entry["time"] for entry in content(file)["schedules"]) == [f"00:{n:02}" for n in range(60)]


def test_two_processes_that_add_entries_lose_none(file):
    file.create()
    context = multiprocessing.get_context("spawn")
    others = [context.Process(target=add_many, args=(file.path, file.lock, start)) for start in (0, 30)]
    for other in others:
        other.start()
    for other in others:
        other.join(60)
    assert len(content(file)["schedules"]) == 60


def add_many(path, lock, start):
    for number in range(start, start + 30):
        append(ScheduleFile(path, lock), number)


def test_a_lock_that_somebody_keeps_is_told_of_and_not_waited_for_for_ever(file, monkeypatch):
    monkeypatch.setattr("app.core.file_lock.LOCK_SECONDS", 0.1)
    with FileLock(file.lock), pytest.raises(Unavailable, match="another process"):
        append(file, 1)


def test_a_place_that_cannot_be_written_is_told_of(file, monkeypatch):
    file.create()

    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Unavailable, match="No space left on device"):
        append(file, 1)
    assert content(file)["schedules"] == []


def test_a_lock_that_cannot_be_made_is_told_of(tmp_path):
    (tmp_path / "file").write_text("")
    file = ScheduleFile(tmp_path / "scheduler.json", tmp_path / "file" / "lock")
    with pytest.raises(Unavailable, match="cannot be locked"):
        append(file, 1)


def test_a_note_is_kept_where_that_is_possible(file):
    file.note(last_run="2025-11-25T16:30:00.002702")
    assert content(file)["last_run"] == "2025-11-25T16:30:00.002702"
    write(file, "{")
    file.note(last_run="later")
    assert file.path.read_text() == "{"


def test_a_touch_makes_the_file_look_changed(file):
    file.create()
    long_ago = time.time() - 60
    os.utime(file.path, (long_ago, long_ago))
    before = file.fingerprint()
    file.touch()
    assert file.fingerprint() != before


def test_the_zone_of_the_machine_is_read_from_its_link(tmp_path):
    link = tmp_path / "localtime"
    link.symlink_to("/usr/share/zoneinfo/Asia/Kathmandu")
    assert machine_zone(link) == "Asia/Kathmandu"


def test_a_machine_whose_zone_cannot_be_told_has_the_usual_one(tmp_path):
    assert machine_zone(tmp_path / "missing") == "Europe/Berlin"


def test_without_a_setting_the_file_begins_with_a_zone_that_exists(tmp_path):
    file = ScheduleFile(tmp_path / "scheduler.json", tmp_path / "lock")
    assert zone_named(file.values()["timezone"])
