"""The database: one engine a process, sessions that read, sessions that write."""

import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakSet

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

BUSY_SECONDS = 10
SOON_SECONDS = 0.5
# The senders of webhooks wait for 100 seconds, and a large import may hold the lock for long on a slow disk.
PATIENT_SECONDS = 45
# One for each thread that answers requests, so that a crowd opens none anew; others come on top.
POOL = {"pool_size": 16, "max_overflow": 16}


class Database:
    """Opens sessions; `writing` commits once, at the end of its block."""

    def __init__(self, url: str):
        self.url = make_url(url)
        self.engine = make_engine(self.url)
        self.reading_sessions = sessionmaker(self.engine, expire_on_commit=False)
        writing_engine = self.engine.execution_options(writes=True)
        self.writing_sessions = sessionmaker(writing_engine, expire_on_commit=False)
        hurried_engine = self.engine.execution_options(writes=True, wait=SOON_SECONDS)
        self.hurried_sessions = sessionmaker(hurried_engine, expire_on_commit=False)
        patient_engine = self.engine.execution_options(writes=True, wait=PATIENT_SECONDS)
        self.patient_sessions = sessionmaker(patient_engine, expire_on_commit=False)

    @property
    def is_sqlite(self) -> bool:
        return self.url.get_backend_name() == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        with self.reading_sessions() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with self.writing_sessions.begin() as session:
            yield session

    @contextmanager
    def writing_soon(self) -> Iterator[Session]:
        """Like `writing`, with a short time-out for SQLite's lock, for records that may be lost."""
        with self.hurried_sessions.begin() as session:
            yield session

    @contextmanager
    def writing_patiently(self) -> Iterator[Session]:
        """Like `writing`, with a long time-out for SQLite's lock, for data that must not be lost."""
        with self.patient_sessions.begin() as session:
            yield session

    def dispose(self) -> None:
        self.engine.dispose()


class ReadOnlySpell:
    """Closes every connection of a time in which SQLite's files could not be written.

    SQLite opens them for reading then, and while a process has one such connection, new ones are so, too.
    """

    def __init__(self):
        self.seen_at = -math.inf
        self.idle = WeakSet()
        self.lock = threading.Lock()

    def watch(self, engine: Engine) -> None:
        event.listen(engine, "do_connect", self.note)
        event.listen(engine, "checkout", self.take)
        event.listen(engine, "checkin", self.close)
        event.listen(engine, "handle_error", self.recognise)

    def note(self, dialect, record, arguments, keywords) -> None:
        """Keep the time before the files are opened, since preparing a connection can take seconds."""
        record.info["opened_at"] = time.monotonic()

    def take(self, connection, record, fairy) -> None:
        with self.lock:
            self.idle.discard(record)

    def close(self, connection, record) -> None:
        """Close a connection of that time when it is returned, and remember any other one as idle."""
        if connection is None:
            return
        if record.info["opened_at"] <= self.seen_at:
            record.invalidate()
        else:
            with self.lock:
                self.idle.add(record)

    def recognise(self, context) -> None:
        if "readonly database" in str(context.original_exception):
            self.seen_at = time.monotonic()
            if context.execution_context:
                # Its statement, which the error's traceback keeps, would hold the closed connection open.
                context.execution_context.cursor.close()
            context.is_disconnect = True
            context.engine.dispose()
            self.close_idle()

    def close_idle(self) -> None:
        """Close what a thread has returned to a pool that another thread's error had replaced meanwhile."""
        with self.lock:
            records = [record for record in self.idle if record.dbapi_connection is not None]
        for record in records:
            record.invalidate()


def make_engine(url) -> Engine:
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": BUSY_SECONDS}, **POOL)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}, **POOL)
    event.listen(engine, "connect", prepare_sqlite)
    event.listen(engine, "begin", begin_sqlite)
    ReadOnlySpell().watch(engine)
    return engine


def prepare_sqlite(connection, record) -> None:
    # The driver's own transactions start too late to wait for a lock; ours are opened in begin_sqlite.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_SECONDS * 1000}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def begin_sqlite(connection) -> None:
    # A writer that asks for the lock first waits its turn; one that upgrades later fails at once.
    options = connection.get_execution_options()
    statement = "BEGIN IMMEDIATE" if options.get("writes", False) else "BEGIN"
    if "wait" in options:
        begin_within(connection, statement, options["wait"])
    else:
        connection.exec_driver_sql(statement)


def begin_within(connection, statement: str, seconds: float) -> None:
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(seconds * 1000)}")
    try:
        connection.exec_driver_sql(statement)
    finally:
        # The connection returns to the shared pool.
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
