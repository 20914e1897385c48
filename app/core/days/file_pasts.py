"""What lay at a path on a day and what lies there by the last step, as the journal writes it."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.days.listing import ON_DISK
from app.core.decisions.run_entries import placeholders

STEPS = "SELECT path, number > ?, action, before, after FROM entries"
# So many values one query takes.
PART = 500
# Of more paths the whole journal is read once from its beginning: their entries lie all over it, so that
# each of them alone would be another read of the disk.
MOST_LOOKED_UP = 4000


@dataclass(slots=True)
class FilePast:
    """The steps on one file: their `count`, and by `is_older` whether any is from before the day's end.

    `then` is the file that lay there on the day, None for none or where nothing tells. `now` is the one that
    the last step since left, and `action` what that did, "" where there is none. Files are texts of the
    journal, which nobody reads before they are needed.
    """

    count: int = 0
    is_older: bool = False
    then: str | None = None
    action: str = ""
    now: str | None = None

    def take(self, is_since: bool, action: str, before: str | None, after: str | None) -> None:
        """Add the next step in the order of the journal."""
        self.count += 1
        if not is_since:
            self.is_older, self.then = True, after
            return
        if not self.action and not self.is_older:
            self.then = before
        self.action, self.now = action, after


NO_STEPS = FilePast()


def file_pasts(journal: sqlite3.Connection, number: int, paths: Sequence[str]) -> dict[str, FilePast]:
    """The past of the files of those paths beside the entry `number`; none of one without a step."""
    found: dict[str, FilePast] = defaultdict(FilePast)
    rows = all_steps if len(paths) > MOST_LOOKED_UP else steps_looked_up
    for path, *step in rows(journal, number, paths):
        found[path].take(*step)
    return dict(found)


def steps_looked_up(journal: sqlite3.Connection, number: int, paths: Sequence[str]) -> Iterator[tuple]:
    """Rows of `STEPS` of those paths, those of a path in their order."""
    for start in range(0, len(paths), PART):
        some = paths[start : start + PART]
        query = f"{STEPS} WHERE {ON_DISK} AND path IN ({placeholders(some)}) ORDER BY number"
        yield from journal.execute(query, (number, *some))


def all_steps(journal: sqlite3.Connection, number: int, paths: Sequence[str]) -> Iterator[tuple]:
    """The same, by one pass over the journal."""
    wanted = frozenset(paths)
    query = f"{STEPS} NOT INDEXED WHERE {ON_DISK} AND path BETWEEN ? AND ? ORDER BY number"
    rows = journal.execute(query, (number, min(paths), max(paths)))
    return (row for row in rows if row[0] in wanted)
