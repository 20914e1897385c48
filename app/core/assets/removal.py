"""Deletes folders from the index with everything below them, a few at a time."""

from collections.abc import Iterable, Iterator

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.core.assets.batch import FILES, FOLDERS
from app.core.assets.change_log import log_removed_folders
from app.core.sessions import Sessions
from app.models import AssetRoot

SLICE = 300


def sliced(items: Iterable, size: int = SLICE) -> Iterator[list]:
    kept = list(items)
    return (kept[start : start + size] for start in range(0, len(kept), size))


def folders_below(session: Session, ids: Iterable[int]) -> list[int]:
    """The folders and all below them, parents first."""
    found = layer = list(ids)
    while layer:
        layer = [
            child
            for part in sliced(layer)
            for child in session.scalars(select(FOLDERS.c.id).where(FOLDERS.c.parent_id.in_(part)))
        ]
        found = found + layer
    return found


def remove_folders(database: Sessions, ids: Iterable[int]) -> None:
    """Delete folders and everything below them from the index, the deepest first."""
    with database.reading() as session:
        found = folders_below(session, ids)
    for part in sliced(reversed(found)):
        delete_folders(database, part)


def delete_folders(database: Sessions, ids: list[int]) -> None:
    with database.writing() as session:
        log_removed_folders(session, ids)
        session.execute(delete(FILES).where(FILES.c.folder_id.in_(ids)))
        session.execute(delete(FOLDERS).where(FOLDERS.c.id.in_(ids)))


def sweep_roots(database: Sessions) -> bool:
    """Delete some rows of roots that no longer exist; False when none is left."""
    with database.reading() as session:
        strays = FOLDERS.c.root_id.not_in(select(AssetRoot.id))
        found = list(session.scalars(select(FOLDERS.c.id).where(strays).limit(SLICE)))
    for part in sliced(found):
        delete_folders(database, part)
    return bool(found)
