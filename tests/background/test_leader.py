"""One leads, and another takes over when it is gone."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from app.background import leader
from app.background.background_thread import BackgroundThread
from app.background.leader import Leadership
from app.core.health import leader_problems, published_problems
from tests.driving import eventually

HOLD = """
import sys, time
from filelock import FileLock
lock = FileLock(sys.argv[1])
lock.acquire()
print("held", flush=True)
time.sleep(60)
"""


class Thread(BackgroundThread):
    """Stands for what a leader runs."""

    def __init__(self, machine):
        super().__init__()
        self.state = "made"

    def start(self):
        self.state = "started"

    def stop(self, timeout):
        self.state = "stopped"


@pytest.fixture
def lead(machine_with):
    machine = machine_with("obedient")
    made = []

    def make(*kinds):
        leadership = Leadership(machine, kinds or (Thread,))
        leadership.start()
        made.append(leadership)
        return leadership

    yield make
    for leadership in made:
        leadership.stop()


@pytest.fixture
def holder(machine_with):
    path = machine_with("obedient").paths.leader_lock
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE)
    process.stdout.readline()
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_one_of_two_leads_and_tells_who(lead):
    first = lead()
    eventually(lambda: first.leads)
    second = lead()
    time.sleep(0.3)
    assert not second.leads and first.led[0].state == "started"
    assert first.machine.state.read()["leader"]["pid"] == os.getpid()


def test_the_other_takes_over_when_the_first_stops(lead):
    first = lead()
    eventually(lambda: first.leads)
    thread = first.led[0]
    second = lead()
    first.stop()
    assert thread.state == "stopped"
    eventually(lambda: second.leads)


def test_a_leader_that_is_killed_is_replaced_within_seconds(lead, holder):
    leadership = lead()
    time.sleep(0.2)
    assert not leadership.leads
    holder.send_signal(signal.SIGKILL)
    eventually(lambda: leadership.leads)


def test_a_child_of_the_leader_does_not_hold_the_lock(lead):
    first = lead()
    eventually(lambda: first.leads)
    child = subprocess.Popen(["sleep", "60"])
    try:
        first.stop()
        second = lead()
        eventually(lambda: second.leads)
    finally:
        child.kill()
        child.wait()


def test_who_never_led_stops_at_once(lead, holder):
    leadership = lead()
    began = time.monotonic()
    leadership.stop()
    assert not leadership.leads and time.monotonic() - began < 20


def test_a_lock_that_cannot_be_opened_is_tried_again(lead, machine_with):
    machine = machine_with("obedient")
    machine.paths.leader_lock.mkdir()
    leadership = lead()
    time.sleep(0.3)
    assert leadership.thread.is_alive() and not leadership.leads
    machine.paths.leader_lock.rmdir()
    eventually(lambda: leadership.leads)


def test_a_worker_that_cannot_start_all_threads_leads_with_none_and_tries_again(lead):
    started, failures = [], ["can't start new thread"]

    class First(Thread):
        def start(self):
            super().start()
            started.append(self)

    class Second(Thread):
        def start(self):
            if failures:
                raise RuntimeError(failures[0])

    leadership = lead(First, Second)
    eventually(lambda: started and started[0].state == "stopped")
    assert not leadership.leads and leadership.machine.state.read()["leader"] is None
    failures.clear()
    eventually(lambda: len(leadership.led) == 2)
    assert leadership.led[0].state == "started"


def test_what_one_worker_cannot_start_another_can(lead):
    class Unable(Thread):
        def __init__(self, machine):
            raise OSError("Too many open files")

    unable = lead(Unable)
    able = lead()
    eventually(lambda: able.leads)
    assert not unable.leads and able.machine.state.read()["leader"]["pid"] == os.getpid()


class Mortal(Thread):
    """Runs a thread that ends when the test wants it."""

    name = "mortal"

    def __init__(self, machine):
        super().__init__(machine)
        self.fate = threading.Event()

    def start(self):
        super().start()
        self.thread = threading.Thread(target=self.fate.wait, daemon=True)
        self.thread.start()

    def stop(self, timeout):
        super().stop(timeout)
        self.fate.set()


def told_of_threads(leadership):
    problems = published_problems(leadership.machine.state.read()["problems"], private=False)
    return [problem["message"] for problem in problems if problem["source"] == leader.PROBLEM]


def test_a_thread_that_ends_by_a_fault_is_started_anew_and_told_of(lead):
    leadership = lead(Mortal, Thread)
    eventually(lambda: len(leadership.led) == 2)
    ended, other = leadership.led
    ended.fate.set()
    eventually(lambda: leadership.led[0] is not ended and leadership.led[0].state == "started")
    assert ended.state == "stopped" and leadership.led[1] is other and other.state == "started"
    assert told_of_threads(leadership) == ["The mortal thread ended because of a fault of the server."]
    assert leader_problems(leadership.machine.state.read()["leader"]) == []


def test_a_thread_that_ends_again_and_again_is_not_started_all_the_time(lead):
    made = []

    class Doomed(Mortal):
        def start(self):
            made.append(self)
            self.fate.set()
            super().start()

    lead(Doomed)
    eventually(lambda: len(made) == 2)
    time.sleep(2 * leader.TRY_SECONDS)
    assert len(made) == 2


def test_a_thread_that_cannot_be_started_anew_is_tried_again(lead, monkeypatch):
    monkeypatch.setattr(leader, "RENEWAL_SECONDS", 0.0)
    refusals = []

    class Rare(Mortal):
        def start(self):
            if refusals:
                raise RuntimeError(refusals.pop())
            super().start()

    leadership = lead(Rare)
    eventually(lambda: leadership.leads)
    refusals.append("can't start new thread")
    leadership.led[0].fate.set()
    eventually(lambda: not refusals)
    assert leadership.thread.is_alive()
    eventually(lambda: leadership.led[0].state == "started")


class Hanging(BackgroundThread):
    """Hangs in its first tick until it may go on."""

    name = "hanging"
    hang_seconds = 0.2

    def __init__(self, machine):
        super().__init__()
        self.released = threading.Event()

    def tick(self):
        self.released.wait()


@pytest.fixture
def hanging():
    made = []

    class Kind(Hanging):
        def __init__(self, machine):
            super().__init__(machine)
            made.append(self)

    yield Kind, made
    for thread in made:
        thread.released.set()


def hanging_problems(leadership):
    return [
        found for found in leadership.machine.state.read()["problems"] if found["source"] == leader.HANGING
    ]


def test_a_thread_that_hangs_is_reported_and_another_one_takes_over(lead, hanging, monkeypatch):
    monkeypatch.setattr(leader, "MOST_ABANDONED", 2)
    monkeypatch.setattr(leader, "SHOWN_SECONDS", 0.0)
    kind, made = hanging
    leadership = lead(kind, Thread)
    eventually(lambda: len(made) == 3 and leadership.led[0] is made[2])
    [problem] = hanging_problems(leadership)
    assert problem["message"].startswith("The hanging thread has not moved for ")
    assert leadership.led[1].state == "started"
    assert made[0].stopping.is_set() and not made[0].has_ended
    time.sleep(2 * leader.TRY_SECONDS)
    assert len(made) == 3, "no end of threads is left behind"
    for thread in made:
        thread.released.set()
    eventually(lambda: made[0].has_ended and not hanging_problems(leadership))


def test_threads_of_a_process_that_stood_still_are_given_time(lead, hanging, monkeypatch):
    kind, made = hanging
    leadership = lead(kind)
    eventually(lambda: leadership.leads)
    monkeypatch.setattr(leader, "BEAT_SECONDS", 0.0)
    time.sleep(2 * leader.TRY_SECONDS)
    assert len(made) == 1 and hanging_problems(leadership) == []


def test_a_leader_that_stands_still_is_a_problem_though_it_is_alive(lead, monkeypatch):
    monkeypatch.setattr(leader, "BEAT_SECONDS", 0.1)
    leadership = lead()
    eventually(lambda: leadership.leads)
    known = leadership.machine.state.read()["leader"]
    eventually(lambda: leadership.machine.state.read()["leader"]["beat"] > known["beat"])
    assert leader_problems(leadership.machine.state.read()["leader"]) == []
    [problem] = leader_problems(known | {"beat": time.monotonic() - 61})
    assert "does not move" in problem["message"] and problem["type"] == "error"


def test_threads_that_the_leader_has_stopped_stay_so(lead):
    leadership = lead(Mortal)
    eventually(lambda: leadership.leads)
    stopped = leadership.led[0]
    leadership.stop()
    time.sleep(2 * leader.TRY_SECONDS)
    assert stopped.state == "stopped" and leadership.led == [] and told_of_threads(leadership) == []
