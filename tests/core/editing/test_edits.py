"""What the script says of edits becomes rows of the history and errors of the caller."""

import pytest

from app.core.editing.edits import (
    ArtworkEdit,
    EditFailure,
    EditOutcome,
    edit_outcome,
    longest_seconds,
    notes_of,
)
from app.core.editing.runs import UNFINISHED, begin_edit, end_edit, fail_edit, is_edit, journal_mark
from app.core.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable
from app.models import Run, Status
from tests.past_runs import make_run


def failure(path="a.jpg", code="held", error="a person holds it"):
    return EditFailure(path, error, code)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("path", Invalid),
        ("no_file", Invalid),
        ("outside", Forbidden),
        ("missing", NotFound),
        ("changed", Conflict),
        ("held", Conflict),
        ("ENOSPC", Unavailable),
        ("", Unavailable),
    ],
)
def test_the_one_edit_that_failed_is_an_error_of_its_own_kind(code, error):
    with pytest.raises(error, match=r"'a\.jpg' was not changed: a person holds it\."):
        EditOutcome(1, [], [failure(code=code)]).require_done()


@pytest.mark.parametrize("failed", [[], [failure()]])
def test_what_was_done_in_part_or_had_nothing_to_do_is_no_error(failed):
    EditOutcome(1, ["b.jpg"], failed).require_done()
    EditOutcome(1).require_done()


def test_only_what_was_done_is_counted_in_the_notes():
    edits = [ArtworkEdit("delete", "a"), ArtworkEdit("put", "b", "/x"), ArtworkEdit("put", "c", "/y")]
    outcome = edit_outcome(
        7, {"done": ["a", "c"], "failed": [{"path": "b", "error": "full", "code": "ENOSPC"}]}
    )
    assert notes_of(edits, outcome) == "1 deleted, 1 put in place"
    assert outcome.summary == "2 files are as they were before, 1 left: full"
    assert notes_of(edits, EditOutcome(7)) == ""


@pytest.mark.parametrize(("count", "seconds"), [(0, 60), (100, 80), (8_700, 1800), (10**6, 1800)])
def test_the_time_grows_with_the_number_of_edits_up_to_half_an_hour(count, seconds):
    assert longest_seconds(count) == pytest.approx(seconds)


def test_an_edit_whose_process_ends_is_left_as_an_interrupted_run(session):
    run = begin_edit(session, in_part=True)
    assert (run.mode, run.status, run.reason, run.ended_at) == ("edit", Status.INTERRUPTED, UNFINISHED, None)
    assert (journal_mark(run), run.arguments) == (f"{run.id}-1", ["-Only"])
    fail_edit(session, run.id, "The disk is away.")
    assert run.status == Status.INTERRUPTED and run.reason == f"The disk is away. {UNFINISHED}"
    assert run.ended_at >= run.started_at


@pytest.mark.parametrize(
    ("done", "failed", "status", "reason"),
    [
        (["a"], [], Status.COMPLETED, None),
        ([], [], Status.COMPLETED, None),
        (["a"], [failure("b")], Status.COMPLETED, "1 of 2 files were not changed: b: a person holds it"),
        (
            [],
            [failure(name, error="x") for name in "abcde"],
            Status.FAILED,
            "5 of 5 files were not changed: a: x; b: x; c: x; and 2 more",
        ),
    ],
)
def test_the_row_says_what_was_not_changed(session, done, failed, status, reason):
    run = begin_edit(session)
    end_edit(session, EditOutcome(run.id, done, failed), "notes", cleared=len(done))
    assert (run.status, run.reason, run.errors, run.images_cleared) == (
        status,
        reason,
        len(failed),
        len(done),
    )


def test_an_edit_that_is_taken_back_again_and_again_stays_an_edit(session):
    edit, other = begin_edit(session), make_run()
    session.add(other)
    undo = begin_edit(session, undoes=edit.id)
    again = begin_edit(session, undoes=undo.id)
    of_run = begin_edit(session, undoes=other.id)
    assert [is_edit(session, run) for run in (edit, undo, again, other, of_run)] == [True] * 3 + [False] * 2
    # Rows that retention has deleted, and rows that name each other after a damage, come to an end.
    lost, loop = Run(id=901, mode="undo", undoes=900), Run(id=903, mode="undo", undoes=903)
    assert [is_edit(session, run) for run in (lost, loop)] == [False, False]
