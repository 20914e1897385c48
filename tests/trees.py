"""Trees of artwork on disk, what a plain walk finds in them, and what the index holds."""

import os
from collections import Counter
from pathlib import Path

from sqlalchemy import select

from app.background.cataloguer import Cataloguer
from app.core.assets import register
from app.core.assets.batch import FILES, FOLDERS, Numbers
from app.core.assets.naming import OTHER, asset_kind, is_passed_over
from app.core.assets.reading import ReadingRules
from app.core.assets.root_scan import RootScan
from app.core.assets.scan import Depth, Root, identity_of
from app.core.assets.totals import TOTALS

ADDRESSES = ("image_url", "thumbnail_url", "hash", "color")


def make_image(folder: Path, path: str = "poster.jpg", content: bytes = b"image") -> Path:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file


def make_tree(folder: Path, *paths: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for path in paths:
        make_image(folder, path, path.encode())
    return folder


def age(folder: Path, seconds: float = 60) -> None:
    """Make folders older than the time during which they are looked at again."""
    for path, _, _ in os.walk(folder):
        moment = Path(path).stat().st_mtime - seconds
        os.utime(path, (moment, moment))


def make_upkeep(database, path: Path, name="assets", follow_links=False) -> RootScan:
    """What the thread does for one root, to be done at once."""
    with database.writing() as session:
        numbers = Numbers(session)
        mark = register.marks(session).get(name)
        if mark is None or mark.path != str(path):
            mark = register.enter(session, name, path, numbers)
        register.update_root(session, mark.id, identity=identity_of(path))
    root = Root(mark.id, path, identity_of(path))
    return RootScan(database, numbers, root, ReadingRules(path.resolve(), follow_links))


def scan(root_scan: RootScan, depth=Depth.LIGHT):
    root_scan.begin(depth)
    while not (ended := root_scan.advance()):
        pass
    return ended


def index(machine) -> None:
    """Scan every root that exists."""
    for name in ("assets", "manual", "backup"):
        path = machine.roots.path(name)
        if path and path.is_dir():
            scan(make_upkeep(machine.database, path, name), Depth.DEEP)


def walked(root: Path) -> dict[str, tuple[int, int, str]]:
    """Size, time and kind of every image by its path, as a plain walk that follows no link finds them."""
    found = {}
    for folder, below, names in os.walk(root):
        below[:] = [name for name in below if not is_passed_over(name)]
        for name in names:
            if asset_kind(name) and not is_passed_over(name):
                file = Path(folder, name)
                status = file.lstat()
                kept = status.st_size, status.st_mtime_ns, asset_kind(name)
                found[file.relative_to(root).as_posix()] = kept
    return found


def described(entry: dict) -> dict:
    """An entry of a list without the addresses that carry its content's digest, and what they show."""
    return {name: value for name, value in entry.items() if name not in ADDRESSES}


def indexed(database, root_id: int) -> dict[str, tuple[int, int, str]]:
    columns = FOLDERS.c.path, FILES.c.name, FILES.c.size, FILES.c.modified_ns, FILES.c.kind
    query = select(*columns).join(FOLDERS, FOLDERS.c.id == FILES.c.folder_id)
    with database.reading() as session:
        rows = session.execute(query.where(FOLDERS.c.root_id == root_id)).all()
    return {f"{folder}/{name}".lstrip("/"): tuple(rest) for folder, name, *rest in rows}


def folder_paths(database, root_id: int) -> set[str]:
    with database.reading() as session:
        return set(session.scalars(select(FOLDERS.c.path).where(FOLDERS.c.root_id == root_id)))


def totals(database, root_id: int) -> dict[str, tuple[int, int]]:
    """Images and bytes by top folder, as they are kept."""
    columns = TOTALS.c.top, TOTALS.c.posters, TOTALS.c.backgrounds, TOTALS.c.seasons, TOTALS.c.titlecards
    with database.reading() as session:
        rows = session.execute(select(*columns, TOTALS.c.size).where(TOTALS.c.root_id == root_id)).all()
    return {top: (sum(counts), size) for top, *counts, size in rows if sum(counts)}


def summed(images: dict[str, tuple[int, int, str]]) -> dict[str, tuple[int, int]]:
    """Images with a gallery of their own and bytes of all images by top folder, added up from a walk."""
    counts, sizes = Counter(), Counter()
    for path, (size, _, kind) in images.items():
        top = path.partition("/")[0] if "/" in path else ""
        counts[top] += kind != OTHER
        sizes[top] += size
    return {top: (count, sizes[top]) for top, count in counts.items() if count}


def catalogue(machine) -> Cataloguer:
    """Scan every root, bring the catalogue up to date, and read every picture."""
    index(machine)
    thread = Cataloguer(machine)
    thread.begin_pass()
    while thread.is_passing:
        thread.step()
    while thread.read_pictures():
        pass
    return thread
