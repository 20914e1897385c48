"""Runs that do not complete: tried again after minutes, then kept with a reason."""

from datetime import timedelta

import time_machine
from sqlalchemy import update

from app.background.dispatcher import Dispatcher
from app.models import Run, Trigger
from app.models.base import now
from app.services.inbox import Inbox
from tests.driving import ask_to_stop, drive_to_launch, rows, tick_until
from tests.triggers import (
    asked,
    by_name,
    consume,
    deliver,
    make_episodes,
    make_film,
    runs_of,
    trigger,
    watched,
)

CRASH = "The server at http://plex/?X-Plex-Token=<REDACTED> does not answer"


def let_time_pass(machine):
    with machine.database.writing() as session:
        session.execute(update(Trigger).values(waiting_until=now()))


def fail_once(machine, dispatcher, number):
    """Drive one run to its failure and answer the trigger."""
    known = trigger(machine, number).attempts
    tick_until(dispatcher, lambda: trigger(machine, number).attempts > known)
    return trigger(machine, number)


def test_a_failed_run_is_tried_again_after_1_5_15_and_60_minutes_and_then_given_up(failing):
    (number,) = deliver(failing, make_film())
    dispatcher = Dispatcher(failing)
    delays = []
    for _ in range(4):
        found = fail_once(failing, dispatcher, number)
        delays.append(round((found.waiting_until - now()).total_seconds() / 60))
        assert found.status == "waiting" and watched(failing) == [found.file]
        let_time_pass(failing)
    assert delays == [1, 5, 15, 60]
    found = fail_once(failing, dispatcher, number)
    assert (found.status, found.attempts) == ("failed", 5) and len(runs_of(failing, number)) == 5
    assert "does not answer" in found.last_error and "abc123" not in found.last_error
    assert [name.rpartition(".")[2] for name in watched(failing)] == ["failed", "txt"]


def test_nothing_is_tried_before_its_time(failing):
    (number,) = deliver(failing, make_film())
    dispatcher = Dispatcher(failing)
    fail_once(failing, dispatcher, number)
    for _ in range(5):
        dispatcher.guarded_tick()
    assert len(rows(failing)) == 1


def test_a_new_event_brings_the_next_try_forward_and_both_are_one_run(failing):
    (first,) = deliver(failing, make_episodes(1))
    dispatcher = Dispatcher(failing)
    fail_once(failing, dispatcher, first)
    (second,) = deliver(failing, make_episodes(2))
    fail_once(failing, dispatcher, second)
    assert asked(failing)[1]["-arr_episode_numbers"] == "1,2"
    assert trigger(failing, first).attempts == 1, "the new event gave the old one new tries"


def test_a_replayed_letter_runs_and_is_done(failing, monkeypatch):
    (number,) = deliver(failing, make_film())
    dispatcher = Dispatcher(failing)
    for _ in range(5):
        fail_once(failing, dispatcher, number)
        let_time_pass(failing)
    monkeypatch.setenv("FAKE_FAULT", "writes_bytes")
    Inbox(failing).replay(number)
    assert watched(failing) == [trigger(failing, number).file]
    assert consume(failing, dispatcher)[-1].status == "completed"
    assert trigger(failing, number).status == "done" and watched(failing) == []


def test_what_a_person_stops_is_given_up_at_once_with_that_reason(lasting_quick):
    (number,) = deliver(lasting_quick, make_film())
    dispatcher = Dispatcher(lasting_quick)
    tick_until(dispatcher, lambda: rows(lasting_quick))
    drive_to_launch(dispatcher, rows(lasting_quick)[0].id)
    ask_to_stop(lasting_quick)
    tick_until(dispatcher, lambda: trigger(lasting_quick, number).status == "failed")
    assert trigger(lasting_quick, number).last_error == "stopped by a person"


def test_a_run_that_is_cancelled_in_the_queue_gives_its_trigger_up(quick):
    (number,) = deliver(quick, make_film())
    consumer = Dispatcher(quick).consumer
    consumer.step()
    with quick.database.writing() as session:
        session.execute(update(Run).values(status="skipped"))
    consumer.step()
    assert (trigger(quick, number).status, trigger(quick, number).last_error) == (
        "failed",
        "cancelled by a person before it began",
    )


def test_what_the_built_in_script_cannot_do_is_given_up_at_once(machine_with):
    machine = machine_with("obedient", POSTER_SCRIPT="", ARR_WAIT_TIME="0")
    (number,) = deliver(machine, make_film())
    consumer = Dispatcher(machine).consumer
    consumer.step()
    with machine.database.writing() as session:
        session.execute(update(Run).values(status="failed", exit_code=5, reason="arr mode is not there yet"))
    consumer.step()
    found = trigger(machine, number)
    assert (found.status, found.attempts, found.last_error) == ("failed", 1, "arr mode is not there yet")


def test_the_same_exit_code_of_another_script_tells_nothing(quick):
    (number,) = deliver(quick, make_film())
    consumer = Dispatcher(quick).consumer
    consumer.step()
    with quick.database.writing() as session:
        session.execute(update(Run).values(status="failed", exit_code=5, reason="odd"))
    consumer.step()
    assert trigger(quick, number).status == "waiting"


def test_only_the_episodes_that_failed_are_tried_again(one_by_one):
    (number,) = deliver(one_by_one, make_episodes(1, 2, 3))
    consumer = Dispatcher(one_by_one).consumer
    consumer.step()
    with one_by_one.database.writing() as session:
        session.execute(update(Run).values(status="completed"))
        session.execute(update(Run).where(Run.id == 2).values(status="failed", reason="no art"))
    with time_machine.travel(now() + timedelta(seconds=1), tick=False):
        consumer.step()
    assert (trigger(one_by_one, number).status, trigger(one_by_one, number).last_error) == (
        "waiting",
        "no art",
    )
    let_time_pass(one_by_one)
    consumer.step()
    numbers = [by_name(["", *run.arguments])["-arr_episode_numbers"] for run in rows(one_by_one)]
    assert numbers == ["1", "2", "3", "2"]
