import sqlite3
import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import event, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from app.models import Origin, Run, Status


def make_run(**overrides):
    return Run(**{"mode": "normal", "origin": Origin.API, "status": Status.QUEUED, **overrides})


def sqlite_only(database):
    if not database.is_sqlite:
        pytest.skip("tells about SQLite")


def test_a_writing_block_commits_at_its_end(database):
    with database.writing() as session:
        session.add(make_run())
    with database.reading() as session:
        assert session.scalars(select(Run)).one().status == Status.QUEUED


def test_a_failing_block_writes_nothing(database):
    with pytest.raises(RuntimeError), database.writing() as session:
        session.add(make_run())
        session.flush()
        raise RuntimeError
    with database.reading() as session:
        assert session.scalars(select(Run)).all() == []


def test_two_runs_cannot_be_running(database):
    with pytest.raises(IntegrityError), database.writing() as session:
        session.add_all([make_run(status=Status.RUNNING), make_run(status=Status.RUNNING)])


def test_many_runs_can_be_queued(database):
    with database.writing() as session:
        session.add_all([make_run() for _ in range(5)])


def test_times_come_back_aware_and_in_utc(database):
    moment = datetime(2026, 3, 29, 3, 30, tzinfo=timezone(timedelta(hours=2)))
    with database.writing() as session:
        session.add(make_run(started_at=moment))
    with database.reading() as session:
        run = session.scalars(select(Run)).one()
    assert run.started_at == moment
    assert run.started_at.tzinfo == UTC


def test_sqlite_waits_for_a_lock_and_keeps_what_it_was_told(database):
    sqlite_only(database)
    with database.reading() as session:
        pragmas = {
            name: session.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous")
        }
        waiting = session.execute(text("PRAGMA busy_timeout")).scalar()
    assert pragmas == {"journal_mode": "wal", "synchronous": 2}
    assert waiting >= 5000


def test_writers_wait_their_turn(database):
    failures = []

    def write():
        try:
            for _ in range(20):
                with database.writing() as session:
                    session.execute(select(Run).limit(1)).all()
                    session.add(make_run())
        except Exception as error:  # noqa: BLE001 - the thread reports whatever went wrong
            failures.append(error)

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert len(session.scalars(select(Run)).all()) == 120
    assert failures == []


def test_a_reader_does_not_wait_for_a_writer(database, data):
    sqlite_only(database)
    other = sqlite3.connect(data / "database" / "posterizarr.db")
    other.execute("BEGIN IMMEDIATE")
    try:
        with database.reading() as session:
            assert session.scalars(select(Run)).all() == []
    finally:
        other.close()


def test_no_connection_that_was_opened_read_only_is_used_for_ever(database):
    sqlite_only(database)
    with database.reading() as session, database.reading() as idle:
        session.execute(text("PRAGMA query_only = ON"))
        idle.execute(text("PRAGMA query_only = ON"))
    with database.reading() as busy:
        raw = busy.connection().connection.dbapi_connection
        busy.execute(text("PRAGMA query_only = ON"))
        with pytest.raises(OperationalError, match="readonly"), database.writing() as session:
            session.add(make_run())
        assert database.engine.pool.checkedin() == 0
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        raw.execute("SELECT 1")
    with database.writing() as session:
        session.add(make_run())
    with database.reading() as session:
        assert len(session.scalars(select(Run)).all()) == 1


def fail_read_only(database) -> None:
    """Meet the error of a database that cannot be written, on a connection of its own."""
    with pytest.raises(OperationalError, match="readonly"), database.writing() as session:
        session.execute(text("PRAGMA query_only = ON"))
        session.add(make_run())
        session.flush()


def test_a_connection_that_takes_long_to_open_counts_from_its_beginning(database):
    sqlite_only(database)
    failing = []

    def prepare_slowly(connection, record):
        if failing:
            failing.pop()(database)

    event.listen(database.engine, "connect", prepare_slowly, insert=True)
    with database.reading() as first, database.reading() as session:
        first.execute(text("SELECT 1"))
        failing.append(fail_read_only)
        raw = session.connection().connection.dbapi_connection
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        raw.execute("SELECT 1")


def test_a_connection_in_a_pool_that_was_replaced_meanwhile_is_closed_too(database):
    sqlite_only(database)
    replaced = database.engine.pool
    fail_read_only(database)
    late = replaced.connect()
    raw = late.dbapi_connection
    late.close()
    assert raw.execute("SELECT 1").fetchone() == (1,)
    fail_read_only(database)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        raw.execute("SELECT 1")
