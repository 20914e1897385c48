"""Which hosts are left alone for a while, because they fail or because they asked for it."""

import threading
import time

PROBE_SECONDS = 60.0


class Breaker:
    """Counts the failed calls in a row at one host; safe under threads.

    After `failures` of them, which may count more or less than one, the host is switched off; then one
    attempt a minute is let through, and the first answer switches it on again. A host that names a moment
    (Retry-After) is left alone until then.
    """

    def __init__(self, failures: int):
        self._failures = failures
        self._lock = threading.Lock()
        self._failed = 0.0
        self._next_probe = 0.0
        self._quiet_until = 0.0

    def allows_attempt(self) -> bool:
        """Whether an attempt may be made now; the attempt of the minute is given out by asking."""
        now = time.monotonic()
        with self._lock:
            if self._failed < self._failures:
                return True
            if now < self._next_probe:
                return False
            self._next_probe = now + PROBE_SECONDS
            return True

    def has_failures(self) -> bool:
        """Whether the last call that ended failed."""
        return self._failed > 0

    def quiet_seconds(self) -> float:
        """How long the host wants to be left alone from now on; 0 for not at all."""
        return max(0.0, self._quiet_until - time.monotonic())

    def note_answer(self) -> None:
        with self._lock:
            self._failed = 0

    def note_failure(self, weight: float = 1) -> None:
        with self._lock:
            self._failed += weight
            self._next_probe = time.monotonic() + PROBE_SECONDS

    def keep_quiet(self, seconds: float) -> None:
        with self._lock:
            self._quiet_until = max(self._quiet_until, time.monotonic() + seconds)
