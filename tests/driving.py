"""Drives a dispatcher by hand, with real scripts, and looks at what came of it."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from app.background.dispatcher import Dispatcher
from app.core.processes import MARK, bearers, environment
from app.core.runs import claim_next, request_run, request_stop
from app.extensions import Machine
from app.models import Run, Status
from app.models.base import now

SCRIPTS = Path(__file__).parent / "scripts"
PAUSE = 0.02
PATIENCE = 40.0


def script(name: str) -> str:
    return str(SCRIPTS / f"{name}.py")


def queue(machine: Machine, mode: str = "normal", **overrides) -> int:
    with machine.database.writing() as session:
        return request_run(session, mode, **{"origin": "api", **overrides}).id


def row(machine: Machine, number: int) -> Run:
    with machine.database.reading() as session:
        return session.get(Run, number)


def rows(machine: Machine) -> list[Run]:
    with machine.database.reading() as session:
        return list(session.query(Run).order_by(Run.id))


def eventually(check, seconds: float = PATIENCE, pause: float = PAUSE):
    """Answer what the check answers as soon as that is true; a test fails when it never is."""
    deadline = time.monotonic() + seconds
    while not (answer := check()):
        assert time.monotonic() < deadline, f"never came true: {check}"
        time.sleep(pause)
    return answer


def tick_until(dispatcher: Dispatcher, check, seconds: float = PATIENCE):
    def once():
        dispatcher.guarded_tick()
        return check()

    return eventually(once, seconds)


def drive(dispatcher: Dispatcher, number: int, seconds: float = PATIENCE) -> Run:
    """Tick until the run has left the queue and the running state."""
    machine = dispatcher.machine
    live = (Status.QUEUED, Status.RUNNING)
    return tick_until(dispatcher, lambda: (run := row(machine, number)).status not in live and run, seconds)


def drive_to_launch(dispatcher: Dispatcher, number: int) -> Run:
    """Tick until the script of the run has noted its start and the row tells its process."""
    machine = dispatcher.machine
    known = len(starts(machine))
    tick_until(dispatcher, lambda: len(starts(machine)) > known and row(machine, number).pid)
    return row(machine, number)


def starts(machine: Machine) -> list[tuple[str, int, list[str]]]:
    """Every real start of a fake script: token, pid, arguments."""
    try:
        lines = (machine.paths.data / "starts.txt").read_text().splitlines()
    except FileNotFoundError:
        return []
    parts = (line.split(" ", 2) for line in lines)
    return [(token, int(pid), json.loads(arguments)) for token, pid, arguments in parts]


def started_twice(machine: Machine) -> list[str]:
    return [token for token, count in Counter(token for token, _, _ in starts(machine)).items() if count > 1]


def end_everything_in(data: Path) -> None:
    """Kill what the scripts of a test left behind, known by the data folder in its environment."""
    for process in psutil.process_iter():
        found = environment(process)
        if MARK in found and found.get("APP_DATA") == str(data):
            with suppress(psutil.NoSuchProcess):
                process.kill()


def survivors(machine: Machine, number: int) -> list[int]:
    """What is alive of the first attempt of a run."""
    return [process.pid for process in bearers(f"{number}-1@{machine.paths.data}")]


def ask_to_stop(machine: Machine, force: bool = False) -> None:
    with machine.database.writing() as session:
        request_stop(session, force)


def claim(machine: Machine) -> Run:
    with machine.database.writing() as session:
        return claim_next(session, now())


def leave(dispatcher: Dispatcher) -> None:
    """What a graceful end of the server does: the script goes on."""
    dispatcher.stop()


def finished(machine: Machine, mode: str = "normal", **overrides) -> Run:
    """Queue a run and drive it to its end."""
    number = queue(machine, mode, **overrides)
    return drive(Dispatcher(machine), number)


@contextmanager
def foreign_script(machine: Machine) -> Iterator[subprocess.Popen]:
    """A script that somebody else started in the data folder of this machine."""
    process = subprocess.Popen(
        [sys.executable, script("obedient")],
        env=os.environ | {"APP_DATA": str(machine.paths.data)},
        cwd=machine.paths.data,
        stdout=subprocess.DEVNULL,
    )
    try:
        eventually(machine.paths.running_file.exists)
        yield process
    finally:
        process.kill()
        process.wait()


def launched(machine: Machine) -> tuple[Dispatcher, int]:
    """A dispatcher that has launched one run, and the number of that run."""
    dispatcher, number = Dispatcher(machine), queue(machine)
    drive_to_launch(dispatcher, number)
    return dispatcher, number
