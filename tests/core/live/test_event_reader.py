"""Rows and shared state that change become events, each once."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update

from app.core.editing.edits import EditOutcome
from app.core.editing.runs import begin_edit, end_edit
from app.core.live import run_events, trigger_events
from app.core.live.event_reader import EventReader
from app.core.runs import request_run
from app.core.state import SharedState
from app.models import Origin, Run, Status, Trigger, TriggerStatus
from app.models.base import now
from tests.past_runs import make_active_run, make_run
from tests.triggers import deliver, make_film


class Watch:
    """A reader over a database of its own; `happens` does something and returns the events of it."""

    def __init__(self, machine):
        self.machine, self.state = machine, SharedState(None)
        self.reader = EventReader(self.state)

    def read(self):
        with self.machine.database.reading() as session:
            return self.reader.read(session)

    def happens(self, change, *arguments):
        with self.machine.database.writing() as session:
            change(session, *arguments)
        return [(event.kind, event.fields.get("status")) for event in self.read()]


@pytest.fixture
def watch(machine):
    return Watch(machine)


@pytest.fixture
def begun(watch):
    with watch.machine.database.writing() as session:
        session.add(make_run())
    assert watch.read() == []
    return watch


def queue_run(session):
    request_run(session, "testing", "api")


def change_run(session, **columns):
    session.execute(update(Run).where(Run.id == newest(session)).values(**columns))


def newest(session):
    return session.scalar(select(func.max(Run.id)))


def start(session):
    change_run(session, status=Status.RUNNING, started_at=now())


def end(session):
    change_run(session, status=Status.FAILED, ended_at=now(), reason="no key")


def put_back(session):
    change_run(session, status=Status.QUEUED, started_at=None, attempt=1)


def remove(session):
    session.execute(delete(Run).where(Run.id == newest(session)))


def pass_quickly(session):
    queue_run(session)
    start(session)
    end(session)


def cancel(session):
    change_run(session, status=Status.SKIPPED, ended_at=now())


def skip(session):
    session.add(make_run(status=Status.SKIPPED))


def bring_in(session):
    session.add(make_run(origin=Origin.RECOVERED))


def finish_edit(session):
    end_edit(session, EditOutcome(session.scalar(select(func.max(Run.id))), ["a.jpg"]), "1 deleted")


QUEUED, STARTED = ("run_queued", "queued"), ("run_started", "running")


@pytest.mark.parametrize(
    "life",
    [
        ((queue_run, [QUEUED]), (start, [STARTED]), (end, [("run_ended", "failed")])),
        ((queue_run, [QUEUED]), (start, [STARTED]), (put_back, [QUEUED]), (start, [STARTED])),
        ((queue_run, [QUEUED]), (cancel, [("run_ended", "skipped")])),
        ((queue_run, [QUEUED]), (remove, [("run_removed", None)]), (queue_run, [QUEUED])),
        ((pass_quickly, [(kind, "failed") for kind in run_events.KINDS]),),
        ((skip, [("run_ended", "skipped")]),),
        ((bring_in, [("run_ended", "completed")]),),
        (
            (begin_edit, [("run_queued", "interrupted"), ("run_started", "interrupted")]),
            (finish_edit, [("run_ended", "completed")]),
        ),
    ],
)
def test_the_life_of_a_run_is_told_in_its_order(begun, life):
    for change, expected in life:
        assert begun.happens(change) == expected
        assert begun.read() == []


def test_an_event_of_a_run_names_it_and_its_times(begun):
    with begun.machine.database.writing() as session:
        pass_quickly(session)
        number = newest(session)
    ended = begun.read()[-1].fields
    assert (ended["id"], ended["mode"], ended["reason"]) == (number, "testing", "no key")
    assert ended["queued_at"] < ended["started_at"] < ended["ended_at"]


def test_many_runs_at_once_are_one_event(begun, monkeypatch):
    monkeypatch.setattr(run_events, "MOST_AT_ONCE", 3)
    with begun.machine.database.writing() as session:
        session.add_all(make_run() for _ in range(5))
    [event] = begun.read()
    assert (event.kind, event.fields["subject"]) == ("reset", "runs")
    assert begun.read() == []


def test_the_progress_of_a_run_is_sent_as_it_changes(watch):
    watch.state.publish(run=make_active_run())
    [event] = watch.read()
    assert (event.kind, event.fields["percent"], event.is_kept) == ("run_progress", 25.0, False)
    watch.state.publish(run=make_active_run(quiet_since="now"))
    assert watch.read() == []
    watch.state.publish(run=None)
    assert watch.read() == []


def test_the_life_of_a_trigger_is_told_in_its_order(watch):
    [first] = deliver(watch.machine, make_film())
    assert watch.read() == []
    [second] = deliver(watch.machine, make_film(tmdb=9, title="Heat"))
    [event] = watch.read()
    assert event.kind == "trigger_received"
    assert (event.fields["id"], event.fields["item"]) == (second, "Heat (1979)")

    def set_status(session, number, status):
        session.execute(update(Trigger).where(Trigger.id == number).values(status=status))

    for status in (TriggerStatus.QUEUED, TriggerStatus.DONE):
        assert watch.happens(set_status, first, status) == [("trigger_changed", status)]
    removal = delete(Trigger).where(Trigger.id == second)
    assert watch.happens(lambda session: session.execute(removal)) == [("trigger_removed", None)]


def test_a_trigger_that_is_done_between_two_looks_is_not_missed(watch):
    watch.read()
    deliver(watch.machine, make_film())
    done = update(Trigger).values(status=TriggerStatus.DONE, ended_at=now() + timedelta(seconds=1))
    assert watch.happens(lambda session: session.execute(done)) == [("trigger_received", "done")]


def test_many_triggers_at_once_are_one_event(watch, monkeypatch):
    watch.read()
    monkeypatch.setattr(trigger_events, "MOST_AT_ONCE", 1)
    deliver(watch.machine, make_film(), make_film(tmdb=9))
    [event] = watch.read()
    assert (event.kind, event.fields["subject"]) == ("reset", "triggers")


def test_an_error_of_the_database_loses_no_event(begun, monkeypatch):
    with begun.machine.database.writing() as session:
        queue_run(session)
    with monkeypatch.context() as patch:
        patch.setattr(trigger_events, "select", lambda *columns: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            begun.read()
    assert [event.kind for event in begun.read()] == ["run_queued"]
