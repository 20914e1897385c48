"""Reads the SQLite databases of an existing Posterizarr, and never writes to them."""

import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.core.errors import ApplicationError, reason_of
from app.core.fingerprint import Fingerprint, fingerprint

# Files beside a database that may hold changes which it does not have yet.
COMPANIONS = ("-wal", "-journal")
LARGEST_VALUE = 8 * 1024 * 1024

Row = dict[str, Any]
Only = tuple[str, list[Any]]
States = tuple[Fingerprint | None, ...]


class UpstreamUnreadable(ApplicationError):
    """A database of the old program cannot be read; the text says why and what to do."""


class UpstreamDatabase:
    """An open database; `tables` holds the columns of each table, by names in lower case."""

    def __init__(self, connection: sqlite3.Connection, path: Path):
        self.connection = connection
        self.path = path
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        self.tables = {name.lower(): self.columns_of(name) for name in names}

    def columns_of(self, table: str) -> dict[str, str]:
        """The quoted name of each column, by its name in lower case."""
        rows = self.connection.execute(f"SELECT name FROM pragma_table_info({sql_literal(table)})")
        return {name.lower(): quoted_identifier(name) for (name,) in rows}

    def rows(self, table: str, columns: Iterable[str], only: Only | None = None) -> Iterator[Row]:
        """The rows in the order in which they were added, each with those of the columns that exist.

        `only` is (column, values) where not all rows are meant.
        """
        given = self.given_columns(table, columns)
        chosen = ", ".join(self.tables[table][name] for name in given) or "NULL"
        where, values = self.condition(table, only) if only else ("", [])
        query = f"SELECT {chosen} FROM {quoted_identifier(table)}{where} ORDER BY rowid"
        for row in self.connection.execute(query, values):
            yield dict(zip(given, row, strict=False))

    def condition(self, table: str, only: Only) -> tuple[str, list[Any]]:
        column, values = only
        marks = ", ".join("?" for _ in values)
        return f" WHERE {self.tables[table][column]} IN ({marks})", values

    def given_columns(self, table: str, columns: Iterable[str]) -> list[str]:
        return [name for name in columns if name in self.tables[table]]

    def counts(self, table: str, column: str) -> list[tuple[Any, int]]:
        """(value, rows that have it) for each value of a column; (None, all rows) where it does not exist."""
        value = self.tables[table].get(column, "NULL")
        query = f"SELECT {value}, count(*) FROM {quoted_identifier(table)} GROUP BY 1"
        return [(value, count) for value, count in self.connection.execute(query) if count]


def quoted_identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def sql_literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@contextmanager
def opened_upstream(path: Path, workplace: Path) -> Iterator[UpstreamDatabase]:
    """The database with all that was committed to it; copies are made in the workplace where that needs one.

    `UpstreamUnreadable` where it cannot be read, or where another program changes it meanwhile.
    """
    # What lies beside the database lies beside the file that a link leads to.
    file = path.resolve()
    before = states(file)
    try:
        with connected(file, workplace) as connection:
            yield UpstreamDatabase(connection, file)
    except sqlite3.Error as error:
        raise UpstreamUnreadable(f"{path.name} cannot be read: {reason_of(error)}.") from error
    except UnicodeDecodeError as error:
        # SQLite quotes what it found in the place of a schema.
        raise UpstreamUnreadable(f"{path.name} cannot be read: its schema is damaged.") from error
    except OSError as error:
        raise UpstreamUnreadable(f"{path.name} cannot be opened: {reason_of(error)}.") from error
    if states(file) != before:
        raise UpstreamUnreadable(f"{path.name} was changed while it was read: stop the old program first.")


def states(path: Path) -> States:
    return tuple(fingerprint(file) for file in (path, *companions(path)))


def companions(path: Path) -> list[Path]:
    return [path.with_name(path.name + ending) for ending in COMPANIONS]


@contextmanager
def connected(path: Path, workplace: Path) -> Iterator[sqlite3.Connection]:
    unwritten = [file for file in companions(path) if file.is_file() and file.stat().st_size]
    if not unwritten:
        # SQLite makes no file beside it then, and asks for no lock.
        with closing(open_for_reading(f"{path.as_uri()}?mode=ro&immutable=1")) as connection:
            yield connection
        return
    with TemporaryDirectory(dir=workplace, prefix="takeover-") as folder:
        for file in (path, *unwritten):
            shutil.copyfile(file, Path(folder) / file.name)
        with closing(open_for_reading((Path(folder) / path.name).as_uri())) as connection:
            yield connection


def open_for_reading(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, isolation_level=None)
    connection.text_factory = text_of_bytes
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
    return connection


def text_of_bytes(content: bytes) -> str:
    """The text, with a mark in place of bytes that are no UTF-8, and without NUL, which no database keeps."""
    return content.decode("utf-8", "replace").replace("\0", "")
