"""Callers whose credentials were valid a moment ago, cached without the credentials."""

import hmac
import os
import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from app.core.access.callers import Caller
from app.core.access.credentials import encoded

KEY_SECONDS = 15
OTHERS_SECONDS = 300
MOST_CALLERS = 512

Fingerprint = tuple[int, int, int]
Evidence = tuple[Fingerprint | None, ...]


class CachedCaller(NamedTuple):
    caller: Caller
    until: float
    evidence: Evidence


class CredentialCache:
    """A bounded cache; a change of any of its files invalidates all entries."""

    def __init__(self, *files: Path, clock: Callable[[], float] = time.monotonic):
        self.clock = clock
        self.files = tuple(map(str, files))
        self.disguise = secrets.token_bytes(32)
        self.lock = threading.Lock()
        self.callers: dict[bytes, CachedCaller] = {}

    def mark(self, secret: str, username: str | None) -> bytes:
        """The cache key of credentials: a keyed hash, from which they cannot be computed."""
        text = secret if username is None else f"{secret}\0{username}"
        return hmac.digest(self.disguise, encoded(text), "sha256")

    def evidence(self) -> Evidence:
        """The state of the files; to be taken before credentials are examined."""
        return tuple(stat_of(name) for name in self.files)

    def recall(self, mark: bytes, evidence: Evidence) -> Caller | None:
        known = self.callers.get(mark)
        if known is None or known.evidence != evidence or known.until <= self.clock():
            return None
        return known.caller if known.caller.valid_now() else None

    def remember(self, mark: bytes, caller: Caller, evidence: Evidence) -> None:
        seconds = KEY_SECONDS if caller.key_id else OTHERS_SECONDS
        with self.lock:
            self.callers.pop(mark, None)
            self.make_room()
            self.callers[mark] = CachedCaller(caller, self.clock() + seconds, evidence)

    def make_room(self) -> None:
        while len(self.callers) >= MOST_CALLERS:
            del self.callers[next(iter(self.callers))]


def stat_of(name: str) -> Fingerprint | None:
    try:
        status = os.stat(name)  # noqa: PTH116 - on every request, and pathlib doubles its price
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
