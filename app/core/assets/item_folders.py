"""Libraries and the folders of their films and shows, to choose from."""

import re
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.assets.batch import FOLDERS
from app.core.assets.naming import PLURALS
from app.core.assets.summary import by_name
from app.core.errors import NotFound

NAMED = re.compile(r"(?P<title>.+?|)(?:\s*\((?P<year>[0-9]{4})\))?(?:\s*[\[{].*)?", re.DOTALL)


def library_choices(session: Session, root_id: int | None) -> list[dict[str, Any]]:
    """Every top folder as {name, path, item_count}, of which the last is the number of folders in it."""
    libraries = children(session, root_id, "")
    below = {row.id: 0 for row in libraries}
    query = select(FOLDERS.c.parent_id).where(FOLDERS.c.parent_id.in_(below))
    for parent_id in session.scalars(query):
        below[parent_id] += 1
    found = [{"name": row.name, "path": row.path, "item_count": below[row.id]} for row in libraries]
    return sorted(found, key=by_name)


def children(session: Session, root_id: int | None, path: str) -> list:
    """The folders in a folder, with their counts of images."""
    parent = select(FOLDERS.c.id).where(FOLDERS.c.root_id == root_id, FOLDERS.c.path == path)
    columns = FOLDERS.c.id, FOLDERS.c.name, FOLDERS.c.path, *(FOLDERS.c[plural] for plural in PLURALS)
    return list(session.execute(select(*columns).where(FOLDERS.c.parent_id == parent.scalar_subquery())))


def item_choices(session: Session, root_id: int | None, library: str) -> list[dict[str, Any]]:
    """The folders of one library as {folder_name, title, year, path}, title and year from their names."""
    require_library(session, root_id, library)
    rows = sorted(children(session, root_id, library), key=lambda row: row.name.casefold())
    return [{"folder_name": row.name, **title_and_year(row.name), "path": row.path} for row in rows]


def list_item_folders(session: Session, root_id: int | None, library: str) -> list[dict[str, Any]]:
    """The folders of one library, with the number of images directly in them."""
    require_library(session, root_id, library)
    found = [
        {"name": row.name, "path": row.path, "asset_count": sum(getattr(row, plural) for plural in PLURALS)}
        for row in children(session, root_id, library)
    ]
    return sorted(found, key=by_name)


def require_library(session: Session, root_id: int | None, library: str) -> None:
    query = select(FOLDERS.c.id).where(FOLDERS.c.root_id == root_id, FOLDERS.c.path == library)
    if not library or session.scalar(query) is None:
        raise NotFound(f"There is no library {library!r}.")


def title_and_year(name: str) -> dict[str, Any]:
    found = NAMED.fullmatch(name)
    return {"title": found["title"] or name, "year": found["year"]}
