"""Databases of the PostgreSQL that TEST_POSTGRESQL_URL names."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, inspect, text

from app.models import Base

END_OTHERS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
SEQUENCES = text("SELECT schemaname, sequencename FROM pg_sequences")


class PostgresqlServer:
    """Gives databases to tests; the one with tables is made once, and emptied in a tenth of that time."""

    def __init__(self, url: str):
        self._url = url
        self._server = create_engine(url, isolation_level="AUTOCOMMIT")
        self._with_tables = ""

    @contextmanager
    def empty(self) -> Iterator[str]:
        """The address of a new database without tables, dropped at the end."""
        name = self._create()
        yield self._address(name)
        self._drop(name)

    @contextmanager
    def with_tables(self) -> Iterator[str]:
        """The address of a database with all tables and no rows; one caller at a time."""
        if not self._with_tables:
            self._with_tables = self._create()
            with self._engine(self._with_tables) as engine:
                Base.metadata.create_all(engine)
        yield self._address(self._with_tables)
        self._clean()

    def close(self) -> None:
        if self._with_tables:
            self._drop(self._with_tables)
        self._server.dispose()

    def _clean(self) -> None:
        """Delete all rows; a database whose tables a test has changed is dropped."""
        with self._engine(self._with_tables) as engine, engine.begin() as connection:
            connection.execute(END_OTHERS)
            is_whole = set(inspect(connection).get_table_names()) == set(Base.metadata.tables)
            if is_whole:
                delete_rows(connection)
        if not is_whole:
            self._drop(self._with_tables)
            self._with_tables = ""

    def _create(self) -> str:
        name = f"test_{uuid.uuid4().hex}"
        with self._server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        return name

    def _drop(self, name: str) -> None:
        with self._server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))

    def _address(self, name: str) -> str:
        return f"{self._url.rsplit('/', 1)[0]}/{name}"

    @contextmanager
    def _engine(self, name: str) -> Iterator[Engine]:
        engine = create_engine(self._address(name))
        yield engine
        engine.dispose()


def delete_rows(connection: Connection) -> None:
    for table in reversed(Base.metadata.sorted_tables):
        connection.execute(table.delete())
    for schema, sequence in connection.execute(SEQUENCES).all():
        connection.execute(text(f"SELECT setval('{schema}.\"{sequence}\"', 1, false)"))
