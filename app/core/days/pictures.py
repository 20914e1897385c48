"""What each picture was on a day, beside what it is now; read in parts, whatever the library's size."""

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from app.core.assets.recent import image_title, item_name
from app.core.days.file_pasts import NO_STEPS, FilePast, file_pasts
from app.core.days.listing import Day
from app.core.decisions.journal import reading_journal
from app.core.decisions.run_entries import picture_asset
from app.core.decisions.versions import AssetPath, FileFacts, digest_of_file, file_facts

# SAME as now, CHANGED since, LOST: changed, and its bytes are gone; NEW: not there yet; GONE: not there any
# more; UNKNOWN: the journal does not say what lay there.
SAME, CHANGED, LOST, NEW, GONE, UNKNOWN = "same", "changed", "lost", "new", "gone", "unknown"
STATES = (SAME, CHANGED, LOST, NEW, GONE, UNKNOWN)
BY_HAND = ("put", "hold")
# As many steps as the built-in script keeps of an asset; of one with so many the first may be missing.
MOST_STEPS = 20
# A wall needs the first part alone; the parts of a whole library grow, as each has its price.
FIRST_PART, GROWTH, LARGEST_PART = 500, 8, 40_000


@dataclass(frozen=True)
class PictureThen:
    """A picture on a day: `state` is one of `STATES`, `then` the file that lay there, None for none.

    `is_kept` says that its bytes are still to be had, and `is_by_hand` that a person chose the present
    picture since. `look` finds `is_touched`.
    """

    path: str
    state: str
    then: FileFacts | None = None
    is_kept: bool = False
    is_by_hand: bool = False
    is_there: bool = True
    look: Callable[[], bool] = field(default=bool, repr=False, compare=False)

    @cached_property
    def is_touched(self) -> bool:
        """Whether other hands changed the file since its last step; the first call may read the file."""
        return self.look()

    @property
    def title(self) -> str:
        folder, _, name = self.path.rpartition("/")
        return image_title(item_name(folder, name), name)

    @property
    def item(self) -> str:
        """The folder of the film or show."""
        return self.path.rpartition("/")[0]


def pictures_then(engine: Path, root: Path | None, day: Day, paths: Iterable[str]) -> dict[str, PictureThen]:
    """The pictures of those paths on the day; one of which the journal has no step since is the same."""
    return {picture.path: picture for picture in each_picture_then(engine, root, day, list(paths))}


def each_picture_then(engine: Path, root: Path | None, day: Day, paths: list[str]) -> Iterator[PictureThen]:
    """The same in the order of the paths; a file is looked at when its picture is asked for."""
    with reading_journal(engine) as journal:
        pasts = file_pasts(journal, day.number, paths)
    return (picture_then(engine, root, day, path, pasts.get(path, NO_STEPS)) for path in paths)


def changed_pictures(
    engine: Path, root: Path | None, day: Day, folder: str = "", after: str = ""
) -> Iterator[PictureThen]:
    """The pictures that differ from the day, by path, behind the path `after` and below the folder."""
    size = FIRST_PART
    while paths := paths_changed_since(engine, day, folder, after, size):
        after, size = paths[-1], min(size * GROWTH, LARGEST_PART)
        found = each_picture_then(engine, root, day, paths)
        yield from (picture for picture in found if picture.state != SAME)


def paths_changed_since(engine: Path, day: Day, folder: str, after: str, limit: int) -> list[str]:
    """The next paths on which anything was done since the day."""
    # The sign keeps SQLite from sorting all entries since: the index by path alone is read.
    where, values = "+number > ? AND path > ? AND substr(path, 1, 1) <> '/'", [day.number, after]
    if folder:
        where, values = where + " AND substr(path, 1, ?) = ?", [*values, len(folder) + 1, f"{folder}/"]
    query = f"SELECT DISTINCT path FROM entries WHERE {where} ORDER BY path LIMIT ?"
    with reading_journal(engine) as journal:
        return [path for (path,) in journal.execute(query, (*values, limit))]


def picture_then(engine: Path, root: Path | None, day: Day, path: str, past: FilePast) -> PictureThen:
    asset = picture_asset(engine, root, path)
    found = lying_state(root, path) if asset else None
    then, now = file_facts(past.then), file_facts(past.now)
    if not past.action or asset is None:
        return untouched_picture(found, day, path, then)
    look = partial(is_of_others, asset, found, now)
    common = {"is_by_hand": past.action in BY_HAND, "is_there": found is not None, "look": look}
    if not past.is_older and past.count >= MOST_STEPS:
        return PictureThen(path, UNKNOWN, **common)
    is_kept = bool(then and (found == then[:2] or is_stored(engine, then.sha256)))
    return PictureThen(path, change_state(then, now, is_kept), then, is_kept, **common)


def lying_state(root: Path | None, path: str) -> tuple[int, int] | None:
    """(size, mtime in nanoseconds) of the file of a path of the journal, of which nothing is read."""
    try:
        found = os.stat(f"{root}/{path}") if root else None  # noqa: PTH116 - a Path costs more than the look
    except (OSError, ValueError):
        return None
    return found and (found.st_size, found.st_mtime_ns)


def is_stored(engine: Path, sha256: str) -> bool:
    """Whether the store has the bytes: where `AssetPath.kept` says, for many."""
    return os.path.isfile(f"{engine}/store/{sha256[:2]}/{sha256}")  # noqa: PTH113 - as above


def untouched_picture(
    found: tuple[int, int] | None, day: Day, path: str, known: FileFacts | None
) -> PictureThen:
    """A picture without a step since the day: the same, unless other hands have changed the file since."""
    is_known = known is not None and known[:2] == found
    is_newer = found is not None and not is_known and found[1] > day.at.timestamp() * 10**9
    state = UNKNOWN if is_newer else SAME
    return PictureThen(path, state, is_there=found is not None, look=partial(bool, is_newer))


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
