"""Why a picture was chosen, whose it is, and what became of its uploads."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.core.decisions.concern_details import records_of
from app.core.decisions.journal import reading_journal, record_words, unpacked
from app.core.errors import NotFound

MOST_AT_ONCE = 500
# What records of earlier versions of the script lack.
SINCE_UPLOADS = {"owner": "nobody", "owner_why": "", "undone": None, "hold": "", "edits": 0}


def decision_of(engine: Path, asset: str) -> dict[str, Any]:
    """The decision record of the asset with that path below the asset folder.

    {"path", "action", "reason", "why", "decision": {"chosen", "considered": [{"candidate", "why_not"}],
    "language", "fallback", "treatment", "notes", ...}, "drawn": {"truncated", "notes"}, "rejected", "file",
    "decided_at", "run", "owner", "owner_why", "undone": None or ingredients, "hold", "edits", "uploads":
    [{"place": {"server", "item_key", "slot"}, "state", "sent_sha256", "shown", "before", "taken_labels",
    "why", "at"}]}. NotFound for an asset that the script does not know, Unavailable for a journal that cannot
    be read.
    """
    with reading_journal(engine) as journal:
        row = journal.execute("SELECT record FROM assets WHERE path = ?", (asset,)).fetchone()
        words = record_words(journal)
    if row is None:
        raise NotFound(f"There is no decision about {asset!r}: the built-in script has not made it.")
    return SINCE_UPLOADS | unpacked(row[0], words)


def decisions_of(engine: Path, assets: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The records of those of the assets that the script knows, by path; `Unavailable` as above."""
    found = {}
    with reading_journal(engine) as journal:
        for start in range(0, len(assets), MOST_AT_ONCE):
            found |= records_of(journal, list(assets[start : start + MOST_AT_ONCE]))
    return {path: SINCE_UPLOADS | record for path, record in found.items()}
