"""A server that ends, by a signal or by kill -9, leaves scripts alone and finds them again."""

import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from tests.faults.driving import (
    OBEDIENT,
    UNRULY,
    all_ended,
    ended,
    eventually,
    every_run,
    kill,
    let_retry_now,
    living,
    queued,
    restart,
    run,
    running,
    starts,
    workers,
)

pytestmark = [pytest.mark.slow, pytest.mark.timeout(90)]


def by_hand(data, *words):
    """Run the script as a person does, beside the server."""
    subprocess.run(
        [sys.executable, OBEDIENT, *words],
        env=os.environ | {"APP_DATA": str(data)},
        cwd=data,
        stdout=subprocess.DEVNULL,
        check=True,
    )


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "sigterm"])
def test_a_server_that_is_ended_during_a_run_leaves_it_alone_and_follows_it_again(data, server_on, number):
    server = server_on(data, FAKE_SECONDS=8)
    first, second = queued(server), queued(server)
    pid = running(server, first)["pid"]
    assert server.stop(number) == 0
    assert "Traceback" not in server.output and living(data) == [pid]
    restart(server, FAKE_SECONDS=0)
    eventually(lambda: server.get("/api/status").json()["running"])
    assert running(server, first)["pid"] == pid
    assert [ended(server, one)["status"] for one in (first, second)] == ["completed", "completed"]
    assert starts(data) == {first: 1, second: 1}


def test_a_terminal_that_signals_everybody_leaves_the_worker_to_its_master(data, server_on):
    server = server_on(data)
    [worker] = workers(server)
    os.kill(worker, signal.SIGINT)
    time.sleep(1)
    assert workers(server) == [worker] and server.answers()


def test_a_master_that_is_killed_alone_makes_way_for_the_next_server(data, server_on):
    server = server_on(data, WEB_CONCURRENCY=2, FAKE_SECONDS=3)
    number = queued(server)
    pid = running(server, number)["pid"]
    orphans = workers(server)
    os.kill(server.process.pid, signal.SIGKILL)
    server.process.wait()
    restart(server)
    eventually(lambda: not [pid for pid in orphans if psutil.pid_exists(pid)])
    eventually(server.answers)
    row = ended(server, number)
    assert (row["status"], row["pid"]) == ("completed", pid) and starts(data) == {number: 1}
    assert len(workers(server)) == 2


def test_a_run_put_back_because_of_another_instance_outlives_the_server(data, server_on):
    server = server_on(data, POSTER_SCRIPT=UNRULY, FAKE_FAULT="another_instance")
    number = queued(server)
    waiting = eventually(lambda: (row := run(server, number))["not_before"] and row)
    assert (waiting["status"], waiting["reason"]) == ("queued", "another Posterizarr instance is running")
    kill(server)
    let_retry_now(data, number)
    restart(server, POSTER_SCRIPT=OBEDIENT)
    row = ended(server, number, 45)
    assert (row["status"], row["attempt"]) == ("completed", 2) and starts(data) == {number: 2}


def test_a_second_script_that_a_person_starts_does_not_make_a_run_take_place_again(data, server_on):
    server = server_on(data, FAKE_SECONDS=2)
    number = queued(server, "restore")
    running(server, number)
    time.sleep(0.7)
    by_hand(data, "-Restore")
    row = ended(server, number)
    assert (row["status"], row["attempt"]) == ("completed", 1) and starts(data) == {number: 1}


def test_a_run_that_ended_while_the_server_was_away_is_taken_in_once(data, server_on):
    server = server_on(data, FAKE_SECONDS=0.5)
    number = queued(server)
    running(server, number)
    kill(server)
    eventually(lambda: not living(data))
    for _ in range(2):
        restart(server)
        row = ended(server, number)
        time.sleep(0.7)
        kill(server)
    restart(server)
    assert (row["status"], row["fallbacks"]) == ("completed", 1) and every_run(server) == [row]


def test_runs_that_somebody_else_made_while_the_server_was_away_are_imported_once(data, server_on):
    server = server_on(data)
    kill(server)
    by_hand(data, "-Testing")
    by_hand(data, "-Backup")
    for _ in range(2):
        restart(server)
        eventually(lambda: len(every_run(server)) == 2)
        time.sleep(0.7)
        kill(server)
    restart(server)
    found = [(row["mode"], row["origin"], row["status"]) for row in every_run(server)]
    assert sorted(found) == [("backup", "recovered", "completed"), ("testing", "recovered", "completed")]
    assert server.get("/api/runtime-history").json()["count"] == 2


def test_a_script_killed_while_the_server_was_away_is_an_interruption_and_holds_up_nobody(data, server_on):
    server = server_on(data, FAKE_SECONDS=60)
    number = queued(server)
    pid = running(server, number)["pid"]
    kill(server)
    os.kill(pid, signal.SIGKILL)
    restart(server, FAKE_SECONDS=0)
    after = queued(server)
    rows = all_ended(server)
    assert [(row["id"], row["status"]) for row in rows] == [(number, "interrupted"), (after, "completed")]


def test_a_stop_whose_server_died_over_it_is_finished_by_the_next(data, server_on):
    server = server_on(data, POSTER_SCRIPT=UNRULY, FAKE_FAULT="ignores_term")
    number = queued(server)
    pid = running(server, number)["pid"]
    server.post("/api/stop")
    kill(server)
    restart(server)
    row = ended(server, number)
    assert (row["status"], row["reason"]) == ("stopped", "was stopped by request")
    assert pid not in living(data) and starts(data) == {number: 1}
