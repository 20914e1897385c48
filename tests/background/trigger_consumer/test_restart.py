"""What a server that died, a loss of power or a person left behind is put in order by the next one."""

import os

import pytest
from sqlalchemy import update

from app.background.dispatcher import Dispatcher
from app.core.processes import boot
from app.core.triggers import dead_letters, staging, trigger_files
from app.core.triggers.inbox import Delivery
from app.models import Trigger
from app.models.base import now
from app.services.inbox import Inbox
from tests.driving import rows, tick_until
from tests.triggers import (
    be_due,
    consume,
    deliver,
    make_episodes,
    make_film,
    make_tautulli,
    staged,
    trigger,
    triggers,
    watched,
)

DEAD = f"{2**22 + 1}{staging.SEPARATOR}{boot()}:1"
DEAD_BEFORE_THE_BOOT = f"{2**22 + 1}{staging.SEPARATOR}an-earlier-boot:1"


def begin(machine, *events):
    """A request that went as far as its commit."""
    inbox = Inbox(machine)
    delivery = Delivery(events, now())
    inbox.stage(delivery)
    inbox.submit(delivery)
    return delivery


def die(machine, name=DEAD):
    """Let the process that staged files be one that is gone."""
    staging.process_folder(machine.paths).rename(machine.paths.inbox / name)


def start(machine):
    dispatcher = Dispatcher(machine)
    dispatcher.consumer.step()
    return dispatcher


def test_a_file_without_a_row_is_removed(patient):
    staging.stage(patient.paths, "parcel", "x.posterizarr", b"[RatingKey]: 1\n")
    die(patient)
    start(patient)
    assert staged(patient) == [] and watched(patient) == [] and triggers(patient) == []


def test_a_request_that_was_not_answered_leaves_nothing(patient):
    begin(patient, make_film())
    die(patient)
    assert len(triggers(patient)) == 1
    start(patient)
    assert staged(patient) == [] and watched(patient) == [] and triggers(patient) == []


def test_a_request_whose_files_moved_in_part_leaves_nothing(patient):
    delivery = begin(patient, make_episodes(1, season=1), make_episodes(1, season=2))
    staging.publish_staged(patient.paths, delivery.staged[0])
    die(patient)
    start(patient)
    assert staged(patient) == [] and watched(patient) == [] and triggers(patient) == []


def test_after_a_loss_of_power_what_is_in_the_database_counts(patient):
    begin(patient, make_film())
    die(patient, DEAD_BEFORE_THE_BOOT)
    start(patient)
    (found,) = triggers(patient)
    assert found.status == "waiting" and watched(patient) == [found.file] and staged(patient) == []


def test_what_runs_already_is_kept(quick):
    begin(quick, make_tautulli())
    dispatcher = start(quick)
    assert len(rows(quick)) == 1
    die(quick)
    consume(quick, dispatcher)
    tick_until(dispatcher, lambda: not watched(quick) and not staged(quick))
    assert [found.status for found in triggers(quick)] == ["done"] and len(rows(quick)) == 1


def test_a_request_that_is_under_way_is_left_alone(patient):
    delivery = begin(patient, make_film())
    start(patient)
    assert len(staged(patient)) == 1 and len(triggers(patient)) == 1
    staging.publish_staged(patient.paths, delivery.staged[0])
    assert watched(patient) == [triggers(patient)[0].file]


def test_the_folders_of_dead_processes_go(patient):
    (patient.paths.inbox / DEAD).mkdir(parents=True)
    (patient.paths.inbox / "lost+found").mkdir()
    start(patient)
    assert list(patient.paths.inbox.iterdir()) == []


def long_ago(machine):
    with machine.database.writing() as session:
        for row in session.query(Trigger):
            row.received_at = row.first_at = row.received_at.replace(year=2020)


def test_the_file_of_a_waiting_trigger_is_written_again(patient):
    (number,) = deliver(patient, make_film())
    path = patient.paths.watcher / trigger(patient, number).file
    before = path.read_bytes()
    path.unlink()
    long_ago(patient)
    start(patient)
    assert path.read_bytes() == before


