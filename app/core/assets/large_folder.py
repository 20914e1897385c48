"""For a folder with very many images: a change reads only the named entries, and not the folder."""

import os
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row as Found
from sqlalchemy import literal, select
from sqlalchemy.orm import Session

from app.core.assets.batch import FILES, FOLDERS
from app.core.assets.naming import PLURALS
from app.core.assets.reading import Image, Reading
from app.core.assets.removal import sliced
from app.core.assets.scan import Scan, children_of
from app.core.assets.tally import FolderTally
from app.core.assets.totals import SUMS

LARGE = 3000
COLUMNS = tuple(FILES.c[name] for name in ("folder_id", "name", "kind", "size", "modified_ns", "created"))


class NamedEntry:
    """An entry as a listing of its folder would return it, read by name."""

    def __init__(self, folder: str, name: str):
        self.name, self.path = name, f"{folder}/{name}"

    def exists(self) -> bool:
        return os.path.lexists(self.path)

    def is_symlink(self) -> bool:
        return os.path.islink(self.path)  # noqa: PTH114 - as cheap as the listing it stands for

    def is_dir(self, follow_symlinks: bool = True) -> bool:
        return os.path.isdir(self.path) and (follow_symlinks or not self.is_symlink())  # noqa: PTH112

    def is_file(self, follow_symlinks: bool = True) -> bool:
        return os.path.isfile(self.path) and (follow_symlinks or not self.is_symlink())  # noqa: PTH113

    def stat(self, follow_symlinks: bool = True) -> os.stat_result:
        return os.stat(self.path, follow_symlinks=follow_symlinks)  # noqa: PTH116


def large_folders(session: Session, root_id: int, paths: Iterable[str]) -> dict[str, Found]:
    """The rows of those among the folders that hold very many images."""
    count = sum((FOLDERS.c[plural] for plural in PLURALS), literal(0))
    query = select(FOLDERS).where(FOLDERS.c.root_id == root_id, count > LARGE)
    rows = (session.execute(query.where(FOLDERS.c.path.in_(part))) for part in sliced(paths))
    return {row.path: row for found in rows for row in found}


def look_at_names(scan: Scan, folder: Found, names: set[str]) -> None:
    """Bring the rows of some names up to date; the folder itself still counts as changed afterwards."""
    path = f"{scan.root.path}/{folder.path}"
    try:
        reading = Reading(scan.rules, path, folder.id, folder.linked)
    except OSError:
        return  # its parent folder has changed too, and is scanned
    entries = (NamedEntry(path, name) for name in names)
    images = list(reading.images(entry for entry in entries if entry.exists()))
    with scan.database.reading() as session:
        stored = images_by_name(session, folder.id, names)
        known = children_of(session, [folder.id]).get(folder.id, {})
    replace_images(scan, folder, stored, [] if reading.unreadable else images)
    scan.mind_folders(folder, reading, {name: child for name, child in known.items() if name in names})
    for _ in scan.steps([]):
        pass
    scan.flush()


def images_by_name(session: Session, folder_id: int, names: set[str]) -> list[Image]:
    query = select(*COLUMNS).where(FILES.c.folder_id == folder_id)
    return [
        tuple(row) for part in sliced(names) for row in session.execute(query.where(FILES.c.name.in_(part)))
    ]


def replace_images(scan: Scan, folder: Found, stored: list[Image], found: list[Image]) -> None:
    gone, new = set(stored) - set(found), set(found) - set(stored)
    if not gone and not new:
        return
    scan.batch.lose(folder.id, [image[1] for image in gone])
    scan.batch.files += new
    scan.batch.changes.append({"changed_id": folder.id, **changed_sums(folder, list(gone), list(new))})
    scan.touched.add(folder.top)


def changed_sums(folder: Found, gone: list[Image], new: list[Image]) -> dict[str, Any]:
    """The folder's sums without what is gone and with what is new; no checksum stands for them."""
    less, more = FolderTally(), FolderTally()
    less.add(gone)
    more.add(new)
    sums = {name: getattr(folder, name) + getattr(more, name) - getattr(less, name) for name in SUMS}
    entries = folder.entries + len(new) - len(gone)
    newest = max(folder.newest_ns, more.newest_ns)
    return {**sums, "entries": entries, "newest_ns": newest, "checksum": 0}
