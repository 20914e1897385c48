"""Real schedulers and workers on loopback."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.cluster import WITHOUT_MEASURING
from tests.live_server import free_port
from tests.poster.program import ROOT

LOOPBACK = "127.0.0.1"
SECONDS_TO_START = 60


class Cluster:
    """A scheduler and its workers, each a process without a nanny, so that one that is killed stays dead."""

    def __init__(self, folder: Path, scheme: str = "tcp", **variables: str):
        self._folder = folder
        # As `posterizarr worker` starts them.
        self._variables = WITHOUT_MEASURING | variables
        self._logs: dict[int, Path] = {}
        self.workers: list[subprocess.Popen] = []
        port = str(free_port())
        self.address = f"{scheme}://{LOOPBACK}:{port}"
        self.scheduler = self._start("scheduler", ROOT, "--protocol", scheme, "--port", port)
        self.wait_for(self.scheduler, "Scheduler at")

    def add_worker(self, code: Path = ROOT, threads: int = 1) -> subprocess.Popen:
        """A worker that has registered, with the app below `code`."""
        scratch = ("--local-directory", str(self._folder))
        options = ("--nthreads", str(threads), "--no-nanny", *scratch)
        worker = self._start("worker", code, self.address, *options)
        self.workers.append(worker)
        self.wait_for(worker, "Registered to")
        return worker

    def wait_for(self, process: subprocess.Popen, text: str) -> None:
        """Until the process's log has the text."""
        log, deadline = self._logs[process.pid], time.monotonic() + SECONDS_TO_START
        while text not in log.read_text():
            assert time.monotonic() < deadline and process.poll() is None, log.read_text()
            time.sleep(0.05)

    def log(self, process: subprocess.Popen) -> str:
        return self._logs[process.pid].read_text()

    def close(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def _start(self, program: str, code: Path, *arguments: str) -> subprocess.Popen:
        command = [sys.executable, "-m", f"distributed.cli.dask_{program}", *arguments, "--host", LOOPBACK]
        command += ["--no-dashboard", "--dashboard-address", f"{LOOPBACK}:0"]
        environment = os.environ | self._variables | {"PYTHONPATH": str(code)}
        place = self._folder / f"{program}-{len(self._logs)}.log"
        with place.open("wb") as log:
            process = subprocess.Popen(command, cwd=self._folder, env=environment, stdout=log, stderr=log)
        self._logs[process.pid] = place
        return process


@contextmanager
def running_cluster(folder: Path, workers: int = 0, **options: str) -> Iterator[Cluster]:
    folder.mkdir(exist_ok=True)
    cluster = Cluster(folder, **options)
    try:
        for _ in range(workers):
            cluster.add_worker()
        yield cluster
    finally:
        cluster.close()


def copy_code(
    folder: Path, has_fonts: bool = True, changes: dict[str, tuple[str, str]] | None = None
) -> Path:
    """A copy of the app; `changes` maps a file to what stands there and what replaces it."""
    shutil.copytree(ROOT / "app", folder / "app", ignore=shutil.ignore_patterns("fonts", "static", "*.pyc"))
    fonts = folder / "app" / "poster" / "fonts"
    if has_fonts:
        fonts.symlink_to(ROOT / "app" / "poster" / "fonts")
    else:
        fonts.mkdir()
    for name, (old, new) in (changes or {}).items():
        text = (folder / "app" / name).read_text()
        assert old in text
        (folder / "app" / name).write_text(text.replace(old, new))
    return folder
