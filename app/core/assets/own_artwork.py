"""The galleries of the manual and the backup tree: libraries, folders, images."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.assets.batch import FILES, FOLDERS
from app.core.assets.naming import address, join_path
from app.core.assets.pictures import epoch_seconds
from app.core.assets.summary import by_name

SET_ASIDE = ".backup"
LOOSE = "Root Assets"
TYPES = (
    ("poster", re.compile(r".*poster\.[a-z]+", re.IGNORECASE | re.DOTALL)),
    ("background", re.compile(r".*background\.[a-z]+", re.IGNORECASE | re.DOTALL)),
    ("season", re.compile(r"season.*", re.IGNORECASE | re.DOTALL)),
    ("titlecard", re.compile(r"(?:.*s[0-9]+e[0-9]+|.*episodetemplate)\..*", re.IGNORECASE | re.DOTALL)),
)


def type_of(name: str) -> str:
    return next((kind for kind, pattern in TYPES if pattern.fullmatch(name)), "other")


def own_libraries(
    session: Session, root_id: int | None, prefix: str, loose: bool = False
) -> list[dict[str, Any]]:
    """What lies exactly two folders deep; loose images of a library count as a folder on request."""
    rows = [row for row in image_rows(session, root_id) if row.folder.count("/") <= 1 and is_shown(row)]
    wanted = [row for row in rows if loose or "/" in row.folder]
    grouped = groupby(sorted(wanted, key=lambda row: row.top), key=lambda row: row.top)
    return sorted((describe_own_library(name, list(found), prefix) for name, found in grouped), key=by_name)


def image_rows(session: Session, root_id: int | None) -> Iterator[Any]:
    columns = FOLDERS.c.path.label("folder"), FOLDERS.c.top, FILES.c.name, FILES.c.size, FILES.c.modified_ns
    query = select(*columns).join(FILES, FILES.c.folder_id == FOLDERS.c.id)
    return session.execute(query.where(FOLDERS.c.root_id == root_id, FOLDERS.c.path != ""))


def is_shown(row) -> bool:
    return SET_ASIDE not in row.folder and SET_ASIDE not in row.name


def describe_own_library(name: str, rows: list, prefix: str) -> dict[str, Any]:
    grouped = groupby(sorted(rows, key=lambda row: row.folder), key=lambda row: row.folder)
    folders = sorted((describe_own_folder(path, list(found), prefix) for path, found in grouped), key=by_name)
    return {"name": name, "folders": folders, "folder_count": len(folders)}


def describe_own_folder(path: str, rows: list, prefix: str) -> dict[str, Any]:
    assets = sorted((describe_own_asset(row, prefix) for row in rows), key=by_name)
    name = path.partition("/")[2] or LOOSE
    return {"name": name, "path": path, "assets": assets, "asset_count": len(assets)}


def describe_own_asset(row, prefix: str) -> dict[str, Any]:
    path = join_path(row.folder, row.name)
    return {
        "name": row.name,
        "path": path,
        "type": type_of(row.name),
        "size": row.size,
        "url": address(prefix, path),
        "modified": epoch_seconds(row.modified_ns),
    }


def total(found: list[dict[str, Any]]) -> int:
    return sum(folder["asset_count"] for library in found for folder in library["folders"])
