"""The running file, and the scripts that own it."""

import time
from collections.abc import Callable
from pathlib import Path

from app.core.errors import Conflict
from app.core.fingerprint import fingerprint
from app.core.paths import Paths
from app.core.processes import Identity, live_scripts
from app.core.state_cache import StateCache

# Many readers share one scan of the process table.
FRESH_SECONDS = 2.0


def other_scripts(paths: Paths, script: str) -> list[Identity]:
    """Live scripts that own the running file; none where there is no running file."""
    return live_scripts(paths.data, script) if paths.running_file.exists() else []


def remove_stale(paths: Paths, script: str) -> bool:
    """Delete a running file that no live script owns; True if there was one."""
    seen = fingerprint(paths.running_file)
    if seen is None or live_scripts(paths.data, script):
        return False
    return unlink_same(paths.running_file, seen)


def unlink_same(path: Path, seen) -> bool:
    # A script that started just now may have put its own file in the place of the stale one.
    if fingerprint(path) != seen:
        return False
    path.unlink(missing_ok=True)
    return True


def remove_on_request(paths: Paths, script: str) -> bool:
    """Delete the running file on request: `Conflict` while a script is alive, False if there is none."""
    if other_scripts(paths, script):
        raise Conflict("A script is running: stop it before you delete its running file.")
    return remove_stale(paths, script)


class LiveScript:
    """Whether a script is alive, checked every two seconds at most."""

    def __init__(self, data: Path, script: str, clock: Callable[[], float] = time.monotonic):
        self.data = data
        self.script = script
        self.cache = StateCache(seconds=FRESH_SECONDS, clock=clock)

    def is_alive(self) -> bool:
        return self.cache.value("alive", lambda: bool(live_scripts(self.data, self.script)))
