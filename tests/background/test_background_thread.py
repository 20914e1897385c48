"""What all threads of the server share."""

import threading
import time

import pytest

from app.background.background_thread import BackgroundThread
from tests.driving import eventually


class Counting(BackgroundThread):
    """Counts its ticks; `plan` holds what the next ticks do: return a value or raise an error."""

    name = "counting"
    pause_seconds = recovery_seconds = 0.01
    passing = (OSError,)

    def __init__(self, *plan):
        super().__init__()
        self.plan = list(plan)
        self.ticks = 0
        self.calls = []

    def begin(self):
        self.calls.append("begin")

    def tick(self):
        self.ticks += 1
        step = self.plan.pop(0) if self.plan else False
        if isinstance(step, Exception):
            raise step
        return step

    def report(self, error):
        self.calls.append(str(error))

    def close(self):
        self.calls.append("end")


@pytest.fixture
def started():
    made = []

    def start(thread):
        made.append(thread)
        thread.start()
        return thread

    yield start
    for thread in made:
        thread.stop()


def test_a_thread_begins_ticks_and_ends(started):
    thread = started(Counting())
    eventually(lambda: thread.ticks > 2)
    thread.stop()
    assert thread.has_ended and (thread.calls[0], thread.calls[-1]) == ("begin", "end")


def test_an_error_that_may_pass_is_reported_and_the_next_tick_follows(started):
    thread = started(Counting(OSError("no room")))
    eventually(lambda: thread.ticks > 2)
    assert thread.calls == ["begin", "no room"] and not thread.has_ended


def test_any_other_error_ends_the_thread_which_shows(started, monkeypatch):
    monkeypatch.setattr(threading, "excepthook", lambda ended: None)
    thread = started(Counting(KeyError("fault")))
    eventually(lambda: thread.has_ended)
    assert thread.calls == ["begin", "end"]


def test_more_work_is_done_without_a_pause():
    thread = Counting(True, True, False)
    assert [thread.guarded_tick() for _ in range(3)] == [True, True, False]


def test_waking_ends_the_wait(started):
    thread = Counting()
    thread.pause_seconds = 60
    started(thread)
    eventually(lambda: thread.ticks == 1)
    thread.wake()
    eventually(lambda: thread.ticks == 2)


def test_a_stop_ends_any_wait(started):
    thread = Counting(OSError("no room"))
    thread.pause_seconds = thread.recovery_seconds = 60
    started(thread)
    eventually(lambda: thread.ticks == 1)
    began = time.monotonic()
    thread.stop()
    assert thread.has_ended and time.monotonic() - began < 30


def test_a_tick_that_takes_long_shows_until_its_next_heartbeat(started):
    gate = threading.Event()

    class Slow(Counting):
        def tick(self):
            gate.wait(10)

    thread = started(Slow())
    eventually(lambda: thread.busy_seconds > 0.05)
    thread.beat()
    assert thread.busy_seconds < 0.05
    gate.set()
    thread.stop()
    assert thread.busy_seconds == 0.0


def test_a_thread_that_was_never_started_has_not_ended():
    thread = Counting()
    thread.stop()
    assert not thread.has_ended
