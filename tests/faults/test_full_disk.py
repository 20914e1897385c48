"""A disk that fills up delays and is told; what was accepted runs once when there is room again."""

import time
from collections import Counter

import pytest

from app.models import ENDED
from tests.faults.driving import (
    all_ended,
    damage,
    eventually,
    every_run,
    kill,
    kill_workers,
    living,
    queued,
    restart,
    running,
    starts,
    workers,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(150)]

MOST_REQUESTS = 300
READ_PATHS = ("/api/status", "/api/runs", "/api/logs", "/api/scheduler/status", "/api/dashboard/all", "/ping")


def ask_until_refused(server) -> tuple[list[int], list]:
    """Queue runs until the server has refused three; answer what it accepted, and its refusals."""
    accepted, refused = [], []
    while len(refused) < 3 and len(accepted) < MOST_REQUESTS:
        answer = server.post("/api/run/testing")
        if answer.status_code == 200:
            accepted.append(answer.json()["run_id"])
        else:
            refused.append(answer)
    return accepted, refused


def problems(server) -> str:
    return str(server.get("/health").json()["problems"])


def test_a_full_disk_is_told_and_what_was_accepted_runs_once_when_there_is_room(small_disk, data, server_on):
    server = server_on(data, FAKE_SECONDS=2)
    accepted = [queued(server), queued(server)]
    running(server, accepted[0])
    [worker] = workers(server)
    small_disk.fill()
    more, refused = ask_until_refused(server)
    assert len(refused) == 3 and {answer.status_code for answer in refused} == {503}
    assert "disk of the database is full" in refused[0].json()["detail"] and refused[0].headers["Retry-After"]
    eventually(lambda: "database or disk is full" in problems(server))
    assert "are free on the disk" in problems(server)
    assert [server.get(path).status_code for path in READ_PATHS] == [200] * len(READ_PATHS)
    small_disk.empty()
    rows = all_ended(server)
    assert [row["id"] for row in rows] == accepted + more
    assert {row["status"] for row in rows} <= set(ENDED) and rows[-1]["status"] == "completed"
    assert set(starts(data).values()) == {1} and set(starts(data)) <= {row["id"] for row in rows}
    assert workers(server) == [worker] and living(data) == [] and damage(data) == "ok"
    assert "full" not in problems(server)


def test_a_launch_that_finds_no_room_waits_and_takes_place_once(small_disk, data, server_on, tmp_path):
    server = server_on(data, DATABASE_URL=f"sqlite:///{tmp_path / 'elsewhere.db'}")
    small_disk.fill()
    accepted = [queued(server), queued(server, "backup")]
    waits = eventually(lambda: [row for row in every_run(server) if row["not_before"]])
    assert waits[0]["status"] == "queued" and "launch" in waits[0]["reason"] and starts(data) == Counter()
    small_disk.empty()
    rows = all_ended(server, 60)
    assert [(row["id"], row["status"]) for row in rows] == [(number, "completed") for number in accepted]
    assert starts(data) == Counter(accepted)


def test_a_server_does_not_start_on_a_full_disk_and_loses_nothing_by_it(small_disk, data, server_on):
    server = server_on(data, FAKE_SECONDS=1)
    accepted = [queued(server), queued(server)]
    running(server, accepted[0])
    small_disk.fill()
    kill(server)
    known = len(server.output)
    assert server.run_to_its_end() not in (0, None)
    told = [line for line in server.output[known:].splitlines() if line.startswith("posterizarr: ")]
    assert (
        len(told) == 1 and "No space left on device" in told[0] and "Traceback" not in server.output[known:]
    )
    small_disk.empty()
    restart(server, FAKE_SECONDS=0)
    rows = all_ended(server)
    assert [row["id"] for row in rows] == accepted and rows[1]["status"] == "completed"
    assert set(starts(data).values()) == {1}


def test_a_worker_that_dies_on_a_full_disk_is_replaced_by_one_that_works(small_disk, data, server_on):
    server = server_on(data, WEB_CONCURRENCY=2)
    small_disk.fill()
    kill_workers(server)
    eventually(lambda: all(server.get("/ping").ok for _ in range(10)))
    assert server.post("/api/run/testing").status_code in (200, 503)
    small_disk.empty()
    time.sleep(1)
    number = queued(server)
    assert all_ended(server)[-1]["id"] == number and len(workers(server)) == 2
