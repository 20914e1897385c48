"""Callers whose credentials were valid a moment ago, cached without the credentials."""

import hmac
import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from app.core.access.callers import Caller
from app.core.access.credentials import encoded
from app.core.state_cache import StateCache

KEY_SECONDS = 15
OTHERS_SECONDS = 300
MOST_CALLERS = 512

Fingerprint = tuple[int, int, int]
Evidence = tuple[Fingerprint | None, ...]


class CredentialCache:
    """A bounded cache; a change of any of its files invalidates all entries."""

    def __init__(self, *files: Path, clock: Callable[[], float] = time.monotonic):
        self.files = tuple(map(str, files))
        self.disguise = secrets.token_bytes(32)
        self.callers = StateCache(MOST_CALLERS, clock=clock)

    def mark(self, secret: str, username: str | None) -> bytes:
        """The cache key of credentials: a keyed hash, from which they cannot be computed."""
        text = secret if username is None else f"{secret}\0{username}"
        return hmac.digest(self.disguise, encoded(text), "sha256")

    def evidence(self) -> Evidence:
        """The state of the files; to be taken before credentials are examined."""
        return tuple(stat_of(name) for name in self.files)

    def recall(self, mark: bytes, evidence: Evidence) -> Caller | None:
        cached = self.callers.find(mark, evidence)
        return cached.value if cached and cached.value.valid_now() else None

    def remember(self, mark: bytes, caller: Caller, evidence: Evidence) -> None:
        seconds = KEY_SECONDS if caller.key_id else OTHERS_SECONDS
        self.callers.store(mark, caller, evidence, seconds)


def stat_of(name: str) -> Fingerprint | None:
    try:
        status = os.stat(name)  # noqa: PTH116 - on every request, and pathlib doubles its price
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
