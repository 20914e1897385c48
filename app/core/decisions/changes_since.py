"""Which pictures have changed since a time, and by whom: by runs, or on a media server by others."""

import sqlite3
from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from app.core.decisions.journal import aware, has_column, reading_journal, record_words, run_number, unpacked
from app.core.decisions.run_entries import StepPicture, picture_asset, present_state, shown_file
from app.core.decisions.states import OVERWRITTEN
from app.core.decisions.versions import FileFacts, file_facts
from app.core.errors import Unavailable

# Read of the journal at most, so that a whole library anew does not delay a page.
MOST_READ = 2000
KOMETA = "Kometa"
# Who shows a picture on a media server, by the words of the records.
OWN_REFRESH = "the media server"


@dataclass(frozen=True)
class PictureChange:
    """A picture that was changed, as it was before and after; either may be gone.

    `run` is the number of this server's run, None for other hands; `by` is the mode of a run, else "kometa",
    "refresh" or "other": whatever overwrote it at that media server. `why` says how that is known, and
    `before` is ours then.
    """

    path: str
    at: datetime
    by: str
    run: int | None = None
    server: str = ""
    why: str = ""
    before: StepPicture | None = None
    after: StepPicture | None = None


@dataclass(frozen=True)
class ChangedFile:
    """A file as it was before its first change and after its newest one, and who made that one."""

    path: str
    at: datetime
    by: str
    run: int | None
    before: FileFacts | None
    after: FileFacts | None


@dataclass(frozen=True)
class ChangingRun:
    """A run of this server, the time of its newest change, and of how many pictures that is the newest."""

    number: int
    mode: str
    at: datetime
    count: int


class ChangesSince(NamedTuple):
    """Some of the changed pictures, how many there are, and the runs that changed them."""

    changes: list[PictureChange]
    total: int
    runs: list[ChangingRun]


def changes_since(engine: Path, root: Path | None, since: datetime, most: int) -> ChangesSince:
    """What differs from that time, the newest first, at most so many; nothing of an unreadable journal.

    A picture that is again what it was, such as one that was taken back, has not changed.
    """
    try:
        with reading_journal(engine) as journal:
            written = changed_files_since(changed_rows(journal, since))
            foreign = overwritten_since(journal, root, since)
    except Unavailable:
        return ChangesSince([], 0, [])
    found = [change_of_file(engine, root, each) for each in written[:most]]
    both = sorted([*found, *foreign], key=lambda change: change.at, reverse=True)
    return ChangesSince(both[:most], len(written) + len(foreign), runs_of_files(written))


def changed_rows(journal: sqlite3.Connection, since: datetime) -> list[tuple]:
    """(path, at, mode, run, before, after) of the files that were written, the newest first."""
    on_disk = "AND place IS NULL" if has_column(journal, "entries", "place") else ""
    query = (
        "SELECT path, at, coalesce(mode, ''), run, before, after FROM entries LEFT JOIN runs ON name = run"
        f" WHERE state = 'done' {on_disk} ORDER BY number DESC LIMIT ?"
    )
    rows = journal.execute(query, [MOST_READ]).fetchall()
    return [row for row in rows if row[1] and aware(row[1]) > since]


def changed_files_since(rows: list[tuple]) -> list[ChangedFile]:
    """Each file that differs now, the newest change first, of rows in that order."""
    found: dict[str, ChangedFile] = {}
    for path, at, mode, run, before, after in rows:
        newer = found.get(path)
        last = file_facts(after) if newer is None else newer.after
        name = newer or ChangedFile(path, aware(at), mode.lower() or "other", run_number(run), None, None)
        found[path] = replace(name, before=file_facts(before), after=last)
    return [each for each in found.values() if digest(each.before) != digest(each.after)]


def digest(facts: FileFacts | None) -> str | FileFacts | None:
    """What two contents are compared by; the facts where the journal has no digest."""
    return facts and (facts.sha256 or facts)


def runs_of_files(files: list[ChangedFile]) -> list[ChangingRun]:
    """The runs of this server that the changes are of, the newest first."""
    counts = Counter(each.run for each in files if each.run)
    newest = {each.run: each for each in reversed(files) if each.run}
    runs = [ChangingRun(number, each.by, each.at, counts[number]) for number, each in newest.items()]
    return sorted(runs, key=lambda run: run.number, reverse=True)


def change_of_file(engine: Path, root: Path | None, file: ChangedFile) -> PictureChange:
    asset = picture_asset(engine, root, file.path)
    pictures = [shown_file(asset, facts) if asset else None for facts in (file.before, file.after)]
    return PictureChange(file.path, file.at, file.by, file.run, "", "", *pictures)


def overwritten_since(journal: sqlite3.Connection, root: Path | None, since: datetime) -> list[PictureChange]:
    """Pictures that others put over ours on a media server, with ours as it lies there."""
    if not has_column(journal, "assets", "upload"):
        return []
    words = record_words(journal)
    rows = journal.execute(
        "SELECT path, record FROM assets WHERE upload = ? LIMIT ?", [OVERWRITTEN, MOST_READ]
    ).fetchall()
    return [
        overwritten_picture(path, each, root)
        for path, record in rows
        for each in unpacked(record, words).get("uploads", [])
        if each["state"] == OVERWRITTEN and each.get("at") and aware(each["at"]) > since
    ]


def overwritten_picture(path: str, upload: dict, root: Path | None) -> PictureChange:
    server, why = upload["place"]["server"], upload.get("why", "")
    asset = picture_asset(Path(), root, path)
    ours = StepPicture(path) if asset and present_state(asset) else None
    return PictureChange(path, aware(upload["at"]), foreign_hand(upload), None, server, why, ours)


def foreign_hand(upload: dict) -> str:
    """ "kometa", "refresh" of the server's own, or "other", by the sentence and the owner of the record."""
    if KOMETA in upload.get("why", ""):
        return "kometa"
    return "refresh" if (upload.get("shown") or {}).get("owner") == OWN_REFRESH else "other"
