"""Rows of images become the entries that clients know."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.core.assets.addresses import picture_addresses
from app.core.assets.batch import FILES, FOLDERS
from app.core.assets.naming import PLURALS, ROOT_FOLDER, full_type, join_path
from app.core.assets.roots import PLACES
from app.core.catalogue.contents import contents_by_path
from app.core.catalogue.table import CONTENT, OF_FILE
from app.core.catalogue.table import TABLE as CATALOGUE
from app.core.exports.library_types import LibraryTypes

COLUMNS = (
    FOLDERS.c.path.label("folder"),
    FOLDERS.c.top,
    FILES.c.name,
    FILES.c.kind,
    FILES.c.size,
    FILES.c.modified_ns,
    FILES.c.created,
    *CONTENT,
)
NAMES = FOLDERS.join(FILES, FILES.c.folder_id == FOLDERS.c.id)
# The same with what was read of the images.
IMAGES = NAMES.outerjoin(CATALOGUE, OF_FILE)
PREFIX = PLACES["assets"].prefix
NANO = 10**9


def images_of(root_id: int | None, plural: str) -> Select:
    """A query of all images of a kind, by folder and name."""
    return in_path_order(select(*COLUMNS).select_from(IMAGES), root_id, plural)


def in_path_order(query: Select, root_id: int | None, plural: str) -> Select:
    wanted = FOLDERS.c.root_id == root_id, FOLDERS.c[plural] > 0, FILES.c.kind == PLURALS[plural]
    return query.where(*wanted).order_by(FOLDERS.c.path, FILES.c.name)


def images_page(root_id: int | None, plural: str, limit: int | None, offset: int) -> Select:
    """A part of these images: what is skipped is read from the index of folders and names alone."""
    keys = in_path_order(select(FILES.c.folder_id, FILES.c.name).select_from(NAMES), root_id, plural)
    chosen = keys.limit(limit).offset(offset).subquery()
    own = (FILES.c.folder_id == chosen.c.folder_id) & (FILES.c.name == chosen.c.name)
    whole = chosen.join(FILES, own).join(FOLDERS, FOLDERS.c.id == FILES.c.folder_id)
    query = select(*COLUMNS).select_from(whole.outerjoin(CATALOGUE, OF_FILE))
    return query.order_by(FOLDERS.c.path, FILES.c.name)


def image_count(session: Session, root_id: int | None, plural: str) -> int:
    query = select(func.coalesce(func.sum(FOLDERS.c[plural]), 0)).where(FOLDERS.c.root_id == root_id)
    return int(session.scalar(query))


def only_below(query: Select, folder: str) -> Select:
    """Keep what lies in a folder or below it, or directly in the root where `ROOT_FOLDER` is asked for."""
    prefix = f"{folder}/"
    inside = (FOLDERS.c.top == folder.partition("/")[0]) & (
        (FOLDERS.c.path == folder) | (func.substr(FOLDERS.c.path, 1, len(prefix)) == prefix)
    )
    return query.where(inside | (FOLDERS.c.path == "") if folder == ROOT_FOLDER else inside)


def epoch_seconds(nanoseconds: int) -> float:
    """Whole seconds and the rest apart, since all nanoseconds since 1970 are too many for a float."""
    return nanoseconds // NANO + nanoseconds % NANO / NANO


def image_entries(session: Session, query: Select) -> Iterator[dict[str, Any]]:
    types = LibraryTypes(session)
    for row in session.execute(query.execution_options(yield_per=1000)):
        yield image_entry(row, types)


def with_addresses(session: Session, root_id: int | None, rows: list[dict]) -> list[dict[str, Any]]:
    """Entries that have a `path`, with `picture_addresses`."""
    read = contents_by_path(session, root_id, {row["path"] for row in rows})
    contents = ((row, read.get(row["path"])) for row in rows)
    return [
        row | picture_addresses(PREFIX, row["path"], found and found.digest, found and found.color)
        for row, found in contents
    ]


def image_entry(row, types: LibraryTypes) -> dict[str, Any]:
    path = join_path(row.folder, row.name)
    return {
        "path": path,
        "name": row.name,
        "size": row.size,
        **picture_addresses(PREFIX, path, row.digest, row.color),
        "created": row.created,
        "modified": epoch_seconds(row.modified_ns),
        "type": full_type(row.kind, row.top, types.holds_shows(row.top)),
    }
