"""Items wait for more of their events, and for nothing else."""

from datetime import timedelta

import time_machine

from app.background.dispatcher import Dispatcher
from app.core.triggers.waiting import Patience
from app.models import Trigger
from app.models.base import now
from tests.driving import drive_to_launch, queue, rows, tick_until
from tests.triggers import asked, consume, deliver, make_episodes, make_film, make_tautulli, trigger, triggers


def tick(dispatcher, times=5):
    for _ in range(times):
        dispatcher.consumer.step()


def test_nothing_runs_before_its_wait_is_over(patient):
    deliver(patient, make_film())
    tick(Dispatcher(patient))
    assert rows(patient) == []


def test_each_event_of_an_item_begins_the_wait_anew(patient):
    start = now()
    with time_machine.travel(start, tick=False):
        deliver(patient, make_episodes(1))
    with time_machine.travel(start + timedelta(seconds=200), tick=False):
        deliver(patient, make_episodes(2))
    dispatcher = Dispatcher(patient)
    for seconds, runs in ((350, 0), (499, 0), (501, 1)):
        with time_machine.travel(start + timedelta(seconds=seconds), tick=False):
            dispatcher.consumer.step()
            assert len(rows(patient)) == runs, seconds


def test_the_wait_has_a_cap(patient):
    start = now()
    for seconds in range(0, 3000, 250):
        with time_machine.travel(start + timedelta(seconds=seconds), tick=False):
            deliver(patient, make_episodes(seconds // 250 + 1))
            Dispatcher(patient).consumer.step()
            if rows(patient):
                break
    assert seconds == 1250
    assert "1,2,3,4,5,6" in rows(patient)[0].arguments


def test_the_cap_is_four_waits_and_never_more_than_an_hour():
    assert Patience(300).cap == timedelta(minutes=20)
    assert Patience(1800).cap == timedelta(hours=1)
    assert Patience(7200).cap == timedelta(hours=2), "a wait that somebody set longer is kept"
    assert Patience(0).cap == timedelta(0)


def test_waiting_items_hold_up_neither_each_other_nor_tautulli_nor_other_runs(patient):
    start = now()
    with time_machine.travel(start - timedelta(seconds=310), tick=False):
        early = deliver(patient, make_film(1, "Early"))
    late = deliver(patient, make_film(2, "Late"))
    quick = deliver(patient, make_tautulli())
    scheduled = queue(patient, "scheduled")
    dispatcher = Dispatcher(patient)
    tick_until(dispatcher, lambda: {trigger(patient, one).status for one in (*early, *quick)} == {"done"})
    assert trigger(patient, *late).status == "waiting"
    assert next(run for run in rows(patient) if run.id == scheduled).status == "completed"


def test_what_comes_while_another_run_is_active_is_still_one_run(lasting_quick):
    number = queue(lasting_quick, "scheduled")
    dispatcher = Dispatcher(lasting_quick)
    drive_to_launch(dispatcher, number)
    deliver(lasting_quick, make_film())
    tick(dispatcher)
    deliver(lasting_quick, make_film())
    _, run = consume(lasting_quick, dispatcher)
    assert run.mode == "arr" and len(asked(lasting_quick)) == 2


def test_an_event_that_comes_while_the_run_of_its_item_is_active_leads_to_a_further_run(lasting_quick):
    (first,) = deliver(lasting_quick, make_film())
    dispatcher = Dispatcher(lasting_quick)
    tick_until(
        dispatcher, lambda: trigger(lasting_quick, first).status == "queued" and rows(lasting_quick)[0].pid
    )
    (second,) = deliver(lasting_quick, make_film())
    assert len(consume(lasting_quick, dispatcher)) == 2
    assert {found.status for found in triggers(lasting_quick)} == {"done"} and second != first


def test_an_upgrade_after_a_finished_run_triggers_again(quick):
    deliver(quick, make_film())
    assert len(consume(quick)) == 1
    deliver(quick, make_film())
    assert len(consume(quick)) == 2


def test_a_moved_clock_moves_the_waits_along(patient):
    (number,) = deliver(patient, make_film())
    before = trigger(patient, number).waiting_until
    dispatcher = Dispatcher(patient)
    dispatcher.clock_offset -= 86400
    dispatcher.mind_clock()
    assert trigger(patient, number).waiting_until - before > timedelta(hours=23)


def test_a_clock_that_was_ahead_before_a_restart_lets_nobody_wait_for_years(patient):
    with time_machine.travel(now() + timedelta(days=900), tick=True):
        (number,) = deliver(patient, make_film())
    Dispatcher(patient).consumer.step()
    assert trigger(patient, number).waiting_until - now() < timedelta(seconds=301)


def test_a_restart_leaves_the_longest_wait_there_is_as_it_was(patient):
    (number,) = deliver(patient, make_film())
    with patient.database.writing() as session:
        session.get(Trigger, number).waiting_until = until = now() + timedelta(minutes=60)
    Dispatcher(patient).consumer.step()
    assert trigger(patient, number).waiting_until == until
