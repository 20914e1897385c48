"""Another process holds the database's lock for long: reading goes on, writing waits or says so."""

import sqlite3
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest
import requests

from tests.faults.driving import (
    all_ended,
    damage,
    eventually,
    living,
    queued,
    running,
    sources,
    starts,
    workers,
)
from tests.live_server import KEY

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

LOCK_SECONDS = 16
READ_PATHS = ("/ping", "/api/status", "/api/runs", "/api/scheduler/status", "/api/runtime-history", "/health")


@contextmanager
def locked(data):
    """The lock of a writer that does not finish, as of a backup program that is stuck."""
    with closing(sqlite3.connect(data / "database" / "posterizarr.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield time.monotonic() + LOCK_SECONDS
        other.execute("ROLLBACK")


def ask(server) -> requests.Response:
    return requests.post(f"{server.address}/api/run/testing", headers={"X-API-Key": KEY}, timeout=30)


def slowest_reading(server, until: float) -> float:
    """Seconds of the slowest of many readings; each has to succeed."""
    slowest = 0.0
    while time.monotonic() < until:
        for path in READ_PATHS:
            began = time.monotonic()
            assert server.get(path).status_code == 200, path
            slowest = max(slowest, time.monotonic() - began)
        time.sleep(0.2)
    return slowest


def test_a_lock_of_sixteen_seconds_delays_writing_alone_and_loses_nothing(data, server_on):
    server = server_on(data, FAKE_SECONDS=1)
    accepted = [queued(server), queued(server)]
    running(server, accepted[0])
    [worker] = workers(server)
    with ThreadPoolExecutor(3) as callers:
        with locked(data) as until:
            soon = [callers.submit(ask, server) for _ in range(2)]
            slowest = slowest_reading(server, until - 6)
            late = callers.submit(ask, server)
            slowest = max(slowest, slowest_reading(server, until))
            assert "runs" in sources(server)
        refused = [asked.result() for asked in soon]
        accepted.append(late.result().json()["run_id"])
    assert [answer.status_code for answer in refused] == [503, 503]
    assert all("busy" in answer.json()["detail"] and answer.headers["Retry-After"] for answer in refused)
    rows = all_ended(server)
    print(f"the slowest of the readings took {slowest:.2f} s")
    assert [(row["id"], row["status"]) for row in rows] == [(number, "completed") for number in accepted]
    assert starts(data) == Counter(accepted) and workers(server) == [worker]
    assert slowest < LOCK_SECONDS / 2 and living(data) == [] and damage(data) == "ok"
    eventually(lambda: sources(server) == set())
