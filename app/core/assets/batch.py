"""Changes of the index that are written together, so that the database lock is held only briefly."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.orm import Session

from app.core.assets.change_log import log_changes
from app.core.assets.reading import Image
from app.models import AssetFile, AssetFolder

FILES = AssetFile.__table__
FOLDERS = AssetFolder.__table__
FULL = 5000

CHANGE_FOLDERS = update(FOLDERS).where(FOLDERS.c.id == bindparam("changed_id"))
# Plain text: with statements of SQLAlchemy, each row would cost three times as much.
# A request that changed a file and the indexer, which watches, may both find it.
INSERT_FILES = (
    "INSERT INTO asset_files (folder_id, name, kind, size, modified_ns, created)"
    " VALUES ({0}, {0}, {0}, {0}, {0}, {0}) ON CONFLICT (folder_id, name) DO UPDATE SET kind = excluded.kind,"
    " size = excluded.size, modified_ns = excluded.modified_ns, created = excluded.created"
)
DELETE_FILES = "DELETE FROM asset_files WHERE folder_id = {0} AND name = {0}"
MARKS = {"sqlite": "?", "postgresql": "%s"}


@dataclass
class Batch:
    """Rows in the order in which they are written: a folder counts as read after its files are stored."""

    folders: list[dict[str, Any]] = field(default_factory=list)
    lost: list[tuple[int, str]] = field(default_factory=list)
    files: list[Image] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.folders or self.lost or self.files or self.changes)

    @property
    def full(self) -> bool:
        return len(self.files) + len(self.lost) >= FULL

    def lose(self, folder_id: int, names: Iterable[str]) -> None:
        self.lost += [(folder_id, name) for name in names]

    def write(self, session: Session) -> None:
        if self.folders:
            session.execute(insert(FOLDERS), self.folders)
        execute_many(session, DELETE_FILES, self.lost)
        execute_many(session, INSERT_FILES, self.files)
        if self.changes:
            session.execute(CHANGE_FOLDERS, self.changes)
        log_changes(session, self.lost, self.files)


def execute_many(session: Session, statement: str, rows: list[tuple]) -> None:
    if rows:
        connection = session.connection()
        connection.exec_driver_sql(statement.format(MARKS[connection.dialect.name]), rows)


class Numbers:
    """Assigns ids, counting on from the greatest in the index."""

    def __init__(self, session: Session):
        self.last = session.scalar(select(func.max(FOLDERS.c.id))) or 0

    def next(self) -> int:
        self.last += 1
        return self.last
