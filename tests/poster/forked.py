"""The poster script as a process that costs no start: a helper has loaded it and forks for each run.

A run draws in its own threads, so that a kill ends all of it at once. `fault` names a function of
tests/poster/faults/refusals.py that makes the system refuse something in that run.
"""

import atexit
import gc
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST = 300
SMALLER = 10
BETWEEN_LOOKS = 0.08


class Answers:
    """The lines of JSON that a helper writes."""

    def __init__(self, descriptor: int):
        self._descriptor = descriptor
        self._read = b""

    def next(self, limit: float) -> dict:
        """The next one; TimeoutError after so many seconds."""
        until = time.monotonic() + limit
        while b"\n" not in self._read:
            if not select.select([self._descriptor], [], [], max(0, until - time.monotonic()))[0]:
                raise TimeoutError
            part = os.read(self._descriptor, 65536)
            assert part, "the helper ended"
            self._read += part
        line, _, self._read = self._read.partition(b"\n")
        return json.loads(line)


@dataclass
class Run:
    """One run of the script; what it wrote is known when it has ended."""

    answers: Answers
    pid: int
    code: int | None = None
    output: str = ""
    errors: str = ""

    def wait(self, limit: float = LONGEST) -> int:
        """The exit code, -9 for a run that was killed; TimeoutError after `limit` seconds."""
        if self.code is None:
            told = self.answers.next(limit)
            self.code, self.output, self.errors = told["code"], told["output"], told["errors"]
        return self.code

    @property
    def is_alive(self) -> bool:
        """Whether it still runs; one that has ended is not waited for."""
        with suppress(FileNotFoundError):
            facts = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
            return facts[0] not in "ZX"
        return False

    def kill(self) -> None:
        """End it at once where it has not ended."""
        if self.code is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self.wait()

    def kill_when(self, is_time: Callable[[], bool], delay: float) -> None:
        """Kill it so many seconds after it is time."""
        while self.is_alive and not is_time():
            time.sleep(BETWEEN_LOOKS)
        time.sleep(delay)
        self.kill()

    @property
    def text(self) -> str:
        return self.output + self.errors


class Forge:
    """Starts runs one after the other, with a umask; used as a context.

    `is_small` has them draw small pictures without text, which costs next to nothing.
    """

    def __init__(self, is_small: bool = False):
        self.umask = 0o022
        self._helper = subprocess.Popen(
            [sys.executable, "-m", __name__, "small" if is_small else "whole"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
        )
        self._answers = Answers(self._helper.stdout.fileno())

    def __enter__(self) -> "Forge":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        self._helper.stdin.close()
        self._helper.wait(LONGEST)
        self._helper.stdout.close()

    def start(self, data: Path, *arguments: str, environment: Mapping[str, str], fault: str = "") -> Run:
        data.mkdir(parents=True, exist_ok=True)
        order = {
            "data": str(data),
            "arguments": arguments,
            "fault": fault,
            "umask": self.umask,
            "environment": dict(environment),
        }
        self._helper.stdin.write(json.dumps(order).encode() + b"\n")
        return Run(self._answers, self._answers.next(LONGEST)["pid"])

    def run(self, data: Path, *arguments: str, environment: Mapping[str, str], fault: str = "") -> Run:
        """A run to its end."""
        started = self.start(data, *arguments, environment=environment, fault=fault)
        started.wait()
        return started


@cache
def shared_forge() -> Forge:
    """The one for all tests of this process; it ends with the process."""
    forge = Forge()
    atexit.register(forge.close)
    return forge


# From here on: what happens in the helper and in the runs


class Draughtsman:
    """Draws in the thread that asks for it."""

    callers = 5

    def __init__(self, processes: int):
        """Takes what a pool of processes takes."""

    def draw(self, order):
        from app.poster.applying.draw_order import draw_order

        return draw_order(order)

    def close(self) -> None:
        """Nothing is held open."""


class SmallDraughtsman(Draughtsman):
    def draw(self, order):
        width, height = order.design.size
        size = (width // SMALLER, height // SMALLER)
        design = replace(order.design, size=size, letterings=(), overlay=None, border_width=0)
        return super().draw(replace(order, design=design))


def serve(kind: type[Draughtsman]) -> None:
    """Fork a run for each line of stdin; its number is answered at once, how it ended when it has."""
    import app.poster.__main__
    import app.poster.applying.pools
    import app.poster.preflight.preflight
    import tests.poster.faults.refusals  # noqa: F401, loaded before the fork

    app.poster.applying.pools.DrawPool = app.poster.preflight.preflight.DrawPool = kind
    gc.freeze()  # The collections of a run do not copy what is loaded here.
    for line in sys.stdin:
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
            pid = os.fork()
            if pid == 0:
                become(json.loads(line), output.fileno(), errors.fileno())
                leave(app.poster.__main__.main())
            answer(pid=pid)
            _, status = os.waitpid(pid, 0)
            answer(code=os.waitstatus_to_exitcode(status), output=text_of(output), errors=text_of(errors))


def text_of(file) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")


def answer(**facts: int | str) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def become(order: dict, output: int, errors: int) -> None:
    """Give the process the surroundings of a run."""
    from tests.poster.faults import refusals

    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, descriptor in ((0, nothing), (1, output), (2, errors)):
        os.dup2(descriptor, number)
    os.umask(order["umask"])
    os.chdir(order["data"])
    os.environ.clear()
    os.environ.update(order["environment"])
    time.tzset()
    sys.argv = ["app.poster", *order["arguments"]]
    if order["fault"]:
        getattr(refusals, order["fault"])()


def leave(code: int) -> None:
    """End as the script does, without the cost of taking its modules apart."""
    import app.poster.__main__

    with suppress(SystemExit):
        app.poster.__main__.end(code)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    serve(SmallDraughtsman if sys.argv[1] == "small" else Draughtsman)
