import subprocess
import sys
import time

import pytest

from app.core.execution.instance import FRESH_SECONDS, LiveScript


@pytest.fixture
def script(tmp_path):
    """A poster script that works in its data folder until the test ends."""
    path = tmp_path / "poster.py"
    path.write_text("import time; time.sleep(60)")
    process = subprocess.Popen([sys.executable, str(path)], cwd=tmp_path)
    yield process
    process.kill()
    process.wait()


def eventually(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def test_a_script_in_the_data_folder_is_seen(tmp_path, script):
    assert eventually(lambda: LiveScript(tmp_path, str(tmp_path / "poster.py")).is_alive())


def test_a_script_of_another_data_folder_is_not(tmp_path, script):
    other = tmp_path / "other"
    other.mkdir()
    assert not LiveScript(other, str(tmp_path / "poster.py")).is_alive()


def test_many_readers_share_one_look(tmp_path, script, monkeypatch):
    moments = [0.0]
    watch = LiveScript(tmp_path, str(tmp_path / "poster.py"), clock=lambda: moments[-1])
    assert eventually(lambda: LiveScript(tmp_path, watch.script).is_alive())
    assert watch.is_alive()
    script.kill()
    script.wait()
    assert watch.is_alive(), "the look of a moment ago still counts"
    moments.append(FRESH_SECONDS)
    assert not watch.is_alive()
