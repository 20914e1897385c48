import os
from zoneinfo import ZoneInfo

import pytest

from app.core.paths import Paths
from app.core.state import SharedState
from app.core.status import UNKNOWN_STATUS, StatusReader
from tests.past_runs import make_active_run


@pytest.fixture
def paths(tmp_path):
    paths = Paths(tmp_path / "data")
    paths.create()
    return paths


@pytest.fixture
def state(paths):
    return SharedState(paths.shared_state)


@pytest.fixture
def reader(paths, state):
    return StatusReader(paths, state, "", ZoneInfo("Europe/Berlin"))


def mark_running(paths, word):
    paths.running_file.write_text(word)


def foreign_script_lives(reader, alive):
    reader.live_script.is_alive = lambda: alive


def test_an_idle_server_says_so_with_every_field(reader):
    told = reader.read(0)
    assert told == UNKNOWN_STATUS | {"script_exists": True, "queued": 0}


def test_an_active_run_of_the_api_is_told_with_its_progress(reader, state):
    state.publish(run=make_active_run())
    told = reader.read(2)
    assert told["running"] is told["manual_running"] is True
    assert told["scheduler_running"] is told["scheduler_is_executing"] is False
    assert (told["pid"], told["current_mode"], told["active_log"]) == (4242, "testing", "Testinglog.log")
    assert told["start_time"] == "2025-11-25T16:30:03"
    assert (told["run_id"], told["phase"], told["percent"], told["queued"]) == (7, "Drawing", 25.0, 2)


def test_an_active_run_of_the_schedule_is_the_schedulers(reader, state):
    state.publish(run=make_active_run(mode="scheduled", origin="schedule"))
    told = reader.read(0)
    assert told["scheduler_running"] is told["scheduler_is_executing"] is True
    assert told["manual_running"] is False


def test_a_run_of_a_webhook_is_neither(reader, state):
    state.publish(run=make_active_run(origin="webhook"))
    told = reader.read(0)
    assert (told["running"], told["manual_running"], told["scheduler_running"]) == (True, False, False)


@pytest.mark.parametrize(("word", "mode"), [("Tautulli", "tautulli"), ("", "webhook"), ("  \n", "webhook")])
def test_a_script_started_elsewhere_counts_as_running(reader, paths, word, mode):
    mark_running(paths, word)
    foreign_script_lives(reader, True)
    told = reader.read(0)
    assert (told["running"], told["current_mode"], told["pid"]) == (True, mode, None)
    assert told["running_file_exists"] is True


def test_a_running_file_without_a_script_is_only_a_file(reader, paths):
    mark_running(paths, "Normal")
    foreign_script_lives(reader, False)
    told = reader.read(0)
    assert (told["running"], told["current_mode"], told["running_file_exists"]) == (False, None, True)


def test_reading_the_status_removes_no_stale_running_file(reader, paths):
    mark_running(paths, "Normal")
    reader.read(0)
    assert paths.running_file.exists()


def test_no_running_file_asks_for_no_look_at_the_processes(reader):
    reader.live_script.is_alive = lambda: pytest.fail("looked at the process table")
    assert reader.read(0)["running"] is False


@pytest.mark.parametrize(
    ("mode", "log"), [("Testing", "Testinglog.log"), ("Manual", "Manuallog.log"), ("Backup", "Scriptlog.log")]
)
def test_the_active_log_follows_the_mode(reader, paths, mode, log):
    mark_running(paths, mode)
    foreign_script_lives(reader, True)
    assert reader.read(0)["active_log"] == log


def test_while_nothing_runs_the_active_log_is_the_latest_written_one(reader, paths):
    for age, name in enumerate(["Manuallog.log", "Scriptlog.log", "Testinglog.log"]):
        (paths.logs / name).write_text(f"{name}\n")
        os.utime(paths.logs / name, (1000 - age, 1000 - age))
    told = reader.read(0)
    assert (told["active_log"], told["last_logs"]) == ("Manuallog.log", ["Manuallog.log"])


@pytest.mark.parametrize(("lines_after", "detected"), [(0, True), (4, True), (5, False)])
def test_a_second_instance_is_detected_in_the_last_five_lines(reader, paths, lines_after, detected):
    lines = ["[WARNING] Another Posterizarr instance already running, exiting now..."] + [
        "more"
    ] * lines_after
    (paths.logs / "Scriptlog.log").write_text("\n".join(lines))
    assert reader.read(0)["already_running_detected"] is detected


def test_a_missing_script_is_told(paths, state, tmp_path):
    reader = StatusReader(paths, state, str(tmp_path / "Posterizarr.ps1"), None)
    assert reader.read(0)["script_exists"] is False
    (tmp_path / "Posterizarr.ps1").write_text("")
    assert reader.read(0)["script_exists"] is True


def test_a_log_name_from_the_state_never_leaves_the_folder(reader, state, paths):
    (paths.data / "secret.log").write_text("secret\n")
    state.publish(run=make_active_run(log_file="../secret.log"))
    assert reader.read(0)["last_logs"] == []
