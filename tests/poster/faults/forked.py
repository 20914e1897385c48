"""The poster script as a process that costs no start: a helper has loaded it and forks for each run.

`Forge` starts the helper; a run draws in its own threads, so that a kill ends all of it at once. `fault`
names a function of this module that makes the system refuse something in that run.
"""

import errno
import gc
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from tests.poster.program import ROOT, make_environment

LONGEST = 300
SMALLER = 10
BETWEEN_LOOKS = 0.08


@dataclass
class Run:
    """One run of the script; `output` is what it has written."""

    helper: subprocess.Popen
    pid: int
    output: Path
    code: int | None = None

    def wait(self) -> int:
        """The exit code, -9 for a run that was killed."""
        if self.code is None:
            self.code = json.loads(self.helper.stdout.readline())["code"]
        return self.code

    @property
    def is_alive(self) -> bool:
        """Whether it still runs; one that has ended is not waited for."""
        with suppress(FileNotFoundError):
            facts = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
            return facts[0] not in "ZX"
        return False

    def kill(self) -> None:
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
        return self.output.read_text("utf-8")


class Forge:
    """Starts runs one after the other, with a umask; used as a context."""

    def __init__(self, folder: Path):
        self._output = folder / "output.txt"
        self.umask = 0o022
        self._helper = subprocess.Popen(
            [sys.executable, "-m", __name__],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> "Forge":
        return self

    def __exit__(self, *error: object) -> None:
        self._helper.communicate(timeout=LONGEST)

    def start(self, data: Path, *arguments: str, fault: str = "", **variables: str) -> Run:
        data.mkdir(parents=True, exist_ok=True)
        order = {
            "data": str(data),
            "arguments": arguments,
            "fault": fault,
            "umask": self.umask,
            "environment": make_environment(data, **variables),
            "output": str(self._output),
        }
        self._helper.stdin.write(json.dumps(order) + "\n")
        self._helper.stdin.flush()
        return Run(self._helper, json.loads(self._helper.stdout.readline())["pid"], self._output)

    def run(self, data: Path, *arguments: str, fault: str = "", **variables: str) -> Run:
        """A run to its end."""
        started = self.start(data, *arguments, fault=fault, **variables)
        started.wait()
        return started


# From here on: what happens in the helper and in the runs


def serve() -> None:
    """Fork a run for each line of stdin; its number is answered at once, its exit code when it has ended."""
    import app.poster.__main__
    import app.poster.pipeline.engine
    from app.poster.applying.draw_order import DrawOrder, draw_order
    from app.poster.drawing.design import Drawing

    class Draughtsman:
        """Draws where it is asked to, small and without text, which costs next to nothing."""

        callers = 5

        def __init__(self, *arguments: object, **options: object):
            pass

        def draw(self, order: DrawOrder) -> Drawing:
            width, height = order.design.size
            size = (width // SMALLER, height // SMALLER)
            design = replace(order.design, size=size, letterings=(), overlay=None, border_width=0)
            return draw_order(replace(order, design=design))

        def close(self) -> None:
            pass

    app.poster.pipeline.engine.open_pool = Draughtsman
    gc.freeze()  # The collections of a run do not copy what is loaded here.
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            become(json.loads(line))
            leave(app.poster.__main__.main())
        answer(pid=pid)
        _, status = os.waitpid(pid, 0)
        answer(code=os.waitstatus_to_exitcode(status))


def leave(code: int) -> None:
    """End as the script does, without the cost of taking its modules apart."""
    import app.poster.__main__

    with suppress(SystemExit):
        app.poster.__main__.end(code)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def answer(**facts: int) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def become(order: dict) -> None:
    """Give the process the surroundings of a run."""
    output = os.open(order["output"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for number, descriptor in ((0, nothing), (1, output), (2, output)):
        os.dup2(descriptor, number)
    os.umask(order["umask"])
    os.chdir(order["data"])
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = ["app.poster", *order["arguments"]]
    if order["fault"]:
        globals()[order["fault"]]()


def knows_no_sync_and_no_rights() -> None:
    """A network disk: it cannot sync, and nobody may change rights, owners, times or make links."""
    refuse(errno.EINVAL, "fsync", "fdatasync")
    refuse(errno.EPERM, "chmod", "fchmod", "chown", "fchown", "utime", "link", "symlink")


def loses_bytes_of_pictures() -> None:
    """The disk cannot be relied on for the bytes of new pictures, while everything else is written."""
    lose_pictures(errno.EIO)


def has_no_room_for_pictures() -> None:
    lose_pictures(errno.ENOSPC)


def refuse(number: int, *names: str) -> None:
    def refused(*arguments: object, **options: object) -> None:
        raise OSError(number, os.strerror(number))

    for name in names:
        setattr(os, name, refused)


def lose_pictures(number: int) -> None:
    really = os.fsync

    def fsync(descriptor: int) -> None:
        if str(Path(f"/proc/self/fd/{descriptor}").readlink()).endswith(".jpg.part"):
            raise OSError(number, os.strerror(number))
        really(descriptor)

    os.fsync = fsync


if __name__ == "__main__":
    serve()
