"""Upgrades the database to the revision of this code, after a copy of it is made."""

import logging
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import structlog
from filelock import FileLock
from sqlalchemy import Engine, inspect, text

from app.database import Database
from migrations.revisions import alembic_settings, known_revisions

log = structlog.get_logger(__name__)

COPIES_KEPT = 3
# A copy of a large database on a slow disk takes long, and a second server waits for it.
LOCK_SECONDS = 600


class DatabaseTooNew(Exception):
    """The database was written by a newer version of this server."""


def current_revision(engine: Engine) -> str | None:
    """The revision that the database is at, None where it is empty."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        return connection.scalar(text("SELECT version_num FROM alembic_version"))


def migrate(database: Database, lock: Path) -> bool:
    """Upgrade the database to the newest revision, one process at a time; True if it was empty before."""
    newest = known_revisions()[-1]
    if current_revision(database.engine) == newest:
        return False
    with FileLock(lock, timeout=LOCK_SECONDS):
        return upgrade_from(database, current_revision(database.engine), newest)


def upgrade_from(database: Database, revision: str | None, newest: str) -> bool:
    if revision == newest:
        return False
    if revision is not None and revision not in known_revisions():
        raise DatabaseTooNew(revision)
    if revision is not None and database.is_sqlite:
        log.info("database_copied", file=str(set_aside(Path(database.url.database), revision)))
    upgrade(database.engine)
    log.info("database_migrated", before=revision or "empty", now=newest)
    return revision is None


def upgrade(engine: Engine) -> None:
    logging.getLogger("alembic").setLevel(logging.WARNING)
    # Alembic is slow to import, and nearly every start finds nothing to do.
    from alembic import command

    with engine.execution_options(writes=True).begin() as connection:
        command.upgrade(alembic_settings(connection), "head")


def set_aside(file: Path, revision: str) -> Path:
    """Copy an SQLite database as it is at this moment; the newest copies are kept."""
    copy = file.with_name(f"{file.stem}-{revision}-{datetime.now():%Y%m%d-%H%M%S}.db")
    unfinished = copy.with_suffix(".partial")
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(unfinished)) as target:
        source.backup(target)
    unfinished.replace(copy)
    for old in copies(file)[:-COPIES_KEPT]:
        old.unlink(missing_ok=True)
    return copy


def copies(file: Path) -> list[Path]:
    """Copies set aside of a database file, oldest first."""
    return sorted(file.parent.glob(f"{file.stem}-*.db"), key=lambda path: path.name[-18:])
