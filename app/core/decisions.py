"""Why a picture was chosen, as the built-in script wrote it into its journal."""

import json
import sqlite3
import zlib
from contextlib import closing
from pathlib import Path
from typing import Any

from app.core.errors import NotFound, Unavailable

BUSY_SECONDS = 5


def decision_of(engine: Path, asset: str) -> dict[str, Any]:
    """The decision record of the asset with that path below the asset folder.

    {"path", "action", "reason", "why", "decision": {"chosen", "considered": [{"candidate", "why_not"}],
    "language", "fallback", "treatment", "notes", ...}, "drawn": {"truncated", "notes"}, "rejected", "file",
    "decided_at", "run"}. NotFound for an asset that the script does not know, Unavailable for a journal that
    cannot be read.
    """
    database = engine / "engine.db"
    content = journal_record(database, asset) if database.is_file() else None
    if content is None:
        raise NotFound(f"There is no decision about {asset!r}: the built-in script has not made it.")
    try:
        return json.loads(zlib.decompress(content))
    except (zlib.error, ValueError) as error:
        raise Unavailable("The decision cannot be read; the next run writes it anew.") from error


def journal_record(database: Path, asset: str) -> bytes | None:
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", BUSY_SECONDS, uri=True)) as connection:
            row = connection.execute("SELECT record FROM assets WHERE path = ?", (asset,)).fetchone()
    except sqlite3.Error as error:
        raise Unavailable(f"The journal of the poster script cannot be read: {error}.") from error
    return row[0] if row else None
