"""kill -9 of the worker that leads: within five seconds another one minds runs, queue and schedule."""

import os
import signal
import time
from collections import Counter
from datetime import datetime, timedelta

import pytest

from tests.faults.driving import (
    all_ended,
    eventually,
    leader,
    living,
    queued,
    running,
    sources,
    starts,
    workers,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

KILLS = 3


def next_minute(least_seconds):
    """The next full minute that is at least so far away."""
    return (datetime.now() + timedelta(seconds=least_seconds + 60)).replace(second=0, microsecond=0)


def kill_leader(data) -> None:
    """Kill it and wait until another worker leads."""
    pid = eventually(lambda: leader(data))
    os.kill(pid, signal.SIGKILL)
    eventually(lambda: leader(data) not in (pid, None))


def test_another_worker_takes_over_the_run_the_queue_and_the_schedule(data, server_on):
    due = next_minute(12)
    server = server_on(data, WEB_CONCURRENCY=3, FAKE_SECONDS=2, RUN_TIME=f"{due:%H:%M}")
    server.post("/api/scheduler/config", json={"skip_if_running": False})
    pids = {}
    for _ in range(KILLS):
        first, _ = queued(server), queued(server, "backup")
        pids[first] = running(server, first, 30)["pid"]
        kill_leader(data)
    time.sleep(max(0, (due - datetime.now()).total_seconds() - 1))
    kill_leader(data)
    scheduled = eventually(lambda: [row for row in all_ended(server) if row["origin"] == "schedule"], 30)
    rows = all_ended(server)
    assert {row["id"]: row["pid"] for row in rows if row["id"] in pids} == pids
    assert [row["status"] for row in rows] == ["completed"] * (2 * KILLS + 1) and len(scheduled) == 1
    assert starts(data) == Counter(row["id"] for row in rows)
    assert len(workers(server)) == 3 and living(data) == [] and sources(server) == set()
