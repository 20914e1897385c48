"""Memory and processor time of processes."""

import subprocess
import sys

import pytest

from app.core.process_load import LoadReader, family, server_root
from tests.driving import eventually

BUSY = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'while True: pass'])"


@pytest.fixture
def busy():
    process = subprocess.Popen([sys.executable, "-c", BUSY])
    yield process
    for one in family(process.pid, ()):
        one.kill()
    process.wait()


def test_a_process_is_measured_with_what_it_has_started(busy):
    reader = LoadReader()
    eventually(lambda: reader.read(busy.pid).processes == 2)
    load = eventually(lambda: found if (found := reader.read(busy.pid)).percent > 5 else None)
    assert load.memory > 1_000_000
    assert reader.read(busy.pid, without=[busy.pid]) is None


def test_a_process_that_has_ended_has_no_load():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    assert LoadReader().read(process.pid) is None


def test_a_server_is_found_by_the_program_of_its_parent():
    assert LoadReader().read(server_root()).processes >= 1
