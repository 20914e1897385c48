"""Reads each picture once: the digest of its content, which its address carries, its color and its print.

The index knows a file by size and time, which say nothing of its content. A digest takes every byte, of a
large library for hours, so that no scan waits for it: the newest pictures come first, and until its turn an
address carries no digest.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from app.core.assets.batch import FOLDERS
from app.core.assets.naming import join_path
from app.core.catalogue.prints import store_prints
from app.core.catalogue.table import NO_FOLDER, READ, TABLE, publish_entries
from app.core.errors import Invalid
from app.core.thumbnails.shrinking import looks_of

# Hexadecimal digits of the SHA-256.
DIGITS = 16
BLOCK = 4 * 1024 * 1024
# A larger file is no picture.
MOST_BYTES = 256 * 1024 * 1024
UNREADABLE = ""
BATCH = 20


class ContentState(NamedTuple):
    """The state of a file, as the index knows it."""

    size: int
    modified_ns: int
    created: float

    @classmethod
    def of(cls, status: os.stat_result) -> ContentState:
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime)


class Content(NamedTuple):
    """The digest, "" for a file that cannot be read; color and print, None and b"" for what is no picture."""

    digest: str
    color: int | None = None
    print: bytes = b""


STATE = ContentState._fields
STORE = (
    update(TABLE)
    .where(*(TABLE.c[name] == bindparam(f"its_{name}") for name in ("folder_id", "name", *STATE)))
    .values(digest=bindparam("new_digest"), color=bindparam("new_color"))
)


def unread_pictures(session: Session, root_id: int, limit: int = BATCH) -> list[Any]:
    """Rows of pictures that were not read yet, the newest first."""
    columns = (TABLE.c[name] for name in ("folder_id", "name", *STATE))
    query = select(*columns, FOLDERS.c.path.label("folder")).join(FOLDERS, FOLDERS.c.id == TABLE.c.folder_id)
    unread = query.where(TABLE.c.digest.is_(None), TABLE.c.folder_id != NO_FOLDER, TABLE.c.root_id == root_id)
    return list(session.execute(unread.order_by(TABLE.c.modified_ns.desc()).limit(limit)))


def contents_by_path(session: Session, root_id: int | None, paths: Iterable[str]) -> dict[str, Any]:
    """Rows of digest, color and `STATE` of those pictures of a root that were read, by path."""
    wanted = {path.rpartition("/")[::2]: path for path in paths}
    columns = FOLDERS.c.path.label("folder"), TABLE.c.name, *(TABLE.c[name] for name in READ + STATE)
    query = select(*columns).join(FOLDERS, FOLDERS.c.id == TABLE.c.folder_id)
    of_root = query.where(FOLDERS.c.root_id == root_id, TABLE.c.digest != UNREADABLE)
    folders, names = {folder for folder, _ in wanted}, {name for _, name in wanted}
    rows = session.execute(of_root.where(FOLDERS.c.path.in_(folders), TABLE.c.name.in_(names)))
    return {wanted[row.folder, row.name]: row for row in rows if (row.folder, row.name) in wanted}


def read_catalogued_content(root: Path, row: Any, beat: Callable[[], None]) -> Content:
    """Read one picture of a row; one that cannot be read is not tried again until it changes."""
    try:
        with (root / join_path(row.folder, row.name)).open("rb") as file:
            return described_content(file, row, beat)
    except OSError:
        return Content(UNREADABLE)


def described_content(file: BinaryIO, row: Any, beat: Callable[[], None]) -> Content:
    """The content of the file that the row describes; of one that has changed meanwhile nothing is known."""
    if row.size > MOST_BYTES or not is_described(file, row):
        return Content(UNREADABLE)
    found = whole_content(file, beat)
    return found if is_described(file, row) else Content(UNREADABLE)


def whole_content(file: BinaryIO, beat: Callable[[], None]) -> Content:
    digest = digest_of(file, beat)
    try:
        return Content(digest, *looks_of(file))
    except Invalid:
        return Content(digest)


def is_described(file: BinaryIO, row: Any) -> bool:
    return ContentState.of(os.fstat(file.fileno())) == (row.size, row.modified_ns, row.created)


def digest_of(file: BinaryIO, beat: Callable[[], None] = lambda: None) -> str:
    """The first digits of the SHA-256 of a whole file."""
    found = hashlib.sha256()
    while block := file.read(BLOCK):
        found.update(block)
        beat()
    return found.hexdigest()[:DIGITS]


def try_unreadable_again(session: Session) -> None:
    """What could not be read is read once more, since a disk or a right may have come back."""
    session.execute(update(TABLE).where(TABLE.c.digest == UNREADABLE).values(digest=None))


def store_contents(session: Session, found: list[tuple[Any, Content]]) -> None:
    """Store what was read, except for rows whose file has changed since, and make it visible."""
    rows = [
        {f"its_{name}": getattr(row, name) for name in ("folder_id", "name", *STATE)}
        | {"new_digest": content.digest, "new_color": content.color}
        for row, content in found
    ]
    session.connection().execute(STORE, rows)
    store_prints(session, {content.digest: content.print for _, content in found if content.digest})
    publish_entries(session)
