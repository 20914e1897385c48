"""One folder of the asset tree: its folders and images."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.assets.addresses import picture_addresses
from app.core.assets.batch import FILES, FOLDERS
from app.core.assets.naming import full_type, is_storable, join_path
from app.core.assets.pictures import COLUMNS, IMAGES, PREFIX, epoch_seconds
from app.core.assets.summary import by_name
from app.core.errors import Forbidden, Invalid, NotFound
from app.core.exports.library_types import LibraryTypes


def safe_relative_path(untrusted: str) -> str:
    """A path below the root, with "/" between its parts; `Forbidden` where it leads out of the root."""
    if "\0" in untrusted:
        raise Invalid("A path cannot hold a NUL character.")
    parts: list[str] = []
    for part in untrusted.replace("\\", "/").split("/"):
        if part == "..":
            climb_from(parts)
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def climb_from(parts: list[str]) -> None:
    if not parts:
        raise Forbidden("That path lies outside of its folder.")
    parts.pop()


def browse(session: Session, root_id: int | None, path: str) -> list[dict[str, Any]]:
    """The folders in a folder, then its images, each by name."""
    folder = folder_at(session, root_id, path)
    if folder is None:
        return []
    return [*subfolders(session, folder.id), *images_in_folder(session, folder)]


def folder_at(session: Session, root_id: int | None, path: str):
    """The row of a folder; only the root may be unknown, before its first scan."""
    query = select(FOLDERS.c.id, FOLDERS.c.path, FOLDERS.c.top).where(FOLDERS.c.root_id == root_id)
    found = is_storable(path) and session.execute(query.where(FOLDERS.c.path == path)).first()
    if found or not path:
        return found or None
    raise not_a_folder(session, root_id, path)


def not_a_folder(session: Session, root_id: int | None, path: str) -> Invalid | NotFound:
    folder, _, name = path.rpartition("/")
    query = select(FILES.c.name).join(FOLDERS, FOLDERS.c.id == FILES.c.folder_id)
    where = FOLDERS.c.root_id == root_id, FOLDERS.c.path == folder, FILES.c.name == name
    if is_storable(path) and session.scalar(query.where(*where)):
        return Invalid("That is an image and no folder.")
    return NotFound("There is no such folder.")


def subfolders(session: Session, folder_id: int) -> list[dict[str, Any]]:
    columns = (FOLDERS.c[name] for name in ("name", "path", "entries", "created", "modified"))
    rows = session.execute(select(*columns).where(FOLDERS.c.parent_id == folder_id))
    return sorted((described_folder(row) for row in rows), key=by_name)


def described_folder(row) -> dict[str, Any]:
    return {
        "type": "folder",
        "name": row.name,
        "path": row.path,
        "item_count": row.entries,
        "created": row.created,
        "modified": row.modified,
    }


def images_in_folder(session: Session, folder) -> list[dict[str, Any]]:
    rows = session.execute(select(*COLUMNS).select_from(IMAGES).where(FILES.c.folder_id == folder.id))
    holds_shows = LibraryTypes(session).holds_shows(folder.top)
    return sorted((described_image(folder, row, holds_shows) for row in rows), key=by_name)


def described_image(folder, row, holds_shows: bool | None) -> dict[str, Any]:
    path = join_path(folder.path, row.name)
    return {
        "type": "asset",
        "name": row.name,
        "path": path,
        **picture_addresses(PREFIX, path, row.digest, row.color),
        "size": row.size,
        "asset_type": row.kind,
        "full_type": full_type(row.kind, folder.top, holds_shows),
        "created": row.created,
        "modified": epoch_seconds(row.modified_ns),
    }
