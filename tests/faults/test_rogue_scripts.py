"""Scripts that break the contract, through the real server: each ends with a true status and harms nobody."""

import time
from statistics import median

import psutil
import pytest

from tests.driving import end_everything_in
from tests.faults.conftest import started_servers
from tests.faults.driving import (
    UNRULY,
    ended,
    eventually,
    living,
    queued,
    running,
    sources,
    starts,
    workers,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(90)]

MEGABYTE = 1024**2
BREACHES = {
    "half_report": ("failed", "the script ended without a report"),
    "half_report_with_summary": ("completed", None),
    "nonsense_report": ("completed", None),
    "says_nothing": ("failed", "the script ended without a report"),
    "gives_up": ("failed", "No library was found"),
    "kills_itself": ("failed", "the script was killed by signal 9 (SIGKILL)"),
    "rotates_meanwhile": ("completed", None),
    "writes_bytes": ("completed", None),
}


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """A server for the tests that change none of its settings, and its data folder."""
    data = tmp_path_factory.mktemp("rogue") / "data"
    with started_servers() as start:
        yield start(data, POSTER_SCRIPT=UNRULY), data


@pytest.fixture
def rogue(shared):
    """Names how the script breaks the contract from now on; the shared server and its data folder."""
    server, data = shared

    def become(fault):
        (data / "fault.txt").write_text(fault)
        return server, data

    return become


def one_run(server, seconds=30, mode="testing"):
    return ended(server, queued(server, mode), seconds)


def grandchildren(data) -> list[int]:
    return [int(path.suffix[1:]) for path in data.glob("grandchild.*")]


def memory(server) -> float:
    """Megabytes of the largest worker."""
    return max(psutil.Process(pid).memory_info().rss for pid in workers(server)) / MEGABYTE


def test_a_script_that_hangs_is_ended_by_a_stop(rogue):
    server, data = rogue("hangs")
    number = queued(server)
    running(server, number)
    answer = server.post("/api/stop").json()
    row = ended(server, number)
    assert answer["success"] and (row["status"], row["exit_code"]) == ("stopped", -15)
    assert living(data) == [] and not (data / "temp" / "Posterizarr.Running").exists()


def test_a_script_that_hangs_is_ended_by_its_time_limit(data, server_on):
    row = one_run(server_on(data, POSTER_SCRIPT=UNRULY, FAKE_FAULT="hangs", RUN_TIMEOUT=2))
    assert (row["status"], row["reason"]) == ("failed", "stopped after 2 s (RUN_TIMEOUT)")
    assert living(data) == []


def test_a_script_deaf_to_sigterm_is_killed_after_its_grace(rogue):
    server, data = rogue("ignores_term")
    number = queued(server)
    running(server, number)
    began = time.monotonic()
    answer = server.post("/api/stop").json()
    assert answer["success"] and "has not ended yet" in answer["message"]
    row = ended(server, number)
    assert (row["status"], row["exit_code"]) == ("stopped", -9) and time.monotonic() - began > 9
    assert living(data) == []


def test_grandchildren_in_sessions_of_their_own_go_with_the_script(rogue):
    server, data = rogue("leaves_grandchildren")
    number = queued(server)
    running(server, number)
    pids = eventually(lambda: len(found := grandchildren(data)) == 3 and found)
    assert server.post("/api/force-kill").json()["success"]
    assert ended(server, number)["status"] == "stopped"
    eventually(lambda: not any(psutil.pid_exists(pid) for pid in pids))


def test_a_flood_costs_neither_memory_nor_the_status(data, server_on):
    server = server_on(data, POSTER_SCRIPT=UNRULY, FAKE_FAULT="floods_for_seconds", FAKE_SECONDS=4)
    before, most, waits = memory(server), 0.0, []
    number = queued(server)
    running(server, number)
    while (row := server.get(f"/api/runs/{number}").json()["run"])["status"] == "running":
        began = time.monotonic()
        assert server.get("/api/status").status_code == 200
        waits.append(time.monotonic() - began)
        most = max(most, memory(server))
        time.sleep(0.05)
    written = sum(file.stat().st_size for file in (data / "Logs").glob("*.log")) // MEGABYTE
    end_everything_in(data)
    for file in (*(data / "Logs").glob("*.log"), *(data / "runs").glob("*.log")):
        file.unlink()
    print(f"{written} MB of log: {before:.0f} MB, then {most:.0f} MB; status took {median(waits):.3f} s")
    assert row["status"] == "completed" and written > 100
    assert most - before < 40 and median(waits) < 2


def test_each_breach_ends_in_the_status_that_is_true_and_harms_no_other_run(rogue):
    server, data = rogue("says_nothing")
    worker, before = workers(server), server.get("/api/runtime-history").json()["count"]
    for fault, outcome in BREACHES.items():
        rogue(fault)
        row = one_run(server)
        assert (fault, row["status"], row["reason"]) == (fault, *outcome)
        assert server.get("/api/logs/Testinglog.log").status_code in (200, 404)
        assert starts(data)[row["id"]] == 1 and workers(server) == worker and sources(server) == set()
    assert server.get("/api/runtime-history").json()["count"] == before + len(BREACHES)
