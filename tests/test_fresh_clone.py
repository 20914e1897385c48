"""What a newcomer does: clone, `make run`, Ctrl-C, and again."""

import os
import shutil
import signal
import subprocess

import pytest

from tests.live_server import ROOT, RunningServer

INSTALL_SECONDS = 300

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(400),
    pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this is no clone of a repository"),
    pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed"),
]


@pytest.fixture
def clone(tmp_path):
    folder = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", "--no-local", ROOT, folder], check=True)
    return folder


class MakeRun(RunningServer):
    """`make run` with data where it goes by default; pip is told where packages are as the shell tells it."""

    def __init__(self, clone, **settings):
        super().__init__(clone, command=("make", "run"), folder=clone, **settings)
        del self.environment["APP_DATA"]
        self.environment |= {name: value for name, value in os.environ.items() if name.startswith("PIP_")}


def test_a_fresh_clone_runs_with_one_command_and_again_in_three_seconds(clone):
    first = MakeRun(clone)
    first.start()
    first.wait_until_up(INSTALL_SECONDS)
    first.stop(signal.SIGINT)
    assert "shown once" in first.output
    assert "Shutting down: Master" in first.output and "Traceback" not in first.output

    second = MakeRun(clone, PIP_NO_INDEX="1")
    second.start()
    assert second.wait_until_up() < 3
    second.stop(signal.SIGINT)
    assert "Shutting down: Master" in second.output and "shown once" not in second.output

    assert (clone / "data" / "database" / "posterizarr.db").is_file()
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=clone, capture_output=True, text=True, check=True
    )
    assert status.stdout == ""
