"""A real server: gunicorn in processes of its own, over a data folder, spoken to through HTTP."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[1]
KEY = "key-of-the-server-under-test"
GUNICORN = (sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app")
POSTERIZARR = (sys.executable, "-c", "from app.cli import main; main()")
START_SECONDS = 30
STOP_SECONDS = 20


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def server_environment(data: Path, **settings) -> dict[str, str]:
    """What the server of a test is told: nothing of the shell that runs the tests but the way to programs."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    defaults = {"APP_DATA": data, "APP_HOST": "127.0.0.1", "UPDATE_CHECK": "false", "APP_API_KEY": KEY}
    defaults["DEMO"] = "off"
    return kept | {name: str(value) for name, value in {**defaults, **settings}.items()}


class RunningServer:
    """Starts on entering the block and is stopped on leaving it."""

    def __init__(self, data: Path, command=GUNICORN, folder: Path = ROOT, **settings):
        self.port = int(settings.setdefault("APP_PORT", free_port()))
        self.base = settings.get("APP_BASE_PATH", "")
        self.environment = server_environment(data, **settings)
        self.command = command
        self.folder = folder
        self.output_file = data.parent / f"server-{self.port}.log"
        self.process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.base}"

    @property
    def output(self) -> str:
        return self.output_file.read_text(errors="replace")

    def line_with(self, text: str, seconds: float = 10) -> str:
        """Answer the newest line of the output that holds the text; a request is logged after its answer."""
        end = time.monotonic() + seconds
        while not (found := [line for line in self.output.splitlines() if text in line]):
            assert time.monotonic() < end, f"Nothing was said of {text}:\n{self.output}"
            time.sleep(0.02)
        return found[-1]

    def __enter__(self):
        self.start()
        self.wait_until_up()
        return self

    def __exit__(self, *error):
        self.stop()

    def start(self) -> None:
        with self.output_file.open("ab") as output:
            self.process = subprocess.Popen(
                self.command,
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_up(self, seconds: float = START_SECONDS) -> float:
        """Answer the seconds until the health probe answered."""
        begun = time.monotonic()
        while time.monotonic() < begun + seconds:
            if self.process.poll() is not None:
                raise AssertionError(f"The server ended with {self.process.returncode}:\n{self.output}")
            if self.answers():
                return time.monotonic() - begun
            time.sleep(0.02)
        raise AssertionError(f"The server did not come up:\n{self.output}")

    def answers(self) -> bool:
        try:
            return requests.get(f"{self.address}/ping", timeout=2).ok
        except (requests.ConnectionError, requests.Timeout):
            return False

    def get(self, path: str, **options) -> requests.Response:
        return self.ask("GET", path, **options)

    def post(self, path: str, **options) -> requests.Response:
        return self.ask("POST", path, **options)

    def ask(self, method: str, path: str, **options) -> requests.Response:
        options = {"headers": {"X-API-Key": KEY}, "timeout": 30} | options
        return requests.request(method, self.address + path, **options)

    def stop(self, number: int = signal.SIGINT) -> int:
        """Ask for the end as Ctrl-C does, and answer the exit code; what does not end is killed."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)
        try:
            return self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            raise

    def run_to_its_end(self) -> int:
        """For a server that cannot start."""
        self.start()
        try:
            return self.process.wait(START_SECONDS)
        finally:
            self.stop()
