"""How large a picture a receiver takes, as far as it is known."""

import threading

from app.poster.uploading.receiver import TooLarge

MEBIBYTE = 1024 * 1024


class SizeLimit:
    """Learns from what was taken and refused; safe under threads.

    `known` is the server's own limit in bytes, 0 for none. `growth` is how much larger a picture is on its
    way (base64: 4/3). `advice` ends the sentence of a refusal.
    """

    def __init__(self, name: str, known: int = 0, growth: float = 1, advice: str = ""):
        self.most = known
        self._name = name
        self._advice = advice
        self._lock = threading.Lock()
        # Proxies in front of a server take 1 MiB where nothing else is set (nginx).
        self._usual = int(MEBIBYTE / growth)
        self._taken = 0

    def require(self, size: int) -> None:
        """TooLarge where so many bytes are known to be too many."""
        if self.most and size > self.most:
            raise self._too_large(size, self.most)

    def note_taken(self, size: int) -> None:
        with self._lock:
            self._taken = max(self._taken, size)

    def refused(self, size: int) -> TooLarge:
        """What to raise for a picture that was refused for its size; larger ones are no longer sent."""
        with self._lock:
            guesses = [guess for guess in (self._taken, self._usual) if guess < size]
            most = max(guesses, default=0)
            self.most = min(self.most, most) if self.most and most else most or self.most
        return self._too_large(size, most)

    def may_be_cut(self, size: int) -> bool:
        """Whether a proxy that only cuts the connection may be the reason for a lost upload."""
        return max(self._usual, self._taken) < size

    def _too_large(self, size: int, most: int) -> TooLarge:
        known = f", at most {most:,} are taken" if most else ""
        return TooLarge(f"{self._name}: too large ({size:,} bytes{known}); {self._advice}", most)
