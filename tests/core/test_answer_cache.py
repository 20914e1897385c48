import sqlite3

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.exc import DatabaseError

from app.core.answer_cache import ROOM, Remembered
from app.models import Run
from tests.past_runs import make_run


@pytest.fixture
def remembered(database):
    if not database.is_sqlite:
        pytest.skip("only SQLite tells when it has changed")
    remembered = Remembered(database.engine)
    yield remembered
    remembered.close()


class Counting:
    """Counts the runs, and how often it was asked to."""

    def __init__(self, database):
        self.database = database
        self.calls = 0

    def __call__(self):
        self.calls += 1
        with self.database.reading() as session:
            return session.scalar(select(func.count(Run.id)))


def test_an_answer_is_computed_once_while_nobody_writes(remembered, database):
    count = Counting(database)
    assert [remembered.answer("runs", count) for _ in range(3)] == [0, 0, 0]
    assert count.calls == 1


def test_an_answer_falls_with_the_next_commit_of_anybody(remembered, database):
    count = Counting(database)
    remembered.answer("runs", count)
    with database.writing() as session:
        session.add(make_run())
    assert remembered.answer("runs", count) == 1


def test_another_process_counts_as_anybody(remembered, database):
    count = Counting(database)
    remembered.answer("runs", count)
    elsewhere = create_engine(database.url)
    with elsewhere.begin() as connection:
        connection.execute(Run.__table__.insert().values(mode="normal", origin="cli", status="completed"))
    elsewhere.dispose()
    assert remembered.answer("runs", count) == 1


def test_an_answer_computed_during_a_commit_counts_as_old(remembered, database):
    count = Counting(database)

    def overtaken():
        before = count()
        with database.writing() as session:
            session.add(make_run())
        return before

    assert remembered.answer("runs", overtaken) == 0
    assert remembered.answer("runs", count) == 1


def test_each_question_has_its_own_answer(remembered):
    assert remembered.answer(("history", 1), lambda: "one") == "one"
    assert remembered.answer(("history", 2), lambda: "two") == "two"


def test_only_so_many_answers_are_kept(remembered):
    for number in range(ROOM * 2):
        remembered.answer(number, lambda: "kept")
    assert len(remembered.answers) == ROOM


def test_an_error_is_not_an_answer(remembered):
    with pytest.raises(ZeroDivisionError):
        remembered.answer("broken", lambda: 1 / 0)
    assert remembered.answer("broken", lambda: "mended") == "mended"


def test_a_broken_file_keeps_nothing_and_hides_no_error(tmp_path):
    (tmp_path / "broken.db").write_bytes(b"this is no database " * 100)
    engine = create_engine(f"sqlite:///{tmp_path / 'broken.db'}")
    remembered = Remembered(engine)

    def count():
        with engine.connect() as connection:
            return connection.execute(select(func.count(Run.id))).scalar()

    assert remembered.answer("plain", lambda: "computed") == "computed"
    with pytest.raises(DatabaseError):
        remembered.answer("runs", count)
    remembered.close()
    engine.dispose()


def test_a_connection_that_broke_is_made_anew(remembered, database):
    count = Counting(database)
    remembered.answer("runs", count)
    remembered.connection.driver_connection.close()
    assert remembered.answer("runs", count) == 0
    remembered.answer("runs", count)
    calls = count.calls
    remembered.answer("runs", count)
    assert count.calls == calls


def test_its_connection_is_closed_with_all_others(remembered, database):
    count = Counting(database)
    remembered.answer("runs", count)
    raw = remembered.connection.dbapi_connection
    database.engine.dispose()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        raw.execute("SELECT 1")
    assert remembered.answer("runs", count) == 0 and count.calls == 2
