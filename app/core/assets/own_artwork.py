"""The galleries of the manual and the backup tree: libraries, folders, images."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.assets.addresses import picture_addresses
from app.core.assets.arrangement import Arrangement
from app.core.assets.batch import FOLDERS
from app.core.assets.naming import join_path
from app.core.assets.pictures import COLUMNS, IMAGES, epoch_seconds
from app.core.assets.recent import item_name
from app.core.catalogue.titles import fold, title_sort_key

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


def own_gallery(
    session: Session, root_id: int | None, prefix: str, arrangement: Arrangement, loose: bool = False
) -> dict[str, Any]:
    """{"libraries", "total_assets", "total"}: what lies exactly two folders deep, by library and folder.

    Loose images of a library count as a folder on request. The totals are those without limit and offset.
    """
    rows = [row for row in image_rows(session, root_id) if row.folder.count("/") <= 1 and is_shown(row)]
    wanted = [row for row in rows if loose or "/" in row.folder]
    found = arrangement.matching(sorted(wanted, key=by_place), path_of)
    part = arrangement.part(found, KEYS)
    libraries = [describe_own_library(name, rows, prefix) for name, rows in by_column(part, "top")]
    return {"libraries": libraries, "total_assets": len(found), "total": len(found)}


def path_of(row: Any) -> str:
    return join_path(row.folder, row.name)


def by_place(row: Any) -> tuple:
    """Library, folder as it is shown, and name, each without regard to capitals."""
    shown = row.top, folder_name(row.folder), row.name
    return tuple(part for text in shown for part in (text.casefold(), text))


def folder_name(path: str) -> str:
    return path.partition("/")[2] or LOOSE


KEYS = {
    "name": lambda row: fold(row.name),
    "title": lambda row: title_sort_key(item_name(row.folder, row.name), row.kind, row.top, row.name),
    "modified": lambda row: row.modified_ns,
    "created": lambda row: row.created,
    "size": lambda row: row.size,
}


def by_column(rows: list, name: str) -> Iterable[tuple[str, list]]:
    """The rows by one of their columns, in the order in which its values come first."""
    found: dict[str, list] = {}
    for row in rows:
        found.setdefault(getattr(row, name), []).append(row)
    return found.items()


def image_rows(session: Session, root_id: int | None) -> Iterator[Any]:
    query = select(*COLUMNS).select_from(IMAGES)
    return session.execute(query.where(FOLDERS.c.root_id == root_id, FOLDERS.c.path != ""))


def is_shown(row) -> bool:
    return SET_ASIDE not in row.folder and SET_ASIDE not in row.name


def describe_own_library(name: str, rows: list, prefix: str) -> dict[str, Any]:
    folders = [describe_own_folder(path, found, prefix) for path, found in by_column(rows, "folder")]
    return {"name": name, "folders": folders, "folder_count": len(folders)}


def describe_own_folder(path: str, rows: list, prefix: str) -> dict[str, Any]:
    assets = [describe_own_asset(row, prefix) for row in rows]
    return {"name": folder_name(path), "path": path, "assets": assets, "asset_count": len(assets)}


def describe_own_asset(row, prefix: str) -> dict[str, Any]:
    path = path_of(row)
    return {
        "name": row.name,
        "path": path,
        "type": type_of(row.name),
        "size": row.size,
        **picture_addresses(prefix, path, row.digest, row.color),
        "modified": epoch_seconds(row.modified_ns),
    }
