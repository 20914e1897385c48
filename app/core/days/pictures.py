"""What each picture was on a day, beside what it is now; read in parts, whatever the library's size."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.core.assets.recent import image_title, item_name
from app.core.days.listing import ON_DISK, Day
from app.core.decisions.journal import reading_journal
from app.core.decisions.run_entries import picture_asset, placeholders
from app.core.decisions.versions import AssetPath, FileFacts, digest_of_file, file_facts

# SAME as now, CHANGED since, LOST: changed, and its bytes are gone; NEW: not there yet; GONE: not there any
# more; UNKNOWN: the journal does not say what lay there.
SAME, CHANGED, LOST, NEW, GONE, UNKNOWN = "same", "changed", "lost", "new", "gone", "unknown"
STATES = (SAME, CHANGED, LOST, NEW, GONE, UNKNOWN)
BY_HAND = ("put", "hold")
# As many steps as the built-in script keeps of an asset; of one with so many the first may be missing.
MOST_STEPS = 20
PART = 500


@dataclass(frozen=True)
class PictureThen:
    """A picture on a day: `state` is one of `STATES`, `then` the file that lay there, None for none.

    `is_kept` says that its bytes are still to be had, `is_by_hand` that a person chose the present picture
    since, and `is_touched` that other hands changed the file since its last step.
    """

    path: str
    state: str
    then: FileFacts | None = None
    is_kept: bool = False
    is_by_hand: bool = False
    is_touched: bool = False
    is_there: bool = True

    @property
    def title(self) -> str:
        folder, _, name = self.path.rpartition("/")
        return image_title(item_name(folder, name), name)

    @property
    def item(self) -> str:
        """The folder of the film or show."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True)
class FileStep:
    """A step on a file: its number, what it did, and the files before and after it."""

    number: int
    action: str
    before: FileFacts | None
    after: FileFacts | None


def pictures_then(engine: Path, root: Path | None, day: Day, paths: Iterable[str]) -> dict[str, PictureThen]:
    """The pictures of those paths on the day; one of which the journal has no step since is the same."""
    wanted = list(paths)
    with reading_journal(engine) as journal:
        steps = steps_of(journal, wanted)
    return {path: picture_then(engine, root, day, path, steps.get(path, [])) for path in wanted}


def changed_pictures(
    engine: Path, root: Path | None, day: Day, folder: str = "", after: str = ""
) -> Iterator[PictureThen]:
    """The pictures that differ from the day, by path, behind the path `after` and below the folder."""
    while paths := paths_changed_since(engine, day, folder, after):
        after = paths[-1]
        found = pictures_then(engine, root, day, paths)
        yield from (picture for picture in found.values() if picture.state != SAME)


def paths_changed_since(engine: Path, day: Day, folder: str, after: str) -> list[str]:
    """The next paths on which anything was done since the day."""
    # The sign keeps SQLite from sorting all entries since: the index by path alone is read.
    where, values = "+number > ? AND path > ? AND substr(path, 1, 1) <> '/'", [day.number, after]
    if folder:
        where, values = where + " AND substr(path, 1, ?) = ?", [*values, len(folder) + 1, f"{folder}/"]
    query = f"SELECT DISTINCT path FROM entries WHERE {where} ORDER BY path LIMIT {PART}"
    with reading_journal(engine) as journal:
        return [path for (path,) in journal.execute(query, values)]


def steps_of(journal: sqlite3.Connection, paths: list[str]) -> dict[str, list[FileStep]]:
    """The steps on the files of those paths in their order."""
    found: dict[str, list[FileStep]] = {}
    for start in range(0, len(paths), PART):
        some = paths[start : start + PART]
        query = (
            "SELECT path, number, action, before, after FROM entries"
            f" WHERE {ON_DISK} AND path IN ({placeholders(some)}) ORDER BY number"
        )
        for path, number, action, before, after in journal.execute(query, some):
            step = FileStep(number, action, file_facts(before), file_facts(after))
            found.setdefault(path, []).append(step)
    return found


def picture_then(engine: Path, root: Path | None, day: Day, path: str, steps: list[FileStep]) -> PictureThen:
    earlier = [step for step in steps if step.number <= day.number]
    since = [step for step in steps if step.number > day.number]
    asset = picture_asset(engine, root, path)
    found = lying_state(root, path) if asset else None
    if not since or asset is None:
        return untouched_picture(found, day, path, earlier)
    now, is_by_hand = since[-1].after, since[-1].action in BY_HAND
    is_touched = is_of_others(asset, found, now)
    common = {"is_by_hand": is_by_hand, "is_touched": is_touched, "is_there": found is not None}
    if not earlier and len(steps) >= MOST_STEPS:
        return PictureThen(path, UNKNOWN, **common)
    then = earlier[-1].after if earlier else since[0].before
    is_kept = bool(then and (found == then[:2] or asset.kept(then.sha256).is_file()))
    return PictureThen(path, change_state(then, now, is_kept), then, is_kept, **common)


def lying_state(root: Path | None, path: str) -> tuple[int, int] | None:
    """(size, mtime in nanoseconds) of the file of a path of the journal, of which nothing is read."""
    try:
        found = (root / path).stat() if root else None
    except (OSError, ValueError):
        return None
    return found and (found.st_size, found.st_mtime_ns)


def untouched_picture(
    found: tuple[int, int] | None, day: Day, path: str, earlier: list[FileStep]
) -> PictureThen:
    """A picture without a step since the day: the same, unless other hands have changed the file since."""
    is_known = earlier and earlier[-1].after and earlier[-1].after[:2] == found
    is_newer = found is not None and not is_known and found[1] > day.at.timestamp() * 10**9
    return PictureThen(path, UNKNOWN if is_newer else SAME, is_touched=is_newer, is_there=found is not None)


def change_state(then: FileFacts | None, now: FileFacts | None, is_kept: bool) -> str:
    if then is None:
        return SAME if now is None else NEW
    if now is not None and then.sha256 == now.sha256:
        return SAME
    if not is_kept:
        return LOST
    return GONE if now is None else CHANGED


def is_of_others(asset: AssetPath, found: tuple[int, int] | None, known: FileFacts | None) -> bool:
    """Whether the file is not the one that the last step left; one of the same size is read."""
    if found is None or known is None:
        return (found is None) != (known is None)
    if found == known[:2]:
        return False
    file = asset.present
    return found[0] != known.size or file is None or digest_of_file(file) != known.sha256
