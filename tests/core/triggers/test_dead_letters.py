"""What was done is forgotten some day; what failed is not."""

import pytest

from app.core.errors import Conflict, NotFound
from app.core.triggers.dead_letters import forget, prune, replay
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
    assert (prune(session, kept=2), prune(session, kept=2)) == (3, 0)
    session.expire_all()
    left = {row.id for row in session.query(Trigger)}
    assert left == {row.id for row in (*done[3:], *others)}
    assert session.query(TriggerRun).count() == 0 and session.query(Run).count() == 1


def test_a_letter_that_nobody_understands_cannot_be_replayed(session):
    row = add(session, status="failed", fields=[])
    with pytest.raises(Conflict, match="cannot be understood"):
        replay(session, row.id, now())


def test_a_replayed_letter_of_others_gets_a_name_of_its_own(session, machine):
    row = add(session, parcel=None, file="folder/same.posterizarr")
    row.file, row.status = move_to_dead_letters(machine.paths, row, "no art", now()), "failed"
    assert row.file == f"failed/{row.id}-same.failed"
    assert replay(session, row.id, now()).file == f"{row.id}-same.posterizarr"


def test_what_is_not_there_cannot_be_forgotten(session, machine):
    with pytest.raises(NotFound):
        forget(session, machine.paths, 5)
