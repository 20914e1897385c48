"""gunicorn as the project starts it: first start, second start, Ctrl-C, and starts that cannot succeed."""

import errno
import re
import signal
import socket
import sqlite3
import subprocess
import threading
from contextlib import closing

import pytest
import requests

from app.config import load_settings
from app.server.serving import access_log, advised, bind_address, browser_address, trouble_with
from tests.live_server import GUNICORN, KEY, POSTERIZARR, RunningServer, free_port

# Each starts a server of its own.
pytestmark = pytest.mark.slow

SERVE = (*POSTERIZARR, "serve")


def shown(label, output):
    found = re.search(rf"\|  {label} +(\S+) +\|", output)
    return found and found[1]


def lines(output):
    return [line for line in output.splitlines() if line.startswith("posterizarr: ")]


def test_the_first_start_shows_credentials_that_work(data):
    with RunningServer(data, APP_API_KEY="") as server:
        password, key = shown("password", server.output), shown("API key", server.output)
        assert server.get("/api", headers={"X-API-Key": key}).status_code == 200
        assert server.get("/api", headers={}, auth=("admin", password)).status_code == 200
        assert server.get("/api", headers={}, auth=("admin", key[:-1])).status_code == 401


def test_the_credentials_of_the_first_start_are_kept_nowhere(data):
    with RunningServer(data) as server:
        secrets = [shown("password", server.output), shown("API key", server.output)]
    files = [file for file in data.rglob("*") if file.is_file()]
    assert len(files) > 5
    assert not [file for file in files for secret in secrets if secret.encode() in file.read_bytes()]


def test_the_second_start_shows_no_credentials(data):
    with RunningServer(data):
        pass
    with RunningServer(data) as second:
        pass
    assert "shown once" not in second.output


def test_the_address_is_told_with_its_base_path(data):
    with RunningServer(data, APP_BASE_PATH="/posters") as server:
        assert f"answers at http://127.0.0.1:{server.port}/posters/\n" in server.output
        assert server.get("/api").json()["status"] == "running"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_server_stops_cleanly(data, number):
    with RunningServer(data, WEB_CONCURRENCY=2) as server:
        assert server.stop(number) == 0
    assert "Traceback" not in server.output


def test_the_command_serves_as_well(data):
    with RunningServer(data, command=SERVE) as server:
        assert server.get("/api").json()["status"] == "running"
        assert server.stop() == 0
    assert "Traceback" not in server.output


def test_requests_are_logged_with_their_key_hidden(data):
    with RunningServer(data) as server:
        server.get(f"/api/status?api_key={KEY}", headers={})
    assert "GET /api/status?api_key=" in server.output
    assert KEY not in server.output


def test_figures_are_right_across_workers(data):
    with RunningServer(data, WEB_CONCURRENCY=2) as server:
        for _ in range(40):
            # A connection each, so that both workers get some.
            server.get("/api", headers={"X-API-Key": KEY, "Connection": "close"})
        figures = server.get("/metrics").text
    assert re.search(r'posterizarr_request_seconds_count\{[^}]*route="/api"[^}]*\} 40\.0', figures)


def test_figures_begin_anew_with_the_server(data):
    for _ in range(2):
        with RunningServer(data) as server:
            server.get("/api")
            figures = server.get("/metrics").text
        assert re.search(r'posterizarr_request_seconds_count\{[^}]*route="/api"[^}]*\} 1\.0', figures)


def test_a_second_server_on_the_same_data_folder_counts_for_itself_and_deletes_nothing(data):
    with RunningServer(data) as first:
        first.get("/api")
        (kept,) = (data / "runs" / "metrics").iterdir()
        with RunningServer(data) as second:
            assert counted(second) == "0" and counted(first) == "1.0"
        first.get("/api")
        assert counted(first) == "2.0"
    (data / "runs" / "metrics" / "histogram_7.db").touch()  # of a version that had no folders
    with RunningServer(data):
        (now,) = (data / "runs" / "metrics").iterdir()
    assert now != kept


def counted(server):
    """How many requests for one route the server has counted."""
    figures = server.get("/metrics").text
    found = re.search(r'posterizarr_request_seconds_count\{[^}]*route="/api"[^}]*\} (\S+)', figures)
    return found[1] if found else "0"


@pytest.mark.parametrize(
    ("name", "value"),
    [("APP_PORT", "banana"), ("TZ", "Mars/Olympus"), ("DATABASE_URL", "mysql://u:sekret@h/d")],
)
@pytest.mark.parametrize("command", [None, SERVE])
def test_a_bad_setting_stops_the_start_with_one_line(data, tmp_path, name, value, command):
    settings = {"APP_PORT": "1", name: "8000" if name == "APP_PORT" else value}
    server = RunningServer(data, **settings, **({"command": command} if command else {}))
    server.environment[name] = value
    assert server.run_to_its_end() == 78
    assert lines(server.output)[0].startswith(f"posterizarr: {name}=")
    assert len(server.output.splitlines()) == 1
    assert "sekret" not in server.output


