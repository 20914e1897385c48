"""Queued runs become processes, once each, and end as rows."""

from app.dispatcher import Dispatcher
from tests.driving import drive, queue


def test_a_queued_run_is_launched_followed_and_completed(machine_with):
    machine = machine_with("obedient")
    number = queue(machine)
    run = drive(Dispatcher(machine), number)
    assert (run.status, run.reason, run.exit_code, run.total_images) == ("completed", None, 0, 4)
