"""The command line, run as a person and a cron table run it: each command in a process of its own."""

import json
import os
import re
import signal
import subprocess
import time

import pytest

from app.core.settings.login_and_folder_checks import LoginAndFolderChecks
from app.core.settings.mistakes import findings
from tests.command_line import run_command
from tests.live_server import POSTERIZARR, ROOT, RunningServer, server_environment

COMPLETES = """
import json, pathlib, sys
pathlib.Path("arguments.json").write_text(json.dumps(sys.argv[1:]))
mode = "manual" if "-Manual" in sys.argv else "testing"
report = {"Posters": 3, "Mode": mode, "Runtime": "0:0:1", "Errors": 0, "Script Version": "1.0"}
report |= {"Start time": "23.11.2026 15:00:00", "End Time": "23.11.2026 15:00:01"}
pathlib.Path("Logs", f"{mode}.json").write_text(json.dumps(report))
"""
FAILS = """
import pathlib
pathlib.Path("Logs", "Testinglog.log").write_text(
    "[2026-11-23 15:00:00] [ERROR]   |L.1    | There is no font\\n"
    "[2026-11-23 15:00:00] [ERROR]   |L.2    | Exiting Posterizarr run...\\n"
)
raise SystemExit(1)
"""
HANGS = """
import pathlib, time
pathlib.Path("begun").touch()
time.sleep(100)
"""


@pytest.fixture
def posterizarr(data):
    """Run a command to its end."""

    def run(*arguments, **settings):
        return run_command(*arguments, environment=server_environment(data, **settings))

    return run


@pytest.fixture
def known(posterizarr, data):
    """The command over a data folder that is set up."""
    posterizarr("key", "create", "first")
    return posterizarr


@pytest.fixture
def make_script(tmp_path):
    def make(text):
        script = tmp_path / "script.py"
        script.write_text(text)
        return script

    return make


def wait_for(condition):
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_command_tells_its_result_and_leaves_the_rest_to_the_log_file(posterizarr, data, make_script):
    posterizarr("key", "create", "first")
    answer = posterizarr("key", "create", "Sonarr", "--scope", "webhook")
    assert (answer.returncode, answer.stderr) == (0, "")
    ran = posterizarr("run", "testing", POSTER_SCRIPT=make_script(COMPLETES))
    assert (ran.returncode, ran.stderr) == (0, "")
    log = (data / "UILogs" / "BackendServer.log").read_text()
    assert "key_created" in log and "run_ended" in log
    assert answer.stdout.strip() not in log
    assert "key_created" in posterizarr("key", "create", "Radarr", LOG_LEVEL="DEBUG").stderr


def test_help_names_every_command(posterizarr):
    answer = posterizarr("--help")
    assert answer.returncode == 0
    for name in ("serve", "run", "key", "scan", "config"):
        assert re.search(rf"^  {name} ", answer.stdout, re.MULTILINE)


def test_the_version_is_told(posterizarr):
    version = (ROOT / "app" / "VERSION").read_text().strip()
    assert posterizarr("--version").stdout == f"Posterizarr Server {version}\n"


def test_a_bad_setting_is_one_line(posterizarr):
    answer = posterizarr("key", "list", RUN_TIMEOUT="soon")
    assert answer.returncode == 1
    assert answer.stderr == "Error: RUN_TIMEOUT='soon' cannot be used; allowed: 0 to 604800.\n"


def test_a_key_is_created_listed_and_revoked(posterizarr):
    key = posterizarr("key", "create", "sonarr", "--scope", "webhook", "--expires-days", "30").stdout.strip()
    listed = posterizarr("key", "list").stdout
    (line,) = [line for line in listed.splitlines() if "sonarr" in line]
    assert key[:13] in line and key not in listed
    assert "[webhook]" in line and "expires 20" in line and "never used" in line
    assert posterizarr("key", "revoke", line.split()[0]).stdout == "Revoked sonarr.\n"
    assert "sonarr" not in posterizarr("key", "list").stdout


def test_a_key_that_was_created_is_let_in(posterizarr, data):
    key = posterizarr("key", "create", "reader", "--scope", "read").stdout.strip()
    with RunningServer(data) as server:
        assert server.get("/api", headers={"X-API-Key": key}).status_code == 200
        posterizarr("key", "revoke", "2")
        assert server.get("/api", headers={"X-API-Key": key}).status_code == 401


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("key", "create", "x", "--scope", "everything"), 2, "everything"),
        (("key", "create", " "), 1, "printable characters"),
        (("key", "revoke", "99"), 1, "There is no API key 99."),
        (("run", "nonsense"), 1, "Invalid mode: nonsense. There are normal, scheduled, plan, preflight,"),
        (("run",), 2, "MODE"),
        (("frobnicate",), 2, "frobnicate"),
    ],
)
def test_what_cannot_be_done_is_told_without_a_traceback(known, arguments, code, words):
    answer = known(*arguments)
    assert answer.returncode == code
    assert words in answer.stderr and "Traceback" not in answer.stderr


