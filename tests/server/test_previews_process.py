"""The process that draws previews lives as long as the worker that started it."""

import os
import signal
import subprocess
import sys

import psutil
import pytest

from tests.driving import eventually
from tests.live_server import RunningServer
from tests.poster.program import make_environment

pytestmark = pytest.mark.slow

PROGRAM = "app.poster.previewing"


def drawing_processes(server) -> list[psutil.Process]:
    below = psutil.Process(server.process.pid).children(recursive=True)
    return [each for each in below if PROGRAM in each.cmdline()]


def ask(server):
    answer = server.post("/api/previews", json={"width": 100})
    assert answer.status_code == 200, answer.text
    return answer


def is_gone(process: psutil.Process) -> bool:
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def test_it_ends_with_a_killed_worker_with_the_server_and_is_started_once_at_most(tmp_path):
    with RunningServer(tmp_path / "data") as server:
        assert drawing_processes(server) == []
        ask(server)
        ask(server)
        [first] = drawing_processes(server)
        os.kill(first.ppid(), signal.SIGKILL)
        eventually(lambda: is_gone(first), seconds=20)
        eventually(lambda: server.get("/api").ok, seconds=20)
        ask(server)
        [second] = drawing_processes(server)
    assert is_gone(second)


@pytest.mark.parametrize(("sent", "code"), [(b"", 0), (b"no frame\n", 2)])
def test_the_program_ends_with_its_input_and_at_what_is_no_frame(tmp_path, sent, code):
    (tmp_path / "data").mkdir()
    command = [sys.executable, "-m", PROGRAM]
    environment = make_environment(tmp_path / "data")
    ended = subprocess.run(command, input=sent, env=environment, capture_output=True, timeout=60)
    assert (ended.returncode, ended.stdout) == (code, b"")
    assert (b"previews" in ended.stderr) == bool(code)


def test_an_order_that_is_none_is_refused_and_the_next_one_drawn(tmp_path):
    (tmp_path / "data").mkdir()
    frames = b'{"kind": "logo", "sizes": {}}\n{"kind": "poster", "width": 100, "sizes": {}}\n'
    command = [sys.executable, "-m", PROGRAM]
    environment = make_environment(tmp_path / "data")
    ended = subprocess.run(command, input=frames, env=environment, capture_output=True, timeout=60)
    refused, drawn = ended.stdout.split(b"\n", 2)[:2]
    assert b'"refused"' in refused and b"no kind of picture" in refused
    assert b'"drawn"' in drawn and ended.returncode == 0
