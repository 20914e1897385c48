from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from app.core import runs
from app.core.errors import Conflict, Invalid, NotFound
from app.core.runs import claim_next, request_run, request_stop
from app.models import Run, Status
from app.models.base import now


def ask(session, mode="normal", **overrides):
    return request_run(session, mode, **{"origin": "api", **overrides})


def test_a_run_is_queued_with_its_reason_and_harmless_arguments(session):
    run = ask(session, "arr", origin="webhook", arguments=["-arr_title", "-x\n"], reason="Radarr: Alien")
    assert (run.status, run.reason, run.arguments) == ("queued", "Radarr: Alien", ["-arr_title", " -x"])
    assert runs.queued_count(session) == 1 and runs.active_run(session) is None


@pytest.mark.parametrize("facts", [{"mode": "x"}, {"mode": ""}, {"origin": "nobody"}])
def test_an_unknown_mode_or_origin_is_refused(session, facts):
    with pytest.raises(Invalid):
        ask(session, **facts)


@pytest.mark.parametrize("origin", ["api", "cli", "schedule"])
def test_a_full_queue_takes_no_more_but_what_triggers_need(session, monkeypatch, origin):
    monkeypatch.setattr(runs, "MOST_QUEUED", 2)
    first, _ = ask(session), ask(session)
    with pytest.raises(Conflict, match="Ask again when some have ended"):
        ask(session, origin=origin)
    assert ask(session, "arr", origin="webhook").status == "queued"
    runs.cancel(session, first.id)
    claim_next(session, now())
    assert ask(session, origin=origin).status == "queued"


def test_the_oldest_due_run_is_claimed_and_no_second_one_beside_it(session):
    first, second = ask(session), ask(session, "testing")
    claimed = claim_next(session, now())
    assert (claimed.id, claimed.status, claimed.attempt) == (first.id, "running", 1)
    assert claim_next(session, now()) is None and second.status == "queued"
    assert runs.active_run(session).id == first.id


def test_a_run_that_has_to_wait_lets_the_next_one_pass(session):
    first, second = ask(session), ask(session)
    runs.requeue(first, "another instance", now() + timedelta(seconds=30))
    assert claim_next(session, now()).id == second.id


def test_a_run_whose_wait_is_over_keeps_its_place(session):
    first = ask(session)
    ask(session)
    runs.requeue(first, "another instance", now() - timedelta(seconds=1))
    assert claim_next(session, now()).id == first.id


def test_a_run_that_was_put_back_while_the_clock_was_years_ahead_is_due(session):
    first = ask(session)
    runs.requeue(first, "another instance", now() + timedelta(days=900))
    assert claim_next(session, now()).id == first.id


def test_a_clock_that_was_set_back_does_not_change_the_order(session):
    first, second = ask(session), ask(session)
    second.queued_at = first.queued_at - timedelta(hours=1)
    session.flush()
    assert claim_next(session, now()).id == first.id


def test_the_database_itself_allows_one_running_row(session):
    for _ in range(2):
        ask(session).status = Status.RUNNING
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_waits_move_with_a_clock_that_is_moved(session):
    waiting, free = ask(session), ask(session)
    due = waiting.not_before = now()
    session.flush()
    runs.shift_waiting(session, -3600)
    assert due - waiting.not_before == timedelta(hours=1) and free.not_before is None


def test_a_forced_stop_is_never_softened(session):
    assert request_stop(session) is None
    ask(session)
    run = claim_next(session, now())
    assert request_stop(session).stop_requested == "polite"
    assert request_stop(session, force=True).stop_requested == "force"
    assert request_stop(session).stop_requested == "force" and run.status == "running"


def test_only_a_queued_run_can_be_cancelled(session):
    first, second = ask(session), ask(session)
    claim_next(session, now())
    cancelled = runs.cancel(session, second.id)
    assert (cancelled.status, cancelled.reason) == ("skipped", "cancelled before it began")
    with pytest.raises(Conflict, match="running"):
        runs.cancel(session, first.id)
    with pytest.raises(Conflict, match="skipped"):
        runs.cancel(session, second.id)


@pytest.mark.parametrize("number", [0, 4711, 2**31, 10**30])
def test_a_run_that_does_not_exist_is_not_found(session, number):
    with pytest.raises(NotFound):
        runs.existing_run(session, number)


def test_positions_tell_who_comes_first(session):
    first, second, third = ask(session), ask(session), ask(session)
    claim_next(session, now())
    assert [runs.ahead_of(session, run) for run in (second, third)] == [1, 2]
    assert [runs.position(session, run) for run in (second, third)] == [1, 2]
    assert first.status == "running"


def test_a_skipped_run_is_remembered_and_never_claimed(session):
    run = runs.record_skipped(session, "scheduled", "schedule", "another run was active")
    assert (run.status, run.reason) == ("skipped", "another run was active")
    assert claim_next(session, now()) is None


def test_pages_are_newest_first_and_filtered(session):
    for mode in ("normal", "testing", "normal"):
        ask(session, mode)
    page, total = runs.list_runs(session, limit=2)
    assert ([run.id for run in page], total) == ([3, 2], 3)
    assert [run.id for run in runs.list_runs(session, 2, offset=2)[0]] == [1]
    assert runs.list_runs(session, 9, mode="testing")[1] == 1
    assert runs.list_runs(session, 9, status="running") == ([], 0)


def test_a_claim_of_two_dispatchers_gives_the_run_to_one(database):
    with database.writing() as session:
        ask(session)
    with database.writing() as session:
        mine = claim_next(session, now())
    with database.writing() as session:
        theirs = claim_next(session, now())
    assert isinstance(mine, Run) and theirs is None
