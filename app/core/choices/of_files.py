"""The choices that stand for files: found before these are deleted, deleted with them, and put back."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.core.assets.removal import sliced
from app.core.choices.artwork import Tree, find_artwork
from app.core.choices.state import invalidate_answers
from app.core.choices.table import TABLE
from app.models import StoredDocument
from app.models.base import now

NAMED = tuple(TABLE.c[name] for name in ("id", "title", "type", "rootfolder", "library_name"))
MOMENTS = ("created_at", "updated_at")
DOCUMENT = "choices of edit "
# The rows of so many edits are kept for their undo.
KEPT = 200


def choices_of_files(session: Session, tree: Tree, paths: Iterable[str]) -> dict[str, list[int]]:
    """The numbers of the choices whose image is one of those files, by path: of its own library only."""
    wanted = frozenset(paths)
    folders = {name for path in wanted for name in item_names(tree, path)}
    query = select(*NAMED)
    rows = [
        row for part in sliced(folders) for row in session.execute(query.where(TABLE.c.rootfolder.in_(part)))
    ]
    found: dict[str, list[int]] = {}
    for number, artwork in find_artwork(session, tree, rows).items():
        if artwork.path in wanted:
            found.setdefault(artwork.path, []).append(number)
    return found


def item_names(tree: Tree, path: str) -> set[str]:
    """What the item's folder may be called to which the file belongs."""
    folder, _, name = path.rpartition("/")
    if not tree.flat:
        return {folder.rpartition("/")[2]} - {""}
    stem = name.rpartition(".")[0]
    return {stem, stem.rpartition("_")[0]} - {""}


def remove_choices_of_files(session: Session, run: int, numbers: Mapping[str, Iterable[int]]) -> None:
    """Delete the choices, and keep their rows by the path of their file for the undo of the run."""
    paths = {number: path for path, found in numbers.items() for number in found}
    rows = [
        {"path": paths[row["id"]], "row": plain_row(row)}
        for part in sliced(paths)
        for row in session.execute(select(TABLE).where(TABLE.c.id.in_(part))).mappings()
    ]
    if not rows:
        return
    for part in sliced(paths):
        session.execute(delete(TABLE).where(TABLE.c.id.in_(part)))
    session.add(StoredDocument(name=f"{DOCUMENT}{run}", body=rows, fetched_at=now()))
    session.flush()
    drop_old_rows(session)
    invalidate_answers(session)


def plain_row(row: Mapping[str, Any]) -> dict[str, Any]:
    values = {name: value for name, value in row.items() if name != "id"}
    return values | {name: values[name].isoformat() for name in MOMENTS}


def drop_old_rows(session: Session) -> None:
    name, moment = StoredDocument.name, StoredDocument.fetched_at
    kept = select(name).where(name.startswith(DOCUMENT)).order_by(moment.desc(), name.desc())
    for old in session.scalars(kept.offset(KEPT)).all():
        session.execute(delete(StoredDocument).where(name == old))


def put_back_choices(session: Session, run: int, paths: Iterable[str]) -> None:
    """Insert the choices again that the run deleted with those files, but for those that there are anew."""
    document = session.get(StoredDocument, f"{DOCUMENT}{run}")
    wanted = frozenset(paths)
    kept = {} if document is None else {one["row"]["identity"]: one for one in document.body}
    rows = {identity: one["row"] for identity, one in kept.items() if one["path"] in wanted}
    present = {
        identity
        for part in sliced(rows)
        for identity in session.scalars(select(TABLE.c.identity).where(TABLE.c.identity.in_(part)))
    }
    new = [timed_row(row) for identity, row in rows.items() if identity not in present]
    if new:
        session.execute(insert(TABLE), new)
        invalidate_answers(session)


def timed_row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, **{name: datetime.fromisoformat(row[name]) for name in MOMENTS}}
