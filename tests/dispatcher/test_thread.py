"""The thread itself."""

import time

from app.dispatcher import Dispatcher
from tests.driving import (
    eventually,
    queue,
    row,
    starts,
)


def test_the_thread_works_by_itself_and_stops_at_once(machine_with):
    machine = machine_with("obedient")
    dispatcher = Dispatcher(machine)
    dispatcher.start()
    number = queue(machine)
    eventually(lambda: row(machine, number).status == "completed")
    began = time.monotonic()
    dispatcher.stop()
    assert not dispatcher.thread.is_alive() and time.monotonic() - began < 1


def test_a_woken_thread_does_not_wait_for_its_tick(machine_with, monkeypatch):
    monkeypatch.setattr("app.dispatcher.TICK_SECONDS", 30)
    machine = machine_with("obedient")
    dispatcher = Dispatcher(machine)
    dispatcher.start()
    eventually(lambda: dispatcher.import_due > 0)
    number = queue(machine)
    dispatcher.wake()
    eventually(lambda: starts(machine), 5)
    dispatcher.stop()
    assert row(machine, number).status == "running"
