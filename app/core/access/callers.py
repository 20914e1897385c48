"""Callers and their scopes."""

import time
from dataclasses import dataclass

SCOPES = ("status", "read", "run", "webhook", "assets", "config", "admin")
# What needs no credentials while the login is off: all but keys, the login and administration.
OPEN_SCOPES = ("status", "read", "run", "webhook", "assets", "config")


@dataclass(frozen=True, slots=True)
class Caller:
    """A caller that showed valid credentials; `expires` is in epoch seconds."""

    name: str
    scopes: tuple[str, ...]
    key_id: int | None = None
    expires: float | None = None

    def valid_now(self) -> bool:
        return self.expires is None or time.time() < self.expires


ANONYMOUS = Caller("anonymous", OPEN_SCOPES)


def implied(scopes: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """The scopes with those that they include: "admin" includes all, and "read" includes "status"."""
    if "admin" in scopes:
        return SCOPES
    known = {*scopes, "status"} if "read" in scopes else set(scopes)
    return tuple(scope for scope in SCOPES if scope in known)
