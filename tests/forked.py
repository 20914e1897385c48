"""Programs as processes that cost no start: a helper has loaded one and forks for each run.

`Forge` is what tests use. A module that is run as a helper calls `serve`.
"""

import gc
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
LONGEST = 300
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
    """One run of the program; what it wrote is known when it has ended."""

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
    """Starts runs of a helper's program one after the other, with a umask; used as a context."""

    def __init__(self, module: str, *words: str):
        self.umask = 0o022
        self._helper = subprocess.Popen(
            [sys.executable, "-m", module, *words],
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

    def start(self, folder: Path, *arguments: str, environment: Mapping[str, str], fault: str = "") -> Run:
        """A run that has begun in the folder; what a `fault` is, the helper decides."""
        order = {
            "folder": str(folder),
            "arguments": arguments,
            "fault": fault,
            "umask": self.umask,
            "environment": dict(environment),
        }
        self._helper.stdin.write(json.dumps(order).encode() + b"\n")
        return Run(self._answers, self._answers.next(LONGEST)["pid"])

    def run(
        self, folder: Path, *arguments: str, environment: Mapping[str, str], fault: str = "", limit=LONGEST
    ) -> Run:
        """A run to its end; killed after `limit` seconds, with TimeoutError."""
        started = self.start(folder, *arguments, environment=environment, fault=fault)
        try:
            started.wait(limit)
        finally:
            started.kill()
        return started


# From here on: what happens in the helper and in the runs


def serve(program: Callable[[], object], begin_fault: Callable[[str], None] | None = None) -> None:
    """Fork a run for each line of stdin; its number is answered at once, how it ended when it has."""
    gc.freeze()  # The collections of a run do not copy what is loaded here.
    for line in sys.stdin:
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
            pid = os.fork()
            if pid == 0:
                order = json.loads(line)
                become(order, output.fileno(), errors.fileno())
                if order["fault"]:
                    begin_fault(order["fault"])
                end_with(program)
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
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, descriptor in ((0, nothing), (1, output), (2, errors)):
        os.dup2(descriptor, number)
    os.umask(order["umask"])
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    time.tzset()
    sys.argv = [sys.argv[0], *order["arguments"]]


def end_with(program: Callable[[], object]) -> None:
    """Call the program and end as it does, without the cost of taking its modules apart."""
    code = 1
    try:
        code = program() or 0
    except SystemExit as exit_:
        code = exit_.code if isinstance(exit_.code, int) else int(exit_.code is not None)
        if isinstance(exit_.code, str):
            sys.stderr.write(f"{exit_.code}\n")
    except BaseException:
        sys.excepthook(*sys.exc_info())
    threading._shutdown()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)
