"""A data folder that cannot be written stops a start with one line, and delays what runs already."""

import time
from collections import Counter
from pathlib import Path

import pytest

from tests.faults.driving import (
    all_ended,
    ended,
    eventually,
    kill_workers,
    leader,
    living,
    queued,
    run,
    running,
    sources,
    starts,
    workers,
)
from tests.live_server import RunningServer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

WRITING = 0o222
OWN_WRITING = 0o200


def is_quiet(data: Path) -> bool:
    """Whether nothing has written to the database for a second."""
    return all(time.time() - path.stat().st_mtime > 1 for path in (data / "database").glob("posterizarr.db*"))


def permit_writing(data: Path, allowed: bool) -> None:
    for path in (data, *data.rglob("*")):
        mode = path.stat().st_mode
        path.chmod(mode | OWN_WRITING if allowed else mode & ~WRITING)


@pytest.fixture
def shut(data):
    """Takes the right to write in the data folder away; it is given back in any case."""
    yield lambda: permit_writing(data, False)
    permit_writing(data, True)


def test_a_start_on_a_read_only_disk_ends_with_one_line(small_disk, data):
    server = RunningServer(data)
    with server:
        pass
    known = len(server.output)
    small_disk.make("ro")
    code = server.run_to_its_end()
    said = server.output[known:]
    small_disk.make("rw")
    told = [line for line in said.splitlines() if line.startswith("posterizarr: ")]
    assert code not in (0, None) and len(told) == 1 and "Traceback" not in said
    assert "Read-only file system" in told[0] and str(data) in told[0]


def test_a_first_start_in_a_folder_without_permission_ends_with_one_line(data, command, shut):
    data.mkdir()
    shut()
    server = RunningServer(data, command=command)
    assert server.run_to_its_end() not in (0, None)
    told = [line for line in server.output.splitlines() if line.startswith("posterizarr: ")]
    assert len(told) == 1 and "Permission denied" in told[0] and "Traceback" not in server.output


def test_a_folder_that_turns_read_only_delays_runs_and_is_told(data, server_on, command, shut):
    server = server_on(data, command=command, FAKE_SECONDS=2)
    first, second = queued(server), queued(server, "backup")
    running(server, first)
    eventually(lambda: starts(data))
    shut()
    answer = server.post("/api/run/testing")
    assert answer.status_code in (200, 503) and answer.json()["success"] == answer.ok
    accepted = [first, second] + ([answer.json()["run_id"]] if answer.ok else [])
    eventually(lambda: "data" in sources(server))
    eventually(lambda: (row := run(server, second))["not_before"] and "denied" in row["reason"])
    permit_writing(data, True)
    rows = all_ended(server, 60)
    assert [row["id"] for row in rows] == accepted and "data" not in sources(server)
    assert [row["status"] for row in rows[1:]] == ["completed"] * (len(rows) - 1)
    assert starts(data) == Counter(accepted) and living(data) == []


def test_workers_that_come_up_in_a_read_only_folder_lead_when_it_can_be_written_again(
    data, server_on, command, shut
):
    server = server_on(data, command=command, WEB_CONCURRENCY=2, FAKE_SECONDS=0)
    eventually(lambda: is_quiet(data))
    shut()
    kill_workers(server)
    # SQLite gives up a log that it can neither read nor recover after 10 s, at each statement anew.
    answers = [server.get(path, timeout=90) for path in ("/ping", "/health", "/api/status", "/api/runs")]
    assert {answer.status_code for answer in answers} <= {200, 503} and "data" in sources(server)
    assert server.post("/api/run/testing", timeout=90).status_code in (200, 503)
    permit_writing(data, True)
    eventually(lambda: leader(data) in workers(server))
    answer = eventually(lambda: (answer := server.post("/api/run/testing")).ok and answer)
    # A run that was put back while nothing could be written may come before it, after 30 s.
    assert ended(server, answer.json()["run_id"], 60)["status"] == "completed"
    seen = [server.get("/api/status").json()["running"] for _ in range(10)]
    assert seen == [False] * 10 and eventually(lambda: [sources(server) for _ in range(10)] == [set()] * 10)
