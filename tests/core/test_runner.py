import os
import signal
import sys

import pytest

from app.config import child_environment, load_settings
from app.core.processes import Identity, identify
from app.core.runner import LaunchOrder, launch, output_of, send
from tests.driving import eventually


@pytest.fixture
def start(tmp_path):
    children = []

    def begin(*command, **overrides):
        number = len(children)
        order = {
            "command": list(command),
            "folder": tmp_path,
            "environment": dict(os.environ),
            "record": tmp_path / f"{number}.json",
            "output": tmp_path / f"{number}.log",
            **overrides,
        }
        children.append(launch(LaunchOrder(**order)))
        return children[-1]

    yield begin
    for child in children:
        child.process.kill()
        child.process.wait()


def test_output_and_errors_go_to_the_file_and_nothing_comes_in(start, tmp_path):
    child = start("/bin/sh", "-c", "cat; echo out; echo err >&2; exit 3")
    assert eventually(child.exit_code) == 3
    assert (tmp_path / "0.log").read_text() == "out\nerr\n"


def test_the_script_leads_a_session_of_its_own_in_the_folder(start, tmp_path):
    child = start("/bin/sh", "-c", "pwd; exec sleep 60")
    eventually(lambda: (tmp_path / "0.log").read_text() == f"{tmp_path}\n")
    assert os.getsid(child.pid) == os.getpgid(child.pid) == child.pid != os.getsid(0)


def test_a_folder_that_is_not_there_is_an_error_and_nothing_starts(start, tmp_path):
    with pytest.raises(FileNotFoundError):
        start("/bin/true", folder=tmp_path / "absent")
    with pytest.raises(FileNotFoundError):
        start("/bin/true", output=tmp_path / "absent" / "x.log")


def test_a_signal_reaches_only_the_process_that_is_meant(start):
    child = start("sleep", "60")
    meant = identify(child.pid)
    send(signal.SIGKILL, [Identity(child.pid, "another-boot:1"), Identity(2**22 + 7, "x:1")])
    assert child.exit_code() is None
    send(signal.SIGKILL, [meant])
    assert eventually(child.exit_code) == -9


def test_the_launcher_gives_way_to_the_program(start, tmp_path):
    child = start(sys.executable, "-c", "import os; print(os.getpid())")
    assert eventually(lambda: (tmp_path / "0.log").read_text()) == f"{child.pid}\n"


def test_the_environment_of_a_script_holds_the_settings_and_no_secret(monkeypatch, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("sqlite:///hidden.db")
    monkeypatch.setenv("APP_API_KEY", "hidden")
    monkeypatch.setenv("DATABASE_URL_FILE", str(secret))
    monkeypatch.setenv("LANG", "C.UTF-8")
    found = child_environment(load_settings(APP_DATA=tmp_path, BACKUP_PATH="/backup", TZ="Europe/Berlin"))
    assert "hidden" not in found.values() and str(secret) not in found.values()
    expected = {"APP_DATA": str(tmp_path), "BACKUP_PATH": "/backup", "TZ": "Europe/Berlin", "LANG": "C.UTF-8"}
    assert expected.items() <= found.items() and "ASSET_PATH" not in found


@pytest.mark.parametrize("program", ["raise SystemExit(3)", "import time; time.sleep(60)"])
def test_a_short_program_that_fails_or_takes_long_gives_no_answer(program):
    with pytest.raises(OSError, match="gave no answer"):
        output_of([sys.executable, "-c", program], {}, 0.3 if "sleep" in program else 20)


def test_what_a_short_program_prints_is_its_answer():
    assert output_of([sys.executable, "-c", "print(7)"], {}, 20) == "7\n"
