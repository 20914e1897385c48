"""The SHA-256 of pictures that were fetched once, as long as the server's listing says they are the same."""

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from app.poster.journal.tables import trouble
from app.poster.records.server_art import Place

NAME = "fingerprints.db"
BUFFERED = 100
TABLE = (
    "CREATE TABLE IF NOT EXISTS fingerprints (server TEXT, item TEXT, slot TEXT, validator TEXT NOT NULL, "
    "sha256 TEXT NOT NULL, size INTEGER NOT NULL, is_ours INTEGER NOT NULL, "
    "PRIMARY KEY (server, item, slot)) WITHOUT ROWID"
)


@dataclass(frozen=True, slots=True)
class PictureFingerprint:
    """One picture as it was fetched: its validator in the listing then, its bytes, and whether we made it."""

    validator: str
    sha256: str
    size: int
    is_ours: bool = False


class Fingerprints:
    """One fingerprint for each place; calls come from several threads. JournalTrouble where the disk refuses.

    Nothing is lost with a damaged file: pictures are fetched once more.
    """

    def __init__(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / NAME
        self._lock = Lock()
        self._fresh: dict[Place, PictureFingerprint] = {}
        with trouble(self._path):
            self._database = open_or_replace(self._path)

    def known(self, place: Place, validator: str) -> PictureFingerprint | None:
        """The fingerprint of the picture, None where it was not fetched since it has that validator."""
        if not validator:
            return None
        with self._lock, trouble(self._path):
            found = self._fresh.get(place) or self._stored(place)
        return found if found and found.validator == validator else None

    def note(self, place: Place, fingerprint: PictureFingerprint) -> None:
        """Keep the fingerprint of a picture that has a validator."""
        if not fingerprint.validator:
            return
        with self._lock:
            self._fresh[place] = fingerprint
            if len(self._fresh) >= BUFFERED:
                self._write()

    def close(self) -> None:
        with self._lock:
            try:
                self._write()
            finally:
                self._database.close()

    def _stored(self, place: Place) -> PictureFingerprint | None:
        sql = "SELECT validator, sha256, size, is_ours FROM fingerprints "
        sql += "WHERE server = ? AND item = ? AND slot = ?"
        row = self._database.execute(sql, place_key(place)).fetchone()
        return PictureFingerprint(*row[:3], is_ours=bool(row[3])) if row else None

    def _write(self) -> None:
        rows = [
            (*place_key(place), one.validator, one.sha256, one.size, one.is_ours)
            for place, one in self._fresh.items()
        ]
        with trouble(self._path), self._database:
            self._database.executemany("REPLACE INTO fingerprints VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        self._fresh.clear()


def place_key(place: Place) -> tuple[str, str, str]:
    return place.server.value, place.item_key, place.slot.value


def open_or_replace(path: Path) -> sqlite3.Connection:
    """A connection for any thread; a file that is no database is made anew."""
    try:
        return open_table(path)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        for end in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                path.with_name(path.name + end).unlink()
        return open_table(path)


def open_table(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(TABLE)
    except sqlite3.Error:
        connection.close()
        raise
    return connection