def test_artwork_is_counted_by_kind(posterizarr, data, tmp_path):
    folder = tmp_path / "assets" / "Dark (2017)"
    folder.mkdir(parents=True)
    for name in ("poster.jpg", "Season01.jpg", "S01E01.jpg", "S01E02.jpg"):
        (folder / name).write_bytes(bytes(1536))
    answer = posterizarr("scan", ASSET_PATH=tmp_path / "assets")
    assert answer.stdout.splitlines() == [
        str(tmp_path / "assets"),
        "posters             1  1.5 KiB",
        "backgrounds         0  0 bytes",
        "seasons             1  1.5 KiB",
        "title cards         2  3.0 KiB",
        "other               0  0 bytes",
    ]


def test_the_asset_folder_of_the_config_is_counted(known, data):
    assert known("scan").stdout.startswith(f"{data / 'assets'}\n")


@pytest.mark.parametrize(
    "command", [("config", "check"), ("key", "list"), ("key", "revoke", "1"), ("scan",), ("run", "nonsense")]
)
def test_what_only_looks_creates_nothing_in_a_folder_that_is_not_set_up(posterizarr, data, command):
    answer = posterizarr(*command)
    assert (answer.returncode, answer.stderr.count("\n")) == (1, 1)
    assert not data.exists()
    if command[0] != "run":
        assert answer.stderr.startswith(f"Error: {data / 'config.json'} does not exist: set APP_DATA ")


def test_a_check_of_the_config_changes_nothing_beside_it(known, data):
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    assert known("config", "check").returncode == 0
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*")} == before


def test_a_fresh_config_has_no_mistake(known, data):
    answer = known("config", "check")
    assert (answer.returncode, answer.stdout) == (0, f"{data / 'config.json'}: no mistakes\n")


def test_a_mistake_in_the_config_is_named_and_fails(known, data):
    values = json.loads((data / "config.json").read_text())
    values["PrerequisitePart"]["maxLogs"] = "many"
    values["Mine"] = {}
    (data / "config.json").write_text(json.dumps(values))
    answer = known("config", "check")
    assert answer.returncode == 1
    assert "mistake: PrerequisitePart.maxLogs " in answer.stdout and "note: Mine " in answer.stdout
    assert answer.stdout.endswith("1 mistake\n")


def test_the_config_is_checked_as_the_api_checks_an_edit(known, data):
    values = json.loads((data / "config.json").read_text())
    values["PrerequisitePart"] |= {"AssetPath": "/", "logLevel": "9"}
    (data / "config.json").write_text(json.dumps(values))
    told = [finding for finding in findings(values, LoginAndFolderChecks(data)) if not finding.note]
    answer = known("config", "check")
    assert [finding.key for finding in told] == ["logLevel", "AssetPath"]
    assert answer.stdout.splitlines()[:-1] == [f"mistake: {place(item)} {item.message}" for item in told]


def test_rules_are_checked_with_the_config(known, data):
    rules = [{"name": "a", "when": {"label": label}, "set": {"text": label == "x"}} for label in "xy"]
    (data / "rules.json").write_text(json.dumps({"rules": rules}))
    assert known("config", "check").stdout.startswith("mistake: rules.json.rules[1].name is the name of an")
    rules[1]["name"] = "b"
    (data / "rules.json").write_text(json.dumps({"rules": rules}))
    answer = known("config", "check")
    assert answer.returncode == 0 and "note: rules.json For items that meet" in answer.stdout


def place(finding):
    return f"{finding.section}.{finding.key}"


def test_a_config_that_cannot_be_read_is_told(known, data):
    (data / "config.json").write_text("{")
    answer = known("config", "check")
    assert answer.returncode == 1
    assert answer.stderr.startswith("Error: config.json is not valid JSON at line 1")


def test_a_run_without_a_server_is_done_by_the_command(posterizarr, data, make_script):
    answer = posterizarr("run", "testing", POSTER_SCRIPT=make_script(COMPLETES))
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines()[-1] == "Run 1: completed"


def test_arguments_reach_the_script_as_they_are(posterizarr, data, make_script):
    arguments = ["-PicturePath", "/srv/a b.jpg", "-Titletext", "-h", "-FolderName", "F", "-LibraryName", "L"]
    posterizarr("run", "manual", *arguments, POSTER_SCRIPT=make_script(COMPLETES))
    handed = json.loads((data / "arguments.json").read_text())[-8:]
    assert [word.strip() for word in handed] == arguments


def test_a_relative_picture_is_one_of_the_folder_in_which_the_command_runs(posterizarr, data, make_script):
    arguments = ["-PicturePath", "own/a.jpg", "-FolderName", "F", "-LibraryName", "L"]
    posterizarr("run", "manual", *arguments, POSTER_SCRIPT=make_script(COMPLETES))
    assert json.loads((data / "arguments.json").read_text())[-5] == str(ROOT / "own" / "a.jpg")


