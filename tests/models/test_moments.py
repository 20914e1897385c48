"""What the columns take and give back: aware times, long names, and what a row says of itself."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.models import ApiKey, BrowserSession, Run, StoredDocument
from app.models.base import now
from tests.past_runs import BEGAN, make_run

SUMMER = timezone(timedelta(hours=14))


def test_a_time_of_any_zone_is_the_same_moment_and_is_kept_in_utc(session):
    local = datetime(2025, 3, 30, 2, 30, 0, 123456, tzinfo=SUMMER)
    session.add(make_run(queued_at=local, ended_at=None))
    session.flush()
    session.expire_all()
    run = session.scalars(select(Run)).one()
    assert run.queued_at == local and run.queued_at.tzinfo is UTC and run.ended_at is None
    kept = session.execute(text("SELECT queued_at FROM runs")).scalar()
    assert str(kept).startswith("2025-03-29 12:30:00.123456")


def test_times_are_compared_and_sorted_as_moments(session):
    later, earlier = (
        BEGAN.astimezone(SUMMER) + timedelta(seconds=1),
        BEGAN.astimezone(timezone(-timedelta(hours=9))),
    )
    session.add_all([make_run(queued_at=later), make_run(queued_at=earlier)])
    session.flush()
    found = session.scalars(select(Run.queued_at).order_by(Run.queued_at)).all()
    assert found == [BEGAN, BEGAN + timedelta(seconds=1)]
    assert session.scalars(select(Run.id).where(Run.queued_at <= BEGAN.astimezone(SUMMER))).all() == [2]


def test_the_present_moment_is_aware():
    assert now().tzinfo is UTC and abs(now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_row_says_what_it_is_without_its_secret():
    key = ApiKey(name="So'narr", prefix="pz_abc", digest="the-digest", scopes=["read"])
    assert repr(key) == '<ApiKey pz_abc "So\'narr">'


def test_a_document_holds_any_text_of_json_and_a_missing_one(session):
    bodies = {"a": ["\N{CLAPPER BOARD}", 'q"\\', 2**53, 1.5, None, {}], "b": {"x": {"y": []}}, "c": None}
    session.add_all(StoredDocument(name=name, body=body) for name, body in bodies.items())
    session.flush()
    session.expire_all()
    assert {row.name: row.body for row in session.scalars(select(StoredDocument))} == bodies


@pytest.mark.parametrize("column", ["digest", "prefix"])
def test_what_names_one_row_names_no_other(session, column):
    values = {"name": "x", "bond": "b", "expires_at": BEGAN}
    rows = [BrowserSession(digest="same", **values) for _ in range(2)]
    if column == "prefix":
        rows = [ApiKey(name="x", prefix="same", digest=str(number), scopes=[]) for number in range(2)]
    session.add_all(rows)
    with pytest.raises(IntegrityError):
        session.flush()
