"""Databases of the old program are read as they are, and nothing of them or beside them changes."""

import os
import sqlite3
from contextlib import closing

import pytest

from app.core.takeover.upstream_database import UpstreamUnreadable, opened_upstream
from tests.upstream import digests, make_database, make_history, make_past_run

MODES = ("first", "second")


@pytest.fixture
def workplace(tmp_path):
    folder = tmp_path / "workplace"
    folder.mkdir()
    return folder


@pytest.fixture
def path(data):
    return make_history(data, *(make_past_run(mode=mode) for mode in MODES))


def modes_in(path, workplace):
    with opened_upstream(path, workplace) as database:
        return [row["mode"] for row in database.rows("runtime_stats", ["mode"])]


def execute(path, *statements):
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def killed_writer(path, *statements):
    """Execute the statements in a process that ends without closing the database."""
    if (child := os.fork()) == 0:
        connection = sqlite3.connect(path, isolation_level=None)
        for statement in statements:
            connection.execute(statement)
        os._exit(0)
    os.waitpid(child, 0)


def test_rows_come_in_their_order_with_the_columns_that_exist(path, workplace):
    with opened_upstream(path, workplace) as database:
        rows = list(database.rows("runtime_stats", ["Mode", "mode", "no_such_column"]))
    assert rows == [{"mode": "first"}, {"mode": "second"}]


def test_a_database_without_companions_is_read_in_a_folder_that_cannot_be_written(path, workplace):
    execute(path, "PRAGMA journal_mode = WAL", "UPDATE runtime_stats SET errors = 1")
    path.parent.chmod(0o500)
    try:
        assert modes_in(path, workplace) == [*MODES]
    finally:
        path.parent.chmod(0o700)
    assert [file.name for file in path.parent.iterdir()] == [path.name] and not [*workplace.iterdir()]


def test_a_link_leads_to_the_database_with_what_lies_beside_it(path, workplace, tmp_path):
    moved = path.rename(tmp_path / "moved.db")
    path.symlink_to(moved)
    killed_writer(moved, "PRAGMA journal_mode = WAL", "UPDATE runtime_stats SET mode = 'new'")
    assert modes_in(path, workplace) == ["new", "new"]


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        (
            (
                "PRAGMA journal_mode = WAL",
                "PRAGMA wal_autocheckpoint = 0",
                "UPDATE runtime_stats SET mode = 'new'",
            ),
            ["new", "new"],
        ),
        (
            (
                "PRAGMA cache_spill = 1",
                "PRAGMA cache_size = 1",
                "BEGIN",
                "UPDATE runtime_stats SET mode = 'half'",
            ),
            [*MODES],
        ),
    ],
    ids=["committed to the WAL", "never committed"],
)
def test_what_a_killed_program_left_beside_a_database_counts_as_sqlite_counts_it(
    path, workplace, statements, found
):
    killed_writer(path, *statements)
    before = digests(path.parent)
    assert modes_in(path, workplace) == found
    assert digests(path.parent) == before and not [*workplace.iterdir()]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no database at all " * 100, "not a database"),
        (b"SQLite format 3\0" + b"\xff" * 4096, "not a database"),
        (None, "malformed"),
    ],
    ids=["text", "noise", "cut off"],
)
def test_what_is_no_sound_database_is_named_with_the_reason(path, workplace, content, reason):
    path.write_bytes(content or path.read_bytes()[:5000])
    with pytest.raises(UpstreamUnreadable, match=f"runtime_stats.db cannot be read: .*{reason}"):
        modes_in(path, workplace)


def test_a_damaged_schema_is_named_although_sqlite_quotes_its_bytes(path, workplace):
    path.write_bytes(
        path.read_bytes().replace(b"CREATE TABLE runtime_stats", b"CREATE T\xe7BLE runtime_stats")
    )
    with pytest.raises(UpstreamUnreadable, match="runtime_stats.db cannot be read: .*schema"):
        modes_in(path, workplace)


def test_a_database_that_changes_meanwhile_is_not_believed(path, workplace):
    with (
        pytest.raises(UpstreamUnreadable, match="stop the old program"),
        opened_upstream(path, workplace) as database,
    ):
        execute(path, "UPDATE runtime_stats SET mode = 'other'")
        assert database.tables["runtime_stats"]


def test_names_with_quotes_and_bytes_that_are_no_utf_8_are_read(data, workplace):
    path = make_database(data, "odd.db", {'"a ""table"""': '"the ""Name""" TEXT'})
    execute(path, """INSERT INTO "a ""table\""" VALUES (CAST(x'416c69ff656e00' AS TEXT))""")
    with opened_upstream(path, workplace) as database:
        assert list(database.rows('a "table"', ['the "name"'])) == [
            {'the "name"': "Ali\N{REPLACEMENT CHARACTER}en"}
        ]
