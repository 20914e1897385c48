"""Results of queries, cached until the next write to the database."""

import sqlite3
import threading
from collections.abc import Callable, Hashable
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import SQLAlchemyError

from app.core.state_cache import StateCache

ROOM = 16


class QueryCache:
    """Caches results computed from the database, each until the next commit of any process.

    SQLite reports exactly, over a connection that never writes, whether another one has committed since.
    On any other database nothing is cached.
    """

    def __init__(self, engine: Engine):
        self.engine = engine
        # Entered again where opening a connection disposes the engine.
        self.lock = threading.RLock()
        self.connection: Any = None
        self.answers = StateCache(ROOM)
        # Closing all connections of the engine closes this one too.
        event.listen(engine, "engine_disposed", lambda engine: self.close())

    def answer(self, key: Hashable, compute: Callable[[], Any]) -> Any:
        # The version comes first: a commit while computing then makes the answer count as old, not as new.
        version = self.version()
        if version is None:
            return compute()
        return self.answers.value(key, compute, version)

    def version(self) -> int | None:
        """A number that changes with every commit; None where the database has none."""
        if self.engine.dialect.name != "sqlite":
            return None
        with self.lock:
            try:
                return self.ask()
            except (sqlite3.Error, SQLAlchemyError):
                self.forget()
                return None

    def ask(self) -> int:
        if self.connection is None:
            self.connection = self.engine.raw_connection()
        return self.connection.cursor().execute("PRAGMA data_version").fetchone()[0]

    def close(self) -> None:
        with self.lock:
            self.forget()

    def forget(self) -> None:
        if self.connection is not None:
            self.connection.invalidate()
        self.connection = None
        self.answers.clear()
