"""How far a run has come, before all of its libraries are listed."""

from app.poster.pipeline.account import Steps


def test_the_total_is_estimated_by_the_items_that_are_known():
    steps = Steps()
    assert steps.total == 0
    steps.expect("movies", 10)
    steps.expect("shows", 5)
    for _ in range(5):
        steps.plan(2)
    assert steps.total == 30
    for _ in range(10):
        steps.plan(4)
    assert steps.total == 50


def test_a_library_that_holds_less_than_it_said_is_counted_as_it_is():
    steps = Steps()
    steps.expect("movies", 100)
    steps.plan(1)
    steps.expect("movies", 1)
    assert steps.total == 1
