"""Servers over fake scripts that leave no process behind, and small disks that leave no mount."""

import pytest

from tests.driving import end_everything_in
from tests.faults.driving import OBEDIENT
from tests.server import RunningServer


@pytest.fixture
def server_on():
    """Starts servers over a data folder, the poster script an obedient fake; ends them and their scripts."""
    made = []

    def start(data, **settings):
        server = RunningServer(data, **{"POSTER_SCRIPT": OBEDIENT, "LOG_LEVEL": "WARNING"} | settings)
        made.append((server, data))
        server.start()
        server.wait_until_up()
        return server

    yield start
    for server, data in made:
        server.stop()
        end_everything_in(data)