@pytest.mark.parametrize("words", [("--help",), ("-h",), ("-PicturePath", "a.jpg", "--help")])
def test_help_after_the_mode_is_help_and_no_run(posterizarr, data, words):
    answer = posterizarr("run", "manual", *words)
    assert answer.returncode == 0 and "-PicturePath" in answer.stdout
    assert not data.exists()


def test_all_that_a_mode_lacks_is_named_at_once_and_nothing_is_queued(posterizarr, data):
    answer = posterizarr("run", "manual", "-SeasonPoster", "-FolderName", " ", "-LibraryName", "L")
    names = "-PicturePath, -FolderName, -SeasonPosterName"
    assert answer.stderr == f"Error: The mode manual needs a value for each of these: {names}.\n"
    assert answer.returncode == 1 and not data.exists()


def test_a_run_that_fails_gives_its_reason_and_exit_code(posterizarr, make_script):
    answer = posterizarr("run", "testing", POSTER_SCRIPT=make_script(FAILS))
    assert answer.returncode == 1
    assert answer.stdout.splitlines()[-1] == "Run 1: failed, There is no font"


def test_a_manual_run_that_draws_nothing_has_failed(posterizarr, tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"no picture")
    words = ("-PicturePath", str(tmp_path / "a.jpg"), "-FolderName", "F", "-LibraryName", "L")
    answer = posterizarr("run", "manual", *words)
    assert answer.returncode == 1
    assert answer.stdout.splitlines()[-1].startswith("Run 1: failed, ")


def test_a_server_that_is_up_does_the_run(posterizarr, data, make_script):
    with RunningServer(data, POSTER_SCRIPT=make_script(COMPLETES)) as server:
        wait_for(lambda: "leading" in server.output)
        answer = posterizarr("run", "testing")
        history = server.get("/api/runtime-history").json()["history"]
    assert (answer.returncode, answer.stdout.splitlines()[-1]) == (0, "Run 1: completed")
    log = (data / "UILogs" / "BackendServer.log").read_text()
    assert log.count("leading pid=") == 1
    assert [row["mode"] for row in history] == ["testing"]


def test_a_server_that_starts_meanwhile_leads_and_launches_once_the_command_has_ended(data, make_script):
    environment = server_environment(data, POSTER_SCRIPT=make_script(HANGS))
    command = subprocess.Popen([*POSTERIZARR, "run", "testing"], cwd=ROOT, env=environment)
    wait_for((data / "begun").exists)
    (data / "begun").unlink()
    with RunningServer(data, POSTER_SCRIPT=make_script(HANGS), RUN_TIME="01:30") as server:
        wait_for(lambda: server.get("/api/scheduler/status").json()["running"])
        assert server.get("/health").json() == {"status": "ok", "problems": []}
        assert server.get("/api/status").json()["current_mode"] == "testing"
        number = server.post("/api/run/normal").json()["run_id"]
        assert server.post("/api/stop").json()["success"]
        assert command.wait(timeout=30) == 3
        wait_for((data / "begun").exists)
        assert server.get(f"/api/runs/{number}").json()["run"]["status"] == "running"
        server.post("/api/force-kill")


def test_control_c_stops_the_run_that_the_command_works_on(data, make_script):
    environment = server_environment(data, POSTER_SCRIPT=make_script(HANGS))
    command = subprocess.Popen(
        [*POSTERIZARR, "run", "testing"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    wait_for((data / "begun").exists)
    os.kill(command.pid, signal.SIGINT)
    output = command.communicate(timeout=30)[0]
    assert command.returncode == 3
    assert output.splitlines()[-1].startswith("Run 1: stopped")


def test_control_c_leaves_the_run_of_a_server_alone(data, make_script):
    with RunningServer(data, POSTER_SCRIPT=make_script(HANGS)) as server:
        wait_for(lambda: "leading" in server.output)
        command = subprocess.Popen(
            [*POSTERIZARR, "run", "testing"],
            cwd=ROOT,
            env=server.environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        wait_for((data / "begun").exists)
        os.kill(command.pid, signal.SIGINT)
        assert "goes on in the server" in command.communicate(timeout=30)[1]
        assert server.get("/api/status").json()["running"] is True
        server.post("/api/force-kill")


def test_a_plan_is_printed_and_changes_nothing(posterizarr, data, tmp_path):
    folder = tmp_path / "media" / "Movies" / "Nosferatu (1922)"
    folder.mkdir(parents=True)
    (folder / "Nosferatu (1922).mkv").touch()
    answer = posterizarr("plan", MEDIA_PATH=tmp_path / "media")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines()[-2:] == [
        "create   Movies/Nosferatu (1922)/poster.jpg  (there is no file yet)",
        "1 create",
    ]
    assert list((data / "assets").iterdir()) == []


def test_another_script_writes_no_plan(posterizarr, make_script):
    answer = posterizarr("plan", POSTER_SCRIPT=make_script(COMPLETES))
    assert answer.returncode == 1
    assert "POSTER_SCRIPT" in answer.stderr
