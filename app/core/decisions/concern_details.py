"""What the journal says of a concern: why a picture failed, the missing characters, the stale id."""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from app.core.decisions.journal import has_column, reading_journal, record_words, unpacked
from app.core.decisions.states import GLYPHS, OVERWRITTEN, REFUSED, STALE_ID
from app.core.errors import Unavailable

# As the built-in script ends its note on such an id.
STALE_END = ": it is stale"
LONGEST = 300


def concern_details(engine: Path, concern: str, paths: Iterable[str]) -> dict[str, str]:
    """A sentence or some characters for each of those assets of which the journal says more."""
    wanted = [path for path in dict.fromkeys(paths) if path]
    read = DETAILS.get(concern)
    if not wanted or not read:
        return {}
    try:
        with reading_journal(engine) as journal:
            found = {path: read(record) for path, record in records_of(journal, wanted).items()}
            failures = failures_of(journal, wanted) if concern == "failed" else {}
    except Unavailable:
        return {}
    return {path: text[:LONGEST] for path, text in (found | failures).items() if text}


def records_of(journal: sqlite3.Connection, paths: list[str]) -> dict[str, Mapping[str, Any]]:
    words, marks = record_words(journal), ", ".join("?" * len(paths))
    rows = journal.execute(f"SELECT path, record FROM assets WHERE path IN ({marks})", paths).fetchall()
    return {path: unpacked(content, words) for path, content in rows}


def failures_of(journal: sqlite3.Connection, paths: list[str]) -> dict[str, str]:
    """Why the last run could not make each; none of a journal that is older than their table."""
    if not has_column(journal, "failures", "why"):
        return {}
    marks = ", ".join("?" * len(paths))
    return dict(journal.execute(f"SELECT path, why FROM failures WHERE path IN ({marks})", paths).fetchall())


def missing_letters(record: Mapping[str, Any]) -> str:
    return " ".join(record.get("drawn", {}).get("missing", ()))


def notes_of_decision(record: Mapping[str, Any]) -> list[str]:
    return record.get("decision", {}).get("notes", [])


def why_of_upload(state: str) -> Callable[[Mapping[str, Any]], str]:
    def read(record: Mapping[str, Any]) -> str:
        return next((one["why"] for one in record.get("uploads", ()) if one["state"] == state), "")

    return read


DETAILS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "missing": lambda record: "; ".join(notes_of_decision(record)),
    "failed": why_of_upload(REFUSED),
    "overwritten": why_of_upload(OVERWRITTEN),
    GLYPHS: missing_letters,
    STALE_ID: lambda record: "; ".join(n for n in notes_of_decision(record) if n.endswith(STALE_END)),
}
