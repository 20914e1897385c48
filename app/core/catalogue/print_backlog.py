"""The prints of what was read before there were any, and of earlier versions that the store keeps."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session

from app.core.assets.batch import FOLDERS
from app.core.assets.naming import join_path
from app.core.assets.register import RootMark
from app.core.assets.removal import sliced
from app.core.catalogue.contents import BATCH, DIGITS, STATE, UNREADABLE, is_described
from app.core.catalogue.prints import PRINTS, known_prints, store_prints
from app.core.catalogue.table import TABLE
from app.core.errors import Invalid
from app.core.sessions import Sessions
from app.core.thumbnails.shrinking import looks_of

STORED = re.compile(r"[0-9a-f]{64}")
KEY = (TABLE.c.folder_id, TABLE.c.name)


def print_steps(
    database: Sessions, roots: list[RootMark], store: Path, beat: Callable[[], None]
) -> Iterator[None]:
    """Read what has no print yet, some at once; between two steps others may write."""
    for root in roots:
        last: tuple[int, str] = (0, "")
        while rows := unprinted_rows(database, root.id, last):
            last = (rows[-1].folder_id, rows[-1].name)
            found = {row.digest: print_of_row(Path(root.path), row) for row in rows}
            beat()
            yield keep_prints(database, found)
    for names in sliced(stored_names(store), BATCH):
        with database.reading() as session:
            known = known_prints(session, (name[:DIGITS] for name in names))
        new = [name for name in names if name[:DIGITS] not in known]
        found = {name[:DIGITS]: print_of_file(store / name[:2] / name) for name in new}
        beat()
        yield keep_prints(database, found)


def unprinted_rows(database: Sessions, root_id: int, last: tuple[int, str]) -> list[Any]:
    columns = (TABLE.c[name] for name in ("folder_id", "name", "digest", *STATE))
    query = select(*columns, FOLDERS.c.path.label("folder")).join(FOLDERS, FOLDERS.c.id == TABLE.c.folder_id)
    query = without_print(query).where(TABLE.c.root_id == root_id, tuple_(*KEY) > last)
    with database.reading() as session:
        return list(session.execute(query.order_by(*KEY).limit(BATCH)))


def without_print(query: Select) -> Select:
    known = select(PRINTS.c.digest).where(PRINTS.c.digest == TABLE.c.digest)
    return query.where(TABLE.c.digest != UNREADABLE, ~known.exists())


def unprinted_count(session: Session) -> int:
    """How many pictures cannot be found by what they look like yet."""
    unread = select(func.count()).where(TABLE.c.digest.is_(None), TABLE.c.folder_id != 0)
    found = session.scalar(without_print(select(func.count()).select_from(TABLE)))
    return (session.scalar(unread) or 0) + (found or 0)


def print_of_row(root: Path, row: Any) -> bytes | None:
    """The print of the file that the row describes; None where it has changed, or cannot be read now."""
    try:
        with (root / join_path(row.folder, row.name)).open("rb") as file:
            return decoded_print(file) if is_described(file, row) else None
    except OSError:
        return None


def print_of_file(file: Path) -> bytes | None:
    try:
        with file.open("rb") as content:
            return decoded_print(content)
    except OSError:
        return None


def decoded_print(file: BinaryIO) -> bytes:
    """b"" for what is no picture, so that it is not tried again."""
    try:
        return looks_of(file).print
    except Invalid:
        return b""


def keep_prints(database: Sessions, found: dict[str, bytes | None]) -> None:
    read = {digest: kept for digest, kept in found.items() if kept is not None}
    if read:
        with database.writing() as session:
            store_prints(session, read)


def stored_names(store: Path) -> list[str]:
    """The SHA-256 of everything that the store of the built-in script keeps."""
    try:
        files = [file for folder in store.iterdir() if len(folder.name) == 2 for file in folder.iterdir()]
    except OSError:
        return []
    return [file.name for file in files if STORED.fullmatch(file.name)]