def test_a_file_that_has_no_place_any_more_holds_up_nothing(patient):
    (number,) = deliver(patient, make_film())
    (patient.paths.watcher / trigger(patient, number).file).unlink()
    with patient.database.writing() as session:
        session.execute(update(Trigger).values(file="gone/x.posterizarr"))
    (patient.paths.watcher / "gone").touch()
    long_ago(patient)
    be_due(patient)
    (run,) = consume(patient)
    assert run.status == "completed" and trigger(patient, number).status == "done"


def test_a_server_that_died_between_removing_a_file_and_noting_it_runs_nothing_twice(quick):
    (number,) = deliver(quick, make_film())
    dispatcher = Dispatcher(quick)
    consume(quick, dispatcher)
    with quick.database.writing() as session:
        session.execute(update(Trigger).values(status="queued", ended_at=None))
    again = Dispatcher(quick)
    again.consumer.step()
    assert trigger(quick, number).status == "done" and len(rows(quick)) == 1


def test_a_file_of_ours_whose_run_completed_is_no_file_of_others(quick):
    (number,) = deliver(quick, make_film())
    path = quick.paths.watcher / trigger(quick, number).file
    text = path.read_bytes()
    dispatcher = Dispatcher(quick)
    consume(quick, dispatcher)
    path.write_bytes(text)
    os.utime(path, (1, 1))
    for _ in range(3):
        dispatcher.consumer.survey_due = 0.0
        dispatcher.consumer.step()
    assert len(rows(quick)) == 1 and watched(quick) == []


@pytest.fixture
def off(machine_with):
    """A machine whose files belong to Start.ps1."""
    return machine_with("obedient", ARR_WAIT_TIME="0", TRIGGER_CONSUMER="off")


def later(machine):
    long_ago(machine)
    survey_twice(machine)


def survey_twice(machine):
    dispatcher = Dispatcher(machine)
    for _ in range(2):
        dispatcher.consumer.survey_due = 0.0
        dispatcher.consumer.step()


def test_with_the_consumer_off_nothing_runs_and_a_trigger_ends_with_its_file(off):
    (number,) = deliver(off, make_tautulli())
    (off.paths.watcher / "foreign.posterizarr").write_text("[RatingKey]: 5\n[mediatype]: movie\n")
    later(off)
    assert trigger(off, number).status == "handed_over" and rows(off) == []
    assert len(triggers(off)) == 1 and len(watched(off)) == 2
    (off.paths.watcher / trigger(off, number).file).unlink()
    later(off)
    assert trigger(off, number).status == "done" and rows(off) == []


def test_what_start_ps1_took_while_no_server_looked_is_not_written_again(off):
    (number,) = deliver(off, make_tautulli())
    (off.paths.watcher / trigger(off, number).file).unlink()
    later(off)
    assert trigger(off, number).status == "done" and watched(off) == [] and rows(off) == []


def test_a_replay_whose_file_is_not_there_yet_has_not_been_taken(off):
    (number,) = deliver(off, make_tautulli())
    (off.paths.watcher / trigger(off, number).file).unlink()
    long_ago(off)
    with off.database.writing() as session:
        session.execute(update(Trigger).values(status="failed"))
        row = dead_letters.replay(session, number, now())
    survey_twice(off)
    assert trigger(off, number).status == "waiting"
    trigger_files.restore_file(off.paths, row)
    later(off)
    assert trigger(off, number).status == "handed_over" and watched(off) == [trigger(off, number).file]


def test_once_the_consumer_is_on_again_what_was_not_taken_runs(off, machine_with):
    taken, left = deliver(off, make_tautulli(1), make_tautulli(2))
    later(off)
    (off.paths.watcher / trigger(off, taken).file).unlink()
    on = machine_with("obedient", ARR_WAIT_TIME="0")
    (run,) = consume(on)
    assert run.arguments[1] == "2" and trigger(on, left).status == trigger(on, taken).status == "done"
