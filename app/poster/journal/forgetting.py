"""Records of assets whose file has been missing for long: without a bound they would stay for ever."""

import sqlite3
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

PAGE = 1000
ALL = "SELECT path, missing_since FROM assets WHERE path > ? ORDER BY path LIMIT ?"
NOTE = "UPDATE assets SET missing_since = ? WHERE path = ?"
FORGET = "DELETE FROM assets WHERE missing_since <= ?"


def note_missing(database: sqlite3.Connection, assets: Path, moment: datetime) -> None:
    """Store since when each file is missing, and clear that where it lies there again.

    Nothing is stored while the asset folder cannot be read: then every file would seem to be missing.
    """
    if not assets.is_dir():
        return
    path, now = "", moment.isoformat()
    while rows := database.execute(ALL, (path, PAGE)).fetchall():
        database.executemany(NOTE, changes(rows, assets, now))
        path = rows[-1][0]


def changes(rows: Iterable[tuple[str, str | None]], assets: Path, now: str) -> list[tuple[str | None, str]]:
    """(missing_since, path) of each row that has to change."""
    found = [(path, since, (assets / path).exists()) for path, since in rows]
    return [(None if is_there else now, path) for path, since, is_there in found if bool(since) == is_there]


def forget_missing(database: sqlite3.Connection, days: int, moment: datetime) -> int:
    """Delete the records of files that are missing for so many days, 0 for no limit; the number of them."""
    if not days:
        return 0
    return database.execute(FORGET, ((moment - timedelta(days=days)).isoformat(),)).rowcount
