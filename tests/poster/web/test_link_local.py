import subprocess
import sys

import pytest

from app.poster.web.link_local import refuse_connection
from tests.poster.program import make_environment

CONNECTING = """
import socket, sys
from app.poster.__main__ import main
sys.argv = ["app.poster", "-Help"]
main()
socket.create_connection(("169.254.169.254", 80), 1)
"""


@pytest.mark.parametrize(
    "target",
    [
        *(("169.254.169.254", 80), ("169.254.170.2", 80), ("::ffff:169.254.169.254", 80, 0, 0)),
        *(("fe80::1%1", 80, 0, 1), ("fd00:ec2::254", 80, 0, 0)),
    ],
)
def test_no_socket_is_connected_where_metadata_of_a_cloud_is_served(target):
    with pytest.raises(PermissionError, match="link-local"):
        refuse_connection("socket.connect", (None, target))


@pytest.mark.parametrize(
    "target", [("127.0.0.1", 80), ("192.168.1.2", 32400), ("fd00::1", 80, 0, 0), ("name", 80), "/run/x.sock"]
)
def test_servers_of_the_users_own_network_stay_within_reach(target):
    refuse_connection("socket.connect", (None, target))
    refuse_connection("open", (("169.254.169.254", 80), "r"))


def test_the_whole_program_is_kept_away_from_there(tmp_path):
    command = [sys.executable, "-c", CONNECTING]
    ended = subprocess.run(
        command, env=make_environment(tmp_path), capture_output=True, text=True, timeout=60
    )
    assert "PermissionError" in ended.stderr and "link-local" in ended.stderr
