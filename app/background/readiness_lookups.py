"""Look-ups at a media server, in threads of their own, so that the dispatcher never waits for a network."""

import threading
import time
from collections.abc import Hashable, Iterable

from app.core.servers.configured import Server
from app.core.servers.wanted import Wanted
from app.core.triggers.readiness import LookUpAnswer, look_up

AT_ONCE = 2
# A server that sends a byte now and then meets every time-out; others need not wait for it.
LONG_SECONDS = 60.0
MOST = 10


class ReadinessLookUps:
    """A few look-ups at once; a result is kept until it is taken. Time-outs end each thread."""

    def __init__(self):
        self.lock = threading.Lock()
        self.asked: dict[Hashable, float] = {}
        self.answers: dict[Hashable, LookUpAnswer] = {}

    def has_room(self, key: Hashable) -> bool:
        """Whether a look-up may start: neither is the same one under way, nor are as many as allowed."""
        with self.lock:
            long_ago = time.monotonic() - LONG_SECONDS
            lately = sum(begun > long_ago for begun in self.asked.values())
            return key not in self.asked and lately < AT_ONCE and len(self.asked) < MOST

    def begin(self, key: Hashable, server: Server, wanted: Wanted) -> None:
        """Start the look-up; where no thread can be started, the answer is that nobody could be asked."""
        with self.lock:
            self.asked[key] = time.monotonic()
        thread = threading.Thread(target=self.work, args=(key, server, wanted), name="look-up", daemon=True)
        try:
            thread.start()
        except RuntimeError as error:
            self.settle(key, LookUpAnswer(False, f"{server.name} could not be asked: {error}"))

    def work(self, key: Hashable, server: Server, wanted: Wanted) -> None:
        answer = LookUpAnswer(False, f"{server.name} could not be asked")
        try:
            answer = look_up(server, wanted)
        finally:
            self.settle(key, answer)

    def settle(self, key: Hashable, answer: LookUpAnswer) -> None:
        with self.lock:
            del self.asked[key]
            self.answers[key] = answer

    def take(self, key: Hashable) -> LookUpAnswer | None:
        with self.lock:
            return self.answers.pop(key, None)

    def forget_all_but(self, keys: Iterable[Hashable]) -> None:
        """Drop results that are no longer needed."""
        kept = set(keys)
        with self.lock:
            self.answers = {key: answer for key, answer in self.answers.items() if key in kept}
