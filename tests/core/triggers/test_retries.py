"""What becomes of a trigger whose run did not complete."""

import pytest

from app.core.triggers.retries import setback
from app.models import Run


def make_run(**facts):
    return Run(
        **{"id": 7, "mode": "arr", "origin": "webhook", "status": "failed", "reason": "no art", **facts}
    )


def minutes(found):
    delays = [found.delay(attempts) for attempts in range(1, 7)]
    return [delay and delay.total_seconds() / 60 for delay in delays]


@pytest.mark.parametrize("status", ["failed", "interrupted"])
def test_failed_runs_are_tried_again_four_times(status):
    found = setback(make_run(status=status), True)
    assert minutes(found) == [1, 5, 15, 60, None, None] and found.reason == "no art"


@pytest.mark.parametrize(
    ("status", "reason"),
    [("stopped", "stopped by a person"), ("skipped", "cancelled by a person before it began")],
)
def test_what_a_person_ended_is_not_tried_again(status, reason):
    found = setback(make_run(status=status), False)
    assert minutes(found) == [None] * 6 and found.reason == reason


@pytest.mark.parametrize(
    ("code", "is_hopeless"), [(5, True), (2, True), (1, False), (None, False), (-9, False)]
)
def test_some_codes_of_our_own_script_are_final(code, is_hopeless):
    assert setback(make_run(exit_code=code), True).is_hopeless is is_hopeless
    assert not setback(make_run(exit_code=code), False).is_hopeless


def test_a_run_without_a_reason_tells_at_least_its_number():
    assert setback(make_run(reason=None), False).reason == "run 7 failed"


def test_a_run_that_is_gone_from_the_history_is_tried_again():
    assert minutes(setback(None, True))[0] == 1
