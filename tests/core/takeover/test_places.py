"""What a takeover says of the files that stay where they are: settings, schedules, folders, triggers."""

import json

import pytest

from app.core.config_file import ConfigFile
from app.core.schedule.schedule_file import ScheduleFile
from app.core.takeover.places import (
    artwork_in_place,
    keep_schedules,
    logs_in_place,
    overlays_in_place,
    schedules_in_place,
    settings_in_place,
    strange_databases,
    triggers_in_place,
)
from tests.trees import make_image

ENTRY = {"time": "03:30", "mode": "normal", "frequency": "daily", "description": ""}


@pytest.fixture
def paths(machine):
    return machine.paths


@pytest.fixture
def schedules(paths):
    return ScheduleFile(paths.scheduler, paths.scheduler_lock, "Europe/Berlin")


def write_schedules(paths, content):
    paths.scheduler.write_text(content if isinstance(content, str) else json.dumps(content))


@pytest.mark.parametrize("content", ["", "[]", "{", '{"a": NaN}', '{"a": "\\ud800"}'])
def test_settings_that_cannot_be_read_are_named_and_stop_nothing(paths, content):
    paths.config.write_text(content)
    outcome = settings_in_place(ConfigFile(paths.config), paths, True)
    assert (outcome.state, outcome.taken, outcome.advice) == ("failed", 0, "Correct config.json.")
    assert outcome.notes[0].startswith("config.json")


def test_settings_are_counted_with_what_is_wrong_and_a_login_that_is_off(paths):
    parts = {"PrerequisitePart": {"maxLogs": "many"}, "WebUI": {"basicAuthEnabled": False}, "odd": "text"}
    paths.config.write_text(json.dumps(parts))
    outcome = settings_in_place(ConfigFile(paths.config), paths, True)
    assert (outcome.state, outcome.taken) == ("in_place", 2)
    assert any(note.startswith("PrerequisitePart.maxLogs ") for note in outcome.notes)
    assert "login is off" in outcome.notes[-1] and "config check" in outcome.advice


def test_a_folder_without_schedules_has_none(paths, schedules):
    assert schedules_in_place(schedules, [], "").state == "absent"
    keep_schedules(schedules, paths)
    assert not paths.config_backups.exists()


@pytest.mark.parametrize("content", ["", "{", "[]"])
def test_schedules_that_cannot_be_read_are_named(paths, schedules, content):
    write_schedules(paths, content)
    outcome = schedules_in_place(schedules, [], "")
    assert (outcome.state, outcome.advice) == ("failed", "Correct scheduler.json.")


def test_entries_are_counted_and_those_that_are_not_in_force_are_named(paths, schedules):
    entries = [ENTRY, ENTRY | {"time": "25:00"}]
    write_schedules(paths, {"enabled": "false", "schedules": entries, "timezone": "Asia/Tokyo"})
    outcome = schedules_in_place(schedules, [], "Europe/Berlin")
    assert (outcome.state, outcome.taken) == ("in_place", 2)
    assert any("25:00" in note for note in outcome.notes)
    assert outcome.notes[-2:] == [
        "The schedules are switched off.",
        "Times are those of Europe/Berlin; scheduler.json names Asia/Tokyo.",
    ]


def test_schedules_are_copied_once_and_a_second_start_does_not_replace_the_copy(paths, schedules):
    write_schedules(paths, "first")
    keep_schedules(schedules, paths)
    write_schedules(paths, "second")
    keep_schedules(schedules, paths)
    (copy,) = paths.config_backups.iterdir()
    assert copy.read_text() == "first" and copy.stat().st_mode & 0o777 == 0o600


def test_each_folder_of_artwork_is_named_with_what_to_mount(machine):
    there = machine.paths.data / "assets"
    there.mkdir()
    machine.roots.overrides.update(assets=there, backup=there / "gone")
    outcome = artwork_in_place(machine.roots)
    assert (outcome.state, outcome.taken) == ("in_place", 1)
    assert f"AssetPath is {there}." in outcome.notes
    assert f"BackupPath: there is no folder {there / 'gone'}." in outcome.notes
    assert "set MANUAL_ASSET_PATH and BACKUP_PATH to" in outcome.advice
    machine.roots.overrides.clear()
    machine.paths.config.write_text("{")
    assert artwork_in_place(machine.roots).state == "failed"


def test_what_lies_in_the_other_folders_is_counted(paths):
    assert {overlays_in_place(paths).state, logs_in_place(paths).state} == {"absent"}
    assert triggers_in_place(paths, False).notes == []
    for name in ("a.png", "b.TTF", "notes.txt", ".hidden.png"):
        make_image(paths.overlays, name)
    make_image(paths.rotated_logs, "Logs_1/Scriptlog.log")
    make_image(paths.rotated_logs, "file.zip")
    (paths.rotated_logs / "Logs_2").mkdir()
    assert (overlays_in_place(paths).taken, logs_in_place(paths).taken) == (2, 1)


@pytest.mark.parametrize("is_consumed", [True, False])
def test_triggers_that_nobody_here_takes_are_named(paths, is_consumed):
    make_image(paths.watcher, "recently_added_20251125163000_1.posterizarr")
    outcome = triggers_in_place(paths, is_consumed)
    assert (outcome.state, outcome.taken, bool(outcome.notes)) == ("in_place", 1, not is_consumed)


def test_databases_of_no_known_name_are_named_and_ours_are_not(paths):
    for name in ("imagechoices.db", "posterizarr.db", "posterizarr.db.old.db", "other.db", "x\ny.db"):
        make_image(paths.database, name)
    outcome = strange_databases(paths, {"imagechoices.db"}, "posterizarr.db")
    assert outcome.state == "not_taken"
    assert outcome.notes == [
        "'other.db' is no database of the old program, and was not read.",
        r"'x\ny.db' is no database of the old program, and was not read.",
    ]
    assert (
        strange_databases(paths, {"imagechoices.db", "other.db", "x\ny.db"}, "posterizarr.db").state
        == "absent"
    )
