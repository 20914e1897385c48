"""Due moments in the database: one run each, or the reason why there was none."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.core.runs import claim_next, request_run
from app.core.schedule import occurrences
from app.core.schedule.occurrences import occurrence, queue_due, record_missed
from app.core.schedule.schedule_entry import read_schedule_entry
from app.models import Origin, Run, Status
from app.models.base import now

BERLIN = ZoneInfo("Europe/Berlin")
DUE = datetime(2025, 11, 25, 18, 30, tzinfo=UTC)


def make_entry(**overrides):
    return read_schedule_entry({"time": "19:30", **overrides}, {})


def queue(session, entry=None, due=DUE, skip_if_running=True, foreign=False):
    return queue_due(session, entry or make_entry(), due, skip_if_running, foreign)


def start_a_run(session, mode="normal", origin=Origin.API):
    request_run(session, mode, origin)
    session.flush()
    return claim_next(session, now() + timedelta(seconds=1))


def all_runs(session):
    return session.scalars(select(Run).order_by(Run.id)).all()


def test_a_due_moment_becomes_a_queued_run(session):
    run = queue(session)
    assert (run.mode, run.origin, run.status) == ("scheduled", Origin.SCHEDULE, Status.QUEUED)
    assert all_runs(session) == [run]


def test_an_entry_with_a_mode_of_its_own_runs_in_it(session):
    run = queue(session, make_entry(mode="logoupdater", library="-Movies"))
    assert run.mode == "logoupdater"
    assert run.arguments == ["-LibraryName", " -Movies"]


def test_the_same_moment_is_queued_once_whoever_asks(session):
    queue(session)
    assert queue(session, due=DUE.astimezone(BERLIN)) is None
    assert record_missed(session, make_entry(), DUE, BERLIN) is None
    assert len(all_runs(session)) == 1


def test_other_moments_and_other_entries_have_an_identity_of_their_own():
    entry = make_entry()
    known = {
        occurrence(entry, DUE),
        occurrence(entry, DUE + timedelta(days=1)),
        occurrence(make_entry(mode="backup"), DUE),
    }
    assert len(known) == 3


def test_a_moment_is_skipped_while_a_run_is_active(session):
    active = start_a_run(session)
    run = queue(session)
    assert run.status == Status.SKIPPED
    assert run.reason == f"Posterizarr Normal Mode @ 19:30: run {active.id} (normal) is still active"
    assert run.ended_at is not None


@pytest.mark.parametrize("mode", ["normal", "scheduled"])
def test_a_moment_is_skipped_while_a_run_of_its_kind_waits(session, mode):
    request_run(session, mode, Origin.API)
    assert queue(session).status == Status.SKIPPED


def test_a_waiting_run_of_another_kind_is_no_reason_to_skip(session):
    request_run(session, "backup", Origin.API)
    assert queue(session).status == Status.QUEUED


def test_a_moment_is_skipped_while_a_foreign_script_is_alive(session):
    run = queue(session, foreign=True)
    assert run.status == Status.SKIPPED
    assert "did not start" in run.reason


def test_nothing_is_skipped_where_the_user_does_not_want_it(session):
    start_a_run(session)
    request_run(session, "normal", Origin.API)
    assert queue(session, skip_if_running=False, foreign=True).status == Status.QUEUED


def test_a_moment_is_skipped_while_the_queue_is_full(session, monkeypatch):
    monkeypatch.setattr(occurrences, "MOST_QUEUED", 1)
    request_run(session, "testing", Origin.API)
    run = queue(session, skip_if_running=False)
    assert run.status == Status.SKIPPED and "runs are queued already" in run.reason


def test_two_entries_that_are_due_together_both_take_place_though_the_first_has_begun(session):
    first = queue(session, make_entry(mode="syncjelly"))
    assert claim_next(session, now() + timedelta(seconds=1)) is first
    assert queue(session, foreign=True).status == Status.QUEUED


def test_a_run_that_was_active_before_the_moment_came_is_no_neighbour(session):
    earlier = start_a_run(session, "backup", Origin.SCHEDULE)
    run = queue(session, due=earlier.queued_at + timedelta(seconds=1))
    assert run.status == Status.SKIPPED


def test_a_missed_moment_is_remembered_with_its_local_time(session):
    run = record_missed(session, make_entry(), DUE, BERLIN)
    assert (run.status, run.origin) == (Status.SKIPPED, Origin.SCHEDULE)
    assert "due at 2025-11-25 19:30" in run.reason
