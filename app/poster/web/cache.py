"""Answers of providers on the disk, from run to run."""

import json
import logging
import sqlite3
import threading
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from pathlib import Path

import requests
from requests.structures import CaseInsensitiveDict
from requests_cache import BaseCache, BaseStorage, CachedRequest, CachedResponse, CachedSession

FRESH = timedelta(hours=12)
STALE = timedelta(days=30)
BUSY_SECONDS = 10
CHECK_EVERY = 100
TRIMMED_TO = 0.9
KEPT_HEADERS = ("Content-Type", "ETag", "Last-Modified", "Cache-Control", "Expires", "Date")
COLUMNS = "url, status, headers, body, created, expires"
UNREADABLE = (IndexError, TypeError, ValueError, zlib.error)
SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (
    key TEXT PRIMARY KEY, url TEXT, status INTEGER, headers TEXT, body BLOB, created REAL, expires REAL)
"""
# The library warns whenever an old answer serves in place of a host that is down.
logging.getLogger("requests_cache").setLevel(logging.ERROR)


class AnswerRows(BaseStorage):
    """Answers as rows of one SQLite file; those that expire first go when it grows too large.

    The storages of the library itself know no size limit, or wait for ever for a disk that cannot be
    written. Neither keys of providers nor request headers are stored, and nothing that could be executed.
    """

    def __init__(self, path: Path, capacity: int):
        super().__init__()
        self._capacity = capacity
        self._writes = 0
        self._lock = threading.Lock()
        self._database = open_database(path)

    def __getitem__(self, key: str) -> CachedResponse:
        with self._lock:
            row = self._run(
                "SELECT url, status, headers, body, created, expires FROM answers WHERE key=?", key
            )
        try:
            return answer_of_row(*row[0])
        except UNREADABLE as error:
            raise KeyError(key) from error

    def __setitem__(self, key: str, answer: CachedResponse) -> None:
        with self._lock:
            self._run(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?)", key, *row_of_answer(answer)
            )
            self._writes += 1
            if self._writes % CHECK_EVERY == 1:
                self._trim()

    def __delitem__(self, key: str) -> None:
        with self._lock:
            self._run("DELETE FROM answers WHERE key=?", key)

    def __iter__(self) -> Iterator[str]:
        with self._lock:
            return iter([key for (key,) in self._run("SELECT key FROM answers")])

    def __len__(self) -> int:
        with self._lock:
            return self._run("SELECT count(*) FROM answers")[0][0]

    def size(self) -> int:
        """Bytes of all bodies as they are stored."""
        with self._lock:
            return self._run("SELECT coalesce(sum(length(body)), 0) FROM answers")[0][0]

    def close(self) -> None:
        with self._lock:
            self._database.close()

    def _run(self, statement: str, *values) -> list[tuple]:
        """The rows; none where the file cannot be read or written, for a cache may forget."""
        try:
            return self._database.execute(statement, values).fetchall()
        except sqlite3.Error:
            return []

    def _trim(self) -> None:
        rows = self._run("SELECT key, length(body) FROM answers ORDER BY expires DESC")
        if not self._capacity or sum(size for _, size in rows) <= self._capacity:
            return
        left = self._capacity * TRIMMED_TO
        for key, size in rows:
            left -= size
            if left < 0:
                self._run("DELETE FROM answers WHERE key=?", key)


def open_database(path: Path) -> sqlite3.Connection:
    """The file's database, new where the file is broken, in memory where it cannot be used."""
    try:
        return connect_answers(str(path))
    except sqlite3.OperationalError:
        return connect_answers(":memory:")
    except sqlite3.DatabaseError:
        for broken in path.parent.glob(f"{path.name}*"):
            broken.unlink()
        return connect_answers(str(path))


def connect_answers(place: str) -> sqlite3.Connection:
    database = sqlite3.connect(place, BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("PRAGMA synchronous=NORMAL")
        database.execute(SCHEMA)
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database


def key_of(request: requests.PreparedRequest, **_) -> str:
    """The key of an answer; addresses hold no secret, because keys are added after the cache was asked."""
    return blake2b(request.url.encode(), digest_size=16).hexdigest()


def row_of_answer(answer: CachedResponse) -> tuple:
    headers = {name: answer.headers[name] for name in KEPT_HEADERS if name in answer.headers}
    expires = answer.expires.timestamp() if answer.expires else None
    body = zlib.compress(answer.content, 1)
    return answer.url, answer.status_code, json.dumps(headers), body, answer.created_at.timestamp(), expires


def answer_of_row(url: str, status: int, headers: str, body: bytes, created: float, expires: float | None):
    return CachedResponse(
        url=url,
        status_code=status,
        headers=CaseInsensitiveDict(json.loads(headers)),
        content=zlib.decompress(body),
        created_at=datetime.fromtimestamp(created, UTC),
        expires=datetime.fromtimestamp(expires, UTC) if expires else None,
        request=CachedRequest(method="GET", url=url),
    )


class AnswerCache:
    """The answers of all providers in one file below `folder`, at most `megabytes` of them, 0 for no limit.

    An answer is fresh as long as its headers say, else half a day; then it is revalidated. Where a provider
    is down, an answer of the last month serves.
    """

    def __init__(self, folder: Path, megabytes: int):
        folder.mkdir(parents=True, exist_ok=True)
        self._cache = BaseCache("answers")
        self._cache.responses.close()
        self._cache.responses = AnswerRows(folder / "answers.sqlite", megabytes * 1024 * 1024)

    def open_session(self) -> requests.Session:
        """A session that answers from here where it can; 200 and 404 are kept."""
        return CachedSession(
            backend=self._cache,
            expire_after=FRESH,
            stale_if_error=STALE,
            cache_control=True,
            allowable_codes=(200, 404),
            key_fn=key_of,
            autoclose=False,
        )

    def size(self) -> int:
        """Bytes of all answers as they are stored."""
        return self._cache.responses.size()

    def close(self) -> None:
        self._cache.close()
