"""The thread itself."""

import time

from app.background.dispatcher import Dispatcher
from tests.driving import eventually, queue, row


def test_the_thread_works_by_itself_and_stops_at_once(machine_with):
    machine = machine_with("obedient")
    dispatcher = Dispatcher(machine)
    dispatcher.start()
    number = queue(machine)
    eventually(lambda: row(machine, number).status == "completed")
    began = time.monotonic()
    dispatcher.stop()
    assert not dispatcher.thread.is_alive() and time.monotonic() - began < 1
