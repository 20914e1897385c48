"""The migrations lead to the models, one process at a time, and never without a copy set aside."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from app.database import Database
from app.models import Base, Run
from app.server import migration
from app.server.migration import DatabaseTooNew, copies, current_revision, migrate
from migrations import revisions
from migrations.revisions import alembic_settings, known_revisions

MIGRATE = """
import sys
from pathlib import Path
from app.database import Database
from app.server.migration import migrate
print(migrate(Database(sys.argv[1]), Path(sys.argv[2])))
"""
NEXT = """
import sqlalchemy as sa
from alembic import op

revision = "9998"
down_revision = "{before}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table("shelf", sa.Column("id", sa.Integer()))
    {then}
"""


@pytest.fixture
def empty(data, database_url):
    """A database without a table, SQLite or PostgreSQL."""
    (data / "database").mkdir(parents=True)
    database = Database(database_url)
    yield database
    database.dispose()


@pytest.fixture
def lock(data):
    return data / "database" / "migrate.lock"


def make_run(**overrides):
    return Run(**{"mode": "testing", "origin": "api", **overrides})


def mark_as(database, revision):
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


@pytest.fixture
def add_revision(tmp_path, monkeypatch):
    """Put one more revision behind the newest, in a copy of the folder."""

    def add(then="pass"):
        before = known_revisions()[-1]
        folder = Path(shutil.copytree(revisions.FOLDER, tmp_path / "migrations"))
        (folder / "versions" / "9998_shelf.py").write_text(NEXT.format(before=before, then=then))
        monkeypatch.setattr(revisions, "FOLDER", folder)
        return before

    return add


def test_there_is_a_single_head_and_the_file_names_tell_it():
    script = ScriptDirectory(str(revisions.FOLDER))
    assert script.get_heads() == [known_revisions()[-1]]
    assert sorted(revision.revision for revision in script.walk_revisions()) == known_revisions()


def test_the_migrations_lead_to_the_models(empty, lock):
    migrate(empty, lock)
    with empty.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_migrated_tables_keep_a_run(empty, lock):
    migrate(empty, lock)
    with empty.writing() as session:
        session.add(make_run(mode="manual"))
    with empty.reading() as session:
        assert [run.mode for run in session.query(Run)] == ["manual"]


def test_the_way_down_leaves_nothing_behind(empty, lock):
    migrate(empty, lock)
    with empty.engine.execution_options(writes=True).begin() as connection:
        command.downgrade(alembic_settings(connection), "base")
    with empty.engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]


def test_only_the_first_migration_finds_an_empty_database(empty, lock):
    assert current_revision(empty.engine) is None
    assert migrate(empty, lock) is True
    assert current_revision(empty.engine) == known_revisions()[-1]
    assert migrate(empty, lock) is False


def test_a_database_of_a_newer_version_is_refused_and_left_alone(empty, lock):
    migrate(empty, lock)
    mark_as(empty, "9999")
    with pytest.raises(DatabaseTooNew, match="9999"):
        migrate(empty, lock)
    assert current_revision(empty.engine) == "9999"


def test_a_migration_that_fails_half_way_leaves_the_database_as_it_was(empty, lock, add_revision):
    migrate(empty, lock)
    before = add_revision(then="raise RuntimeError('half way')")
    with pytest.raises(RuntimeError, match="half way"):
        migrate(empty, lock)
    assert current_revision(empty.engine) == before
    with empty.engine.connect() as connection:
        assert not inspect(connection).has_table("shelf")


def test_two_processes_that_start_together_migrate_once(empty, lock):
    url = empty.engine.url.render_as_string(hide_password=False)
    arguments = [sys.executable, "-c", MIGRATE, url, str(lock)]
    children = [subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) for _ in range(3)]
    answers = sorted(child.communicate(timeout=60)[0].split()[-1] for child in children)
    assert answers == ["False", "False", "True"]


@pytest.fixture
def old(data, lock):
    """An SQLite database with a run in it."""
    (data / "database").mkdir(parents=True)
    database = Database(f"sqlite:///{data / 'database' / 'posterizarr.db'}")
    migrate(database, lock)
    with database.writing() as session:
        session.add(make_run(mode="manual"))
    yield database
    database.dispose()


def test_a_copy_of_the_old_file_is_set_aside_first(old, lock, data, add_revision):
    before = add_revision()
    migrate(old, lock)
    assert current_revision(old.engine) == "9998"
    (copy,) = copies(data / "database" / "posterizarr.db")
    assert copy.name.startswith(f"posterizarr-{before}-")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(before,)]
        assert connection.execute("SELECT mode FROM runs").fetchall() == [("manual",)]


def test_no_copy_is_made_where_nothing_changes(old, lock, data):
    migrate(old, lock)
    assert copies(data / "database" / "posterizarr.db") == []


def test_three_copies_are_kept_the_newest(old, data):
    file = data / "database" / "posterizarr.db"
    older = [file.with_name(f"posterizarr-000{n}-2020010{n}-000000.db") for n in (1, 2, 3)]
    for copy in older:
        copy.write_bytes(b"")
    newest = migration.set_aside(file, "0001")
    assert copies(file) == [*older[1:], newest]


def test_a_data_folder_with_a_percent_sign_or_blank_can_be_migrated(tmp_path):
    folder = tmp_path / "100% mine"
    folder.mkdir()
    database = Database(f"sqlite:///{folder / 'posterizarr.db'}")
    assert migrate(database, folder / "migrate.lock") is True
    database.dispose()
