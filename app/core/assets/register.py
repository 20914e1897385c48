"""The rows of the roots: which trees are indexed, since when, and in which state."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import delete, func, insert, literal, select, update
from sqlalchemy.orm import Session

from app.core.assets.batch import FOLDERS, Numbers
from app.core.assets.naming import PLURALS
from app.core.assets.totals import ROOTS, TOTALS
from app.core.modes import EDIT
from app.models import Run


class RootMark(NamedTuple):
    """A root in the index; the version grows with every visible change."""

    id: int
    path: str
    identity: str | None
    version: int
    scanned_at: datetime | None
    missing_since: datetime | None


def marks(session: Session) -> Mapping[str, RootMark]:
    """Every root by its name."""
    columns = (ROOTS.c[name] for name in ("name", *RootMark._fields))
    return {name: RootMark(*rest) for name, *rest in session.execute(select(*columns))}


def enter(session: Session, name: str, path: Path, numbers: Numbers) -> RootMark:
    """Add a root under a new id, in place of the one of that name."""
    strike(session, name)
    root_id = 1 + max(
        session.scalar(select(func.max(column))) or 0 for column in (ROOTS.c.id, FOLDERS.c.root_id)
    )
    session.execute(insert(ROOTS).values(id=root_id, name=name, path=str(path)))
    empty = {"path": "", "name": "", "top": "", "linked": False}
    session.execute(insert(FOLDERS).values(id=numbers.next(), root_id=root_id, parent_id=None, **empty))
    return marks(session)[name]


def strike(session: Session, name: str) -> None:
    """Delete a root; its folders and files are no longer visible, and are deleted later."""
    known = select(ROOTS.c.id).where(ROOTS.c.name == name).scalar_subquery()
    session.execute(delete(TOTALS).where(TOTALS.c.root_id == known))
    session.execute(delete(ROOTS).where(ROOTS.c.name == name))


def update_root(session: Session, root_id: int, **columns) -> None:
    session.execute(update(ROOTS).where(ROOTS.c.id == root_id).values(**columns))


def was_scanned(session: Session, root_id: int) -> bool:
    return session.scalar(select(ROOTS.c.scanned_at).where(ROOTS.c.id == root_id)) is not None


def folder_ids(session: Session, root_id: int, paths: list[str]) -> dict[str, int]:
    """The indexed ones among some folders of a root, by their paths."""
    query = select(FOLDERS.c.path, FOLDERS.c.id).where(
        FOLDERS.c.root_id == root_id, FOLDERS.c.path.in_(paths)
    )
    return {path: folder_id for path, folder_id in session.execute(query)}


def holds_images(session: Session, root_id: int) -> bool:
    count = sum((TOTALS.c[plural] for plural in PLURALS), literal(0))
    return bool(session.scalar(select(func.sum(count)).where(TOTALS.c.root_id == root_id)))


def ask_for_scan(session: Session, moment: datetime) -> None:
    """Request a scan from the indexer's thread, in whichever process it runs."""
    session.execute(update(ROOTS).values(asked_at=moment))


def latest_request(session: Session) -> datetime | None:
    return session.scalar(select(func.max(ROOTS.c.asked_at)))


def latest_end(session: Session) -> tuple:
    """Changes with every run of a script that has ended; edits by hand are indexed when they are made."""
    columns = func.max(Run.ended_at), func.count(Run.ended_at)
    return tuple(session.execute(select(*columns).where(Run.mode != EDIT)).one())
