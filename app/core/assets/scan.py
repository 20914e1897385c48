"""Compares the index with the disk, folder by folder, in short transactions."""

from collections import deque
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from stat import S_ISDIR
from typing import Any, NamedTuple

from sqlalchemy import Row as Found
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.assets.batch import FILES, FOLDERS, Batch, Numbers
from app.core.assets.naming import join_path
from app.core.assets.reading import Below, Image, Reading, ReadingRules
from app.core.assets.removal import remove_folders
from app.core.assets.tally import FolderTally, tally_of
from app.core.sessions import Sessions

CHUNK = 250


class Depth(Enum):
    """How much of the tree is read."""

    LIGHT = "light"  # folders whose time has changed
    DEEP = "deep"  # all folders
    SHALLOW = "shallow"  # the named folders, and new ones below them


class RootLost(Exception):
    """The root is another folder than before, or none."""


class Root(NamedTuple):
    """A tree to be scanned, as it was found."""

    id: int
    path: Path
    identity: str

    def holds(self) -> bool:
        return identity_of(self.path) == self.identity


class Known(NamedTuple):
    """A folder in the index, below another one."""

    id: int
    linked: bool


def identity_of(path: Path) -> str | None:
    """Device and inode of a folder, None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return f"{status.st_dev}:{status.st_ino}" if S_ISDIR(status.st_mode) else None


class Scan:
    """Brings the rows of some folders, and of what lies below them, up to what lies on disk."""

    def __init__(self, database: Sessions, numbers: Numbers, root: Root, rules: ReadingRules, depth: Depth):
        self.database, self.numbers, self.root, self.rules = database, numbers, root, rules
        self.depth = depth
        self.queue: deque[int] = deque()
        self.fresh: set[int] = set()
        self.removed: list[int] = []
        self.batch = Batch()
        self.touched: set[str] = set()
        self.vanished = 0
        self.read = 0

    def steps(self, start: list[int]) -> Iterator[None]:
        """Scan the folders; between two steps everything is stored, and others may write."""
        self.queue.extend(start)
        while self.queue:
            ids = [self.queue.popleft() for _ in range(min(CHUNK, len(self.queue)))]
            with self.database.reading() as session:
                folders, known = folders_by_id(session, ids), children_of(session, ids)
            for folder in folders:
                self.visit(folder, known.get(folder.id, {}))
            self.flush()
            yield

    def visit(self, folder: Found, known: dict[str, Known]) -> None:
        path = f"{self.root.path}/{folder.path}"
        try:
            reading = Reading(self.rules, path, folder.id, folder.linked)
        except (FileNotFoundError, NotADirectoryError):
            self.remove(folder)
            return
        except OSError:
            self.batch.changes.append({"changed_id": folder.id, "unreadable": 1, "seen_ns": 0})
            self.touched.add(folder.top)
            return
        if self.depth is Depth.LIGHT and folder.seen_ns == reading.status.st_mtime_ns:
            self.queue.extend(child.id for child in known.values())
        else:
            self.take_in(folder, reading, known)

    def remove(self, folder: Found) -> None:
        if folder.parent_id is None:
            raise RootLost
        self.removed.append(folder.id)
        self.touched.add(folder.top)

    def take_in(self, folder: Found, reading: Reading, known: dict[str, Known]) -> None:
        self.read += 1
        tally = self.merge(folder, reading)
        self.vanished += reading.vanished
        if reading.gone:
            self.remove(folder)
            return
        change = changed_columns(reading, tally)
        if any(getattr(folder, name) != value for name, value in change.items()):
            self.batch.changes.append({"changed_id": folder.id, **change})
            self.touched.add(folder.top)
        self.mind_folders(folder, reading, known)

    def merge(self, folder: Found, reading: Reading) -> FolderTally:
        """Store the images that differ from their rows, and return the sums of all."""
        stored, tally, seen = tally_of(folder), FolderTally(), set()
        is_fresh = folder.id in self.fresh
        self.fresh.discard(folder.id)
        for images in reading.parts():
            tally.add(images)
            if is_fresh:
                self.store(images)
                continue
            seen.update([image[1] for image in images])
            if tally != stored or not folder.seen_ns:
                self.store(self.differing(folder.id, images))
        if reading.unreadable:
            return stored
        if not is_fresh and (tally != stored or not folder.seen_ns):
            self.lose_unseen(folder.id, seen)
        return tally

    def store(self, images: list[Image]) -> None:
        self.batch.files += images
        if self.batch.full:
            self.flush()

    def differing(self, folder_id: int, images: list[Image]) -> list[Image]:
        with self.database.reading() as session:
            stored = stored_states(session, folder_id, [image[1] for image in images])
        different = [image for image in images if stored.get(image[1]) != image[2:]]
        self.batch.lose(folder_id, [image[1] for image in different if image[1] in stored])
        return different

    def lose_unseen(self, folder_id: int, seen: set[str]) -> None:
        with self.database.reading() as session:
            names = session.scalars(select(FILES.c.name).where(FILES.c.folder_id == folder_id))
            self.batch.lose(folder_id, [name for name in names if name not in seen])

    def mind_folders(self, folder: Found, reading: Reading, known: dict[str, Known]) -> None:
        found = {below.name: below for below in reading.folders}
        for name, child in known.items():
            below = found.pop(name, None)
            if below and below.linked == child.linked:
                self.go_on(child)
            elif not reading.unreadable:
                self.removed.append(child.id)
                self.touched.add(folder.top or name)
                found.update({name: below} if below else {})
        for below in found.values():
            self.add(folder, below)

    def go_on(self, child: Known) -> None:
        if self.depth is not Depth.SHALLOW:
            self.queue.append(child.id)

    def add(self, folder: Found, below: Below) -> None:
        row = {
            "id": self.numbers.next(),
            "root_id": self.root.id,
            "parent_id": folder.id,
            "path": join_path(folder.path, below.name),
            "name": below.name,
            "top": folder.top or below.name,
            "linked": below.linked,
        }
        self.batch.folders.append(row)
        self.fresh.add(row["id"])
        self.queue.append(row["id"])
        self.touched.add(row["top"])

    def flush(self) -> None:
        """Write what was found; nothing is deleted where the root is another folder or missing."""
        if (self.removed or self.batch.lost) and not self.root.holds():
            raise RootLost
        if self.removed:
            remove_folders(self.database, self.removed)
        if self.batch:
            with self.database.writing() as session:
                self.batch.write(session)
        self.batch, self.removed = Batch(), []


def changed_columns(reading: Reading, tally: FolderTally) -> dict[str, Any]:
    return {
        "seen_ns": reading.seen_ns,
        "modified": reading.status.st_mtime,
        "created": reading.status.st_ctime,
        "entries": reading.entries,
        "unreadable": reading.unreadable,
        "bad_names": reading.bad_names,
        "loops": reading.loops,
        "ways_out": reading.ways_out,
        **vars(tally),
    }


def folders_by_id(session: Session, ids: list[int]) -> list[Found]:
    return list(session.execute(select(FOLDERS).where(FOLDERS.c.id.in_(ids)).order_by(FOLDERS.c.id)))


def children_of(session: Session, ids: list[int]) -> dict[int, dict[str, Known]]:
    columns = FOLDERS.c.parent_id, FOLDERS.c.name, FOLDERS.c.id, FOLDERS.c.linked
    found: dict[int, dict[str, Known]] = {}
    for parent_id, name, child_id, linked in session.execute(
        select(*columns).where(FOLDERS.c.parent_id.in_(ids))
    ):
        found.setdefault(parent_id, {})[name] = Known(child_id, linked)
    return found


def stored_states(
    session: Session, folder_id: int, names: list[str]
) -> dict[str, tuple[str, int, int, float]]:
    """Kind, size in bytes, time of change in nanoseconds, and that of the inode in seconds, by name."""
    columns = (FILES.c[name] for name in ("name", "kind", "size", "modified_ns", "created"))
    query = select(*columns).where(FILES.c.folder_id == folder_id, FILES.c.name.in_(names))
    return {name: tuple(state) for name, *state in session.execute(query)}