def test_a_data_folder_that_cannot_be_made_is_named(data, tmp_path):
    (tmp_path / "file").write_text("no folder")
    server = RunningServer(data, APP_DATA=tmp_path / "file" / "data")
    assert server.run_to_its_end() == 78
    assert str(tmp_path / "file") in lines(server.output)[0]
    assert "Traceback" not in server.output


@pytest.fixture
def mounted(tmp_path):
    """Mount a small file system with options, where this user and machine allow it."""
    folder = tmp_path / "mounted"
    folder.mkdir()

    def mount(options):
        done = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "none", str(folder)], capture_output=True, check=False
        )
        if done.returncode:
            pytest.skip("file systems cannot be mounted here")
        return folder

    yield mount
    subprocess.run(["umount", str(folder)], capture_output=True, check=False)


@pytest.mark.parametrize(
    ("options", "reason"), [("ro,size=1m", "Read-only file system"), ("size=16k", "No space left on device")]
)
def test_a_folder_that_takes_no_file_is_named_with_the_reason(data, mounted, options, reason):
    folder = mounted(options)
    server = RunningServer(data, APP_DATA=folder)
    assert server.run_to_its_end() == 78
    (line,) = lines(server.output)
    assert line.startswith(f"posterizarr: {folder}/") and reason in line
    assert "Traceback" not in server.output


def test_a_database_of_a_newer_version_is_refused(data):
    with RunningServer(data):
        pass
    with closing(sqlite3.connect(data / "database" / "posterizarr.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    server = RunningServer(data)
    assert server.run_to_its_end() == 78
    (line,) = lines(server.output)
    assert "revision 9999" in line and str(data / "database") in line
    assert "Traceback" not in server.output


def test_a_database_that_does_not_answer_is_told_without_its_password(data):
    server = RunningServer(data, DATABASE_URL="postgresql://user:sekret@127.0.0.1:1/none")
    assert server.run_to_its_end() == 78
    assert lines(server.output)[0].startswith("posterizarr: The database cannot be used: ")
    assert "sekret" not in server.output and "Traceback" not in server.output


def test_a_port_in_use_is_told(data):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        server = RunningServer(data, APP_PORT=port)
        assert server.run_to_its_end() == 78
    assert lines(server.output) == [
        f"posterizarr: Nothing can listen at 127.0.0.1:{port} (Address already in use):"
        " stop what listens there, which may be this server started before, or set APP_PORT."
    ]


def test_a_port_that_is_freed_soon_is_waited_for(data):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        threading.Timer(0.5, listener.close).start()
        assert trouble_with("127.0.0.1", port) is None


def test_an_address_of_another_machine_is_refused_at_once():
    told = advised(trouble_with("192.0.2.1", free_port()))
    assert told == "(Cannot assign requested address): set APP_HOST."
    assert advised(trouble_with("no-such-host.invalid", 1)).endswith(": set APP_HOST.")


def test_a_port_that_only_root_may_use_is_told_with_one_that_others_may():
    denied = PermissionError(errno.EACCES, "Permission denied")
    assert advised(denied) == "(Permission denied): set APP_PORT to 1024 or more."


@pytest.mark.parametrize(("level", "told"), [("INFO", "-"), ("debug", "-"), ("warning", None)])
def test_requests_are_logged_at_the_level_of_information(level, told):
    assert access_log(load_settings({"LOG_LEVEL": level})) == told


def test_an_unknown_caller_cannot_pass_for_a_proxy(data):
    with RunningServer(data) as server:
        headers = {"X-API-Key": KEY, "X-Forwarded-For": "9.9.9.9", "X-Forwarded-Prefix": "/elsewhere"}
        requests.get(f"{server.address}/api/status", headers=headers, timeout=10)
    assert "9.9.9.9 -" not in server.output


def test_the_address_that_gunicorn_was_told_is_the_one_that_is_shown(data):
    port = free_port()
    server = RunningServer(data, command=(*GUNICORN, "--bind", f"127.0.0.1:{port}"))
    server.environment["APP_PORT"] = str(free_port())
    server.port = port
    with server:
        assert f"answers at http://127.0.0.1:{port}/\n" in server.output


def test_an_idle_connection_does_not_hold_up_the_end(data):
    with RunningServer(data) as server, requests.Session() as session:
        session.get(f"{server.address}/ping", timeout=10)
        assert server.stop(signal.SIGTERM) == 0
    # One that outstays graceful_timeout is killed, and says nothing.
    assert "Worker exiting" in server.output


def test_an_ipv6_address_is_written_in_brackets():
    assert bind_address(load_settings({"APP_HOST": "::1", "APP_PORT": "9000"})) == "[::1]:9000"
    assert browser_address("::1", 9000, "/posters") == "http://[::1]:9000/posters/"


@pytest.mark.parametrize(
    ("host", "near"), [("0.0.0.0", "127.0.0.1"), ("::", "[::1]"), ("box.lan", "box.lan")]
)
def test_a_server_on_all_addresses_is_reached_on_this_machine(host, near):
    assert browser_address(host, 8000, "") == f"http://{near}:8000/"
