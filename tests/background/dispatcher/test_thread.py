"""The thread itself."""

import time

from app.background import dispatcher
from app.background.dispatcher import Dispatcher
from tests.driving import eventually, queue, row


def test_one_of_two_launches_and_the_other_follows_when_it_has_ended(machine_with):
    machine = machine_with("obedient")
    first, second = Dispatcher(machine), Dispatcher(machine)
    first.start()
    eventually(lambda: first.lock.is_ours)
    second.start()
    number = queue(machine)
    eventually(lambda: row(machine, number).status == "completed")
    assert second.thread.is_alive() and not second.lock.is_ours
    first.stop()
    eventually(lambda: second.lock.is_ours)
    second.stop()


def test_runs_that_wait_for_a_process_that_launches_none_are_a_problem_until_it_ends(
    machine_with, monkeypatch
):
    monkeypatch.setattr(dispatcher, "WAITING_SECONDS", 0.0)
    machine = machine_with("obedient")
    suspended, waiting = Dispatcher(machine), Dispatcher(machine)
    assert suspended.lock.acquire()
    waiting.start()
    time.sleep(3 * dispatcher.TICK_SECONDS)
    assert problems_of(machine) == []
    number = queue(machine)
    eventually(lambda: problems_of(machine) == [dispatcher.WAITING_MESSAGE])
    suspended.lock.release()
    eventually(lambda: row(machine, number).status == "completed")
    assert problems_of(machine) == []
    waiting.stop()


def problems_of(machine):
    return [problem["message"] for problem in machine.state.read()["problems"]]


def test_the_thread_works_by_itself_and_stops(machine_with):
    machine = machine_with("obedient")
    worker = Dispatcher(machine)
    worker.start()
    number = queue(machine)
    eventually(lambda: row(machine, number).status == "completed")
    worker.stop()
    assert not worker.thread.is_alive()
