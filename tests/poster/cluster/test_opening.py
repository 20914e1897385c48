"""A run without a usable cluster draws itself, and says so once."""

import socket
import subprocess
import sys
from contextlib import closing
from threading import Thread

import pytest

from app.poster.applying.draw_order import DrawOrder
from app.poster.applying.draw_pool import DrawPool
from app.poster.applying.pools import open_pool
from app.poster.cluster import opening
from app.poster.records.candidate import Typography
from tests.live_server import free_port
from tests.poster.cluster.clusters import LOOPBACK, running_cluster
from tests.poster.pictures import make_design
from tests.poster.program import ROOT

ORDER = DrawOrder(Typography("Nosferatu", "1922"), make_design())


@pytest.fixture
def notes():
    return []


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    monkeypatch.setattr(opening, "LONGEST_CONNECT", 1.0)


@pytest.fixture
def stranger():
    """A program that answers every connection with the beginning of an HTTP response; its address."""
    with socket.create_server((LOOPBACK, 0)) as server:

        def serve():
            while True:
                try:
                    caller, _ = server.accept()
                except OSError:
                    return
                callers.append(caller)
                caller.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")

        callers: list[socket.socket] = []
        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield f"tcp://{LOOPBACK}:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
        for caller in callers:
            caller.close()


def require_local(pool, notes, words):
    with closing(pool):
        assert isinstance(pool, DrawPool) and pool.draw(ORDER).jpeg
    (note,) = notes
    assert words in note and note.endswith("this machine draws all pictures itself")


def test_a_scheduler_that_is_not_there_is_said_once(notes):
    address = f"tcp://{LOOPBACK}:{free_port()}"
    require_local(open_pool(address, notes.append), notes, address)


def test_another_program_at_the_port_is_no_scheduler(stranger, notes):
    require_local(open_pool(stranger, notes.append), notes, "does not answer as a scheduler")


def test_without_the_package_the_note_says_what_to_install(notes, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    for name in [name for name in sys.modules if name.startswith("app.poster.cluster.")]:
        monkeypatch.delitem(sys.modules, name)
    require_local(open_pool("tcp://scheduler:8786", notes.append), notes, "posterizarr-server[cluster]")


def test_nothing_of_dask_is_loaded_without_a_cluster():
    code = (
        "import sys; import app.poster.__main__; from app.poster.applying.pools import open_pool; "
        "open_pool('', print).close(); print({'dask', 'distributed', 'tornado'} & set(sys.modules))"
    )
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert answer.stdout == "set()\n", answer.stderr


@pytest.mark.slow
def test_a_scheduler_without_workers_is_said_and_this_machine_draws(tmp_path, notes):
    with running_cluster(tmp_path) as cluster, closing(open_pool(cluster.address, notes.append)) as pool:
        assert pool.draw(ORDER).jpeg
    assert [note for note in notes if "has no worker for us" in note] == notes and len(notes) == 1
