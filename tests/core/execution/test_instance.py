import os
import subprocess
import sys

import pytest

from app.core.errors import Conflict
from app.core.execution.instance import other_scripts, remove_on_request, remove_stale, unlink_same
from tests.driving import eventually


@pytest.fixture
def script(tmp_path):
    path = tmp_path / "poster.py"
    path.write_text("import time; time.sleep(60)")
    return str(path)


@pytest.fixture
def alive(machine, script):
    process = subprocess.Popen([sys.executable, script], cwd=machine.paths.data)
    machine.paths.running_file.touch()
    eventually(lambda: other_scripts(machine.paths, script))
    yield process
    process.kill()
    process.wait()


def test_a_running_file_stays_while_its_script_lives(machine, script, alive):
    assert not remove_stale(machine.paths, script)
    with pytest.raises(Conflict, match="stop it"):
        remove_on_request(machine.paths, script)
    alive.kill()
    alive.wait()
    assert remove_on_request(machine.paths, script) and not machine.paths.running_file.exists()


def test_nothing_is_there_to_remove(machine, script):
    assert not remove_stale(machine.paths, script) and not remove_on_request(machine.paths, script)


def test_without_a_running_file_no_script_is_looked_for(machine, script, alive):
    machine.paths.running_file.unlink()
    assert other_scripts(machine.paths, script) == []


def test_a_file_that_took_the_place_of_the_stale_one_stays(tmp_path):
    path = tmp_path / "x"
    path.write_text("new")
    assert not unlink_same(path, (1, 2, 3)) and path.exists()
    facts = os.stat(path)  # noqa: PTH116
    assert unlink_same(path, (facts.st_ino, facts.st_size, facts.st_mtime_ns)) and not path.exists()
