import sqlite3

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.exc import DatabaseError

from app.core.answer_cache import ROOM, QueryCache
from app.models import Run
from tests.past_runs import make_run


@pytest.fixture
def cache(database):
    if not database.is_sqlite:
        pytest.skip("only SQLite tells when it has changed")
    cache = QueryCache(database.engine)
    yield cache
    cache.close()


class Counting:
    """Counts the runs, and how often it was asked to."""

    def __init__(self, database):
        self.database = database
        self.calls = 0

    def __call__(self):
        self.calls += 1
        with self.database.reading() as session:
            return session.scalar(select(func.count(Run.id)))


def test_an_answer_is_computed_once_while_nobody_writes(cache, database):
    count = Counting(database)
    assert [cache.answer("runs", count) for _ in range(3)] == [0, 0, 0]
    assert count.calls == 1


def test_an_answer_falls_with_the_next_commit_of_anybody(cache, database):
    count = Counting(database)
    cache.answer("runs", count)
    with database.writing() as session:
        session.add(make_run())
    assert cache.answer("runs", count) == 1


def test_another_process_counts_as_anybody(cache, database):
    count = Counting(database)
    cache.answer("runs", count)
    elsewhere = create_engine(database.url)
    with elsewhere.begin() as connection:
        connection.execute(Run.__table__.insert().values(mode="normal", origin="cli", status="completed"))
    elsewhere.dispose()
    assert cache.answer("runs", count) == 1


def test_an_answer_computed_during_a_commit_counts_as_old(cache, database):
    count = Counting(database)

    def overtaken():
        before = count()
        with database.writing() as session:
            session.add(make_run())
        return before

    assert cache.answer("runs", overtaken) == 0
    assert cache.answer("runs", count) == 1


def test_each_question_has_its_own_answer(cache):
    assert cache.answer(("history", 1), lambda: "one") == "one"
    assert cache.answer(("history", 2), lambda: "two") == "two"


def test_only_so_many_answers_are_kept(cache):
    for number in range(ROOM * 2):
        cache.answer(number, lambda: "kept")
    assert len(cache.answers.entries) == ROOM


def test_an_error_is_not_an_answer(cache):
    with pytest.raises(ZeroDivisionError):
        cache.answer("broken", lambda: 1 / 0)
    assert cache.answer("broken", lambda: "mended") == "mended"


def test_a_broken_file_keeps_nothing_and_hides_no_error(tmp_path):
    (tmp_path / "broken.db").write_bytes(b"this is no database " * 100)
    engine = create_engine(f"sqlite:///{tmp_path / 'broken.db'}")
    cache = QueryCache(engine)

    def count():
        with engine.connect() as connection:
            return connection.execute(select(func.count(Run.id))).scalar()

    assert cache.answer("plain", lambda: "computed") == "computed"
    with pytest.raises(DatabaseError):
        cache.answer("runs", count)
    cache.close()
    engine.dispose()


def test_a_connection_that_broke_is_made_anew(cache, database):
    count = Counting(database)
    cache.answer("runs", count)
    cache.connection.driver_connection.close()
    assert cache.answer("runs", count) == 0
    cache.answer("runs", count)
    calls = count.calls
    cache.answer("runs", count)
    assert count.calls == calls


def test_its_connection_is_closed_with_all_others(cache, database):
    count = Counting(database)
    cache.answer("runs", count)
    raw = cache.connection.dbapi_connection
    database.engine.dispose()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        raw.execute("SELECT 1")
    assert cache.answer("runs", count) == 0 and count.calls == 2
