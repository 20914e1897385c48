"""Somebody moves the clock by an hour: a run is followed to its end, in its time, and schedules fire once."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import pytest

from tests.faults.driving import (
    all_ended,
    ended,
    eventually,
    kill,
    living,
    queued,
    restart,
    run,
    running,
    sources,
    starts,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

HOUR = 3600


@pytest.fixture
def clock(tmp_path):
    """Moves the wall clock of a server and of its scripts; monotonic clocks stay."""
    return Clock(tmp_path / "clock")


class Clock:
    def __init__(self, file):
        self.file = file
        self.settings = {"PYTHONPATH": Path(__file__).parent / "clock", "MOVED_CLOCK": file}
        self.set(0)

    def set(self, seconds) -> None:
        """The clock is ahead by that; it goes from there to 0 and back, not from one time to another."""
        beside = self.file.with_suffix(".new")
        beside.write_text(str(seconds))
        beside.replace(self.file)

    def move(self, server, seconds) -> None:
        """Wait until the server itself believes it."""
        self.set(seconds)
        eventually(lambda: abs(self.of(server) - time.time() - seconds) < 60)
        time.sleep(1.5)

    def of(self, server) -> float:
        return parsedate_to_datetime(server.get("/ping").headers["Date"]).timestamp()


@pytest.mark.parametrize("seconds", [HOUR, -HOUR], ids=["forward", "back"])
def test_a_run_is_followed_to_its_end_and_neither_timed_out_nor_lost(data, server_on, clock, seconds):
    server = server_on(data, FAKE_SECONDS=5, RUN_TIMEOUT=60, **clock.settings)
    first, second = queued(server), queued(server, "backup")
    pid = running(server, first)["pid"]
    clock.move(server, seconds)
    row = run(server, first)
    assert (row["status"], row["pid"]) == ("running", pid) and living(data) == [pid]
    assert sources(server) == set()
    rows = all_ended(server)
    assert [(row["id"], row["status"]) for row in rows] == [(first, "completed"), (second, "completed")]
    assert starts(data) == {first: 1, second: 1}


def test_a_run_taken_up_by_another_server_after_the_clock_moved_is_the_same_run(data, server_on, clock):
    server = server_on(data, FAKE_SECONDS=6, RUN_TIMEOUT=60, **clock.settings)
    number = queued(server)
    pid = running(server, number)["pid"]
    kill(server)
    clock.set(HOUR)
    restart(server)
    row = ended(server, number)
    assert (row["status"], row["pid"]) == ("completed", pid) and starts(data) == {number: 1}


def test_a_daily_schedule_fires_once_though_the_clock_passes_it_twice(data, server_on, clock):
    server = server_on(data, TZ="UTC", **clock.settings)
    due = datetime.now(UTC) + timedelta(minutes=30)
    server.post("/api/scheduler/schedule", json={"frequency": "daily", "time": f"{due:%H:%M}"})
    server.post("/api/scheduler/config", json={"enabled": True, "missed": "once", "grace_minutes": 90})
    time.sleep(2)
    for seconds in (HOUR, 0, HOUR, 0):
        clock.move(server, seconds)
    rows = eventually(lambda: all_ended(server))
    assert [row["origin"] for row in rows] == ["schedule"] and rows[0]["status"] == "completed"
    assert server.get("/api/scheduler/status").json()["success"] and sources(server) == set()
