"""Which pictures have changed since a time, and by whom: by runs, or on a media server by others."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.core.decisions.journal import aware, has_column, reading_journal, record_words, run_number, unpacked
from app.core.decisions.run_entries import StepPicture, picture_asset, shown_file
from app.core.decisions.states import OVERWRITTEN
from app.core.decisions.versions import file_facts
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
    "refresh" or "other": whatever overwrote it at that media server. `why` says how that is known.
    """

    path: str
    at: datetime
    by: str
    run: int | None = None
    server: str = ""
    why: str = ""
    before: StepPicture | None = None
    after: StepPicture | None = None


def changes_since(
    engine: Path, root: Path | None, since: datetime, most: int
) -> tuple[list[PictureChange], int]:
    """(changes, total): the newest change of each picture, at most so many; none of an unreadable journal."""
    try:
        with reading_journal(engine) as journal:
            rows = changed_rows(journal, since)
            foreign = overwritten_since(journal, since)
    except Unavailable:
        return [], 0
    newest = {row[0]: row for row in reversed(rows)}
    found = [change_of_row(engine, root, row) for row in list(newest.values())[::-1][:most]]
    both = sorted([*found, *foreign], key=lambda change: change.at, reverse=True)
    return both[:most], len(newest) + len(foreign)


def changed_rows(journal: sqlite3.Connection, since: datetime) -> list[tuple]:
    """(path, at, mode, run, before, after) of the files that were written, the newest first."""
    on_disk = "AND place IS NULL" if has_column(journal, "entries", "place") else ""
    query = (
        "SELECT path, at, coalesce(mode, ''), run, before, after FROM entries LEFT JOIN runs ON name = run"
        f" WHERE state = 'done' {on_disk} ORDER BY number DESC LIMIT ?"
    )
    rows = journal.execute(query, [MOST_READ]).fetchall()
    return [row for row in rows if row[1] and aware(row[1]) > since]


def change_of_row(engine: Path, root: Path | None, row: tuple) -> PictureChange:
    path, at, mode, run, before, after = row
    asset = picture_asset(engine, root, path)
    pictures = [shown_file(asset, file_facts(each)) if asset else None for each in (before, after)]
    return PictureChange(path, aware(at), mode.lower() or "other", run_number(run), "", "", *pictures)


def overwritten_since(journal: sqlite3.Connection, since: datetime) -> list[PictureChange]:
    """Pictures that others put over ours on a media server."""
    if not has_column(journal, "assets", "upload"):
        return []
    words = record_words(journal)
    rows = journal.execute(
        "SELECT path, record FROM assets WHERE upload = ? LIMIT ?", [OVERWRITTEN, MOST_READ]
    ).fetchall()
    return [
        overwritten_picture(path, each)
        for path, record in rows
        for each in unpacked(record, words).get("uploads", [])
        if each["state"] == OVERWRITTEN and each.get("at") and aware(each["at"]) > since
    ]


def overwritten_picture(path: str, upload: dict) -> PictureChange:
    server, why = upload["place"]["server"], upload.get("why", "")
    return PictureChange(path, aware(upload["at"]), foreign_hand(upload), None, server, why)


def foreign_hand(upload: dict) -> str:
    """ "kometa", "refresh" of the server's own, or "other", by the sentence and the owner of the record."""
    if KOMETA in upload.get("why", ""):
        return "kometa"
    return "refresh" if (upload.get("shown") or {}).get("owner") == OWN_REFRESH else "other"
