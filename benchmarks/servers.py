"""Real gunicorn processes, ours and the bare one, under the same settings."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
KEY = "benchmark-key-with-every-scope"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def on_core(core: int) -> list[str]:
    """Keep server and load apart, where the machine has two cores."""
    return ["taskset", "-c", str(core)] if shutil.which("taskset") and (os.cpu_count() or 1) > 1 else []


@contextmanager
def serving(
    arguments: list[str], port: int, environment: dict[str, str], is_on_one: bool = True
) -> Iterator[subprocess.Popen]:
    command = [
        *(on_core(0) if is_on_one else ()),
        sys.executable,
        "-m",
        "gunicorn",
        *arguments,
        "-b",
        f"127.0.0.1:{port}",
    ]
    server = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, server)
        yield server
    finally:
        server.terminate()
        server.wait(30)


def wait_for(port: int, server: subprocess.Popen, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/api?api_key={KEY}", timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"no server on port {port}")


@contextmanager
def bare_server(file: Path | None = None) -> Iterator[int]:
    """The port of the bare application, which sends the file at /file."""
    port = free_port()
    with TemporaryDirectory() as folder:
        environment = {"APP_DATA": folder, "WEB_CONCURRENCY": "1", "BARE_FILE": str(file or "")}
        with serving(["-c", "python:benchmarks.bare_settings", "benchmarks.bare:app"], port, environment):
            yield port


@contextmanager
def our_server(data: Path, is_on_one: bool = True, **settings: str) -> Iterator[tuple[int, subprocess.Popen]]:
    """(port, process); on one core, or on all."""
    port = free_port()
    environment = {
        "APP_DATA": str(data),
        "APP_API_KEY": KEY,
        "APP_PORT": str(port),
        "UPDATE_CHECK": "false",
        "DEMO": "off",
        "WEB_CONCURRENCY": "1",
        **settings,
    }
    with serving(["-c", "gunicorn.conf.py", "wsgi:app"], port, environment, is_on_one) as server:
        yield port, server
