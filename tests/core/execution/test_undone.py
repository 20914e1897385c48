"""Which runs count as undone, by what undo runs did since."""

import pytest

from app.core.execution.undone import Undone, undone_runs
from app.models import Status
from tests.past_runs import make_run

ONLY = ("-Only", '["a"]')


def undo(run, *words, **overrides):
    return {"mode": "undo", "arguments": [str(run), *words], "undoes": run, **overrides}


@pytest.mark.parametrize(
    ("undos", "expected"),
    [
        ([], {}),
        ([undo(1)], {1: Undone(2, False)}),
        ([undo(1), undo(2)], {2: Undone(3, False)}),
        ([undo(1), undo(2), undo(3)], {1: Undone(2, False), 3: Undone(4, False)}),
        ([undo(1, *ONLY)], {1: Undone(2, True)}),
        ([undo(1, errors=2)], {1: Undone(2, True)}),
        ([undo(1, reason="1 picture was not taken back: a: changed since")], {1: Undone(2, True)}),
        ([undo(1), undo(1, *ONLY)], {1: Undone(2, False)}),
        ([undo(1), undo(2, *ONLY)], {1: Undone(2, False), 2: Undone(3, True)}),
        ([undo(1, status=Status.FAILED)], {}),
        ([undo(1, status=Status.QUEUED)], {}),
    ],
)
def test_a_run_is_undone_by_the_last_undo_that_still_counts(session, undos, expected):
    session.add(make_run())
    for overrides in undos:
        session.flush()
        session.add(make_run(**overrides))
    session.flush()
    assert undone_runs(session) == expected
