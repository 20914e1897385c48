"""What was done is deleted some day, and so is what failed, with its files."""

from datetime import timedelta

import pytest

from app.core.errors import Conflict, NotFound
from app.core.triggers import dead_letters
from app.core.triggers.dead_letters import forget_trigger, prune_done, prune_failed, replay
from app.core.triggers.inbox import new_row
from app.core.triggers.trigger_files import move_to_dead_letters
from app.models import Run, Trigger, TriggerRun
from app.models.base import now
from tests.triggers import make_film


def add(session, number=1, **facts):
    row = Trigger(**{**new_row(make_film(number), f"{number}.posterizarr", now(), "p" * 32), **facts})
    session.add(row)
    session.flush()
    return row


def test_only_the_newest_of_what_is_done_are_kept(session):
    done = [add(session, number, status="done") for number in range(1, 6)]
    others = [add(session, 9, status=status) for status in ("waiting", "queued", "failed", "handed_over")]
    run = Run(mode="arr", origin="webhook")
    session.add(run)
    session.flush()
    session.add(TriggerRun(trigger_id=done[0].id, run_id=run.id))
    session.flush()
    assert (prune_done(session, kept=2), prune_done(session, kept=2)) == (3, 0)
    session.expire_all()
    left = {row.id for row in session.query(Trigger)}
    assert left == {row.id for row in (*done[3:], *others)}
    assert session.query(TriggerRun).count() == 0 and session.query(Run).count() == 1


def add_failed(session, machine, number, days):
    row = add(session, number, status="failed")
    row.file = move_to_dead_letters(machine.paths, row, "no art", now())
    row.ended_at = now() - timedelta(days=days)
    return row


def dead_files(machine):
    return sorted(path.name for path in (machine.paths.watcher / "failed").iterdir())


def test_what_failed_is_kept_for_90_days_and_then_deleted_with_its_files(session, machine, monkeypatch):
    monkeypatch.setattr(dead_letters, "LEAST_FAILED", 0)
    for number, days in ((1, 91), (2, 89), (3, 91)):
        add_failed(session, machine, number, days)
    assert len(dead_files(machine)) == 6
    assert (prune_failed(session, machine.paths, now()), prune_failed(session, machine.paths, now())) == (
        2,
        0,
    )
    assert dead_files(machine) == ["2.failed", "2.reason.txt"]
    assert [row.file for row in session.query(Trigger)] == ["failed/2.failed"]


@pytest.mark.parametrize(("least", "most", "days", "left"), [(2, 9, 999, 2), (0, 3, 0, 3), (2, 9, 0, 5)])
def test_a_wrong_clock_leaves_the_newest_and_a_flood_no_more_than_the_most(
    session, machine, monkeypatch, least, most, days, left
):
    monkeypatch.setattr(dead_letters, "LEAST_FAILED", least)
    monkeypatch.setattr(dead_letters, "MOST_FAILED", most)
    rows = [add_failed(session, machine, number, days) for number in range(1, 6)]
    prune_failed(session, machine.paths, now())
    assert [row.id for row in session.query(Trigger)] == [row.id for row in rows[-left:]]
    assert len(dead_files(machine)) == 2 * left


def test_a_failed_trigger_whose_file_cannot_be_deleted_stays_and_holds_up_no_other(
    session, machine, monkeypatch
):
    monkeypatch.setattr(dead_letters, "LEAST_FAILED", 0)
    stuck, _ = (add_failed(session, machine, number, 91) for number in (1, 2))
    (machine.paths.watcher / "failed" / "1.failed").unlink()
    (machine.paths.watcher / "failed" / "1.failed").mkdir()
    assert prune_failed(session, machine.paths, now()) == 1
    assert [row.id for row in session.query(Trigger)] == [stuck.id]


def test_a_letter_that_nobody_understands_cannot_be_replayed(session):
    row = add(session, status="failed", fields=[])
    with pytest.raises(Conflict, match="not valid"):
        replay(session, row.id, now())


def test_a_replayed_letter_of_others_gets_a_name_of_its_own(session, machine):
    row = add(session, parcel=None, file="folder/same.posterizarr")
    row.file, row.status = move_to_dead_letters(machine.paths, row, "no art", now()), "failed"
    assert row.file == f"failed/{row.id}-same.failed"
    assert replay(session, row.id, now()).file == f"{row.id}-same.posterizarr"


def test_what_is_not_there_cannot_be_forgotten(session, machine):
    with pytest.raises(NotFound):
        forget_trigger(session, machine.paths, 5)
