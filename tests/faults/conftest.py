"""Servers over fake scripts that leave no process behind, and small disks that leave no mount."""

import os
import subprocess
from contextlib import contextmanager, suppress

import pytest

from tests.driving import end_everything_in
from tests.faults.driving import OBEDIENT
from tests.live_server import GUNICORN, RunningServer

# A root that minds the permissions of files, as any other user does.
MINDING = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")


@contextmanager
def started_servers():
    """Gives a call that starts servers over a data folder, the poster script an obedient fake.

    Ends them and their scripts.
    """
    made = []

    def start(data, **settings):
        server = RunningServer(data, **{"POSTER_SCRIPT": OBEDIENT, "LOG_LEVEL": "WARNING"} | settings)
        made.append((server, data))
        server.start()
        server.wait_until_up()
        return server

    try:
        yield start
    finally:
        for server, data in made:
            server.stop()
            end_everything_in(data)


@pytest.fixture
def server_on():
    with started_servers() as start:
        yield start


@pytest.fixture
def command():
    """How to start a server that permissions can stop."""
    if os.geteuid():
        return GUNICORN
    if subprocess.run([*MINDING, "true"], capture_output=True).returncode:
        pytest.skip("root cannot give up its power over permissions here: setpriv is missing or refused")
    return (*MINDING, *GUNICORN)


@pytest.fixture
def small_disk(data):
    """A disk of 16 MB at the data folder; taken away again, whatever still holds it."""
    data.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(data)], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here: {mounted.stderr.strip()}")
    yield Disk(data)
    subprocess.run(["umount", "--lazy", str(data)], check=True)


class Disk:
    def __init__(self, folder):
        self.folder = folder
        self.filler = folder / "filler"

    def fill(self) -> None:
        with self.filler.open("ab", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(64 * 1024))
        with self.filler.open("ab", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"x")

    def empty(self) -> None:
        self.filler.unlink()

    def make(self, state: str) -> None:
        """Mount it anew, "ro" or "rw"."""
        subprocess.run(["mount", "-o", f"remount,{state}", str(self.folder)], check=True)
