from datetime import timedelta

from app.core.execution.run_figures import run_figures
from app.models import Status
from app.models.base import now
from tests.past_runs import make_run


def test_nothing_has_run_yet(session):
    figures = run_figures(session)
    assert (figures.counts, figures.queued, figures.last_run_age) == ([], 0, None)


def test_runs_are_counted_by_mode_and_status(session):
    recent = now() - timedelta(seconds=300)
    session.add_all(
        [
            make_run(started_at=recent),
            make_run(started_at=recent),
            make_run(started_at=recent, mode="testing", status=Status.FAILED),
            make_run(mode="testing", status=Status.QUEUED, started_at=None, ended_at=None, queued_at=recent),
        ]
    )
    session.flush()
    figures = run_figures(session)
    assert sorted(figures.counts) == [
        ("scheduled", "completed", 2),
        ("testing", "failed", 1),
        ("testing", "queued", 1),
    ]
    assert figures.queued == 1
    assert 46 <= figures.last_run_age < 60


def test_a_run_that_was_skipped_is_not_the_last_one(session):
    session.add(make_run(status=Status.SKIPPED))
    session.flush()
    assert run_figures(session).last_run_age is None
