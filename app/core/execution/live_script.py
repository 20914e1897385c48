"""Whether a poster script that this server did not start works on the data folder."""

import time
from pathlib import Path

from app.core.processes import live_scripts

# Many readers share one look at the process table.
FRESH_SECONDS = 2.0


class LiveScript:
    """Looks for scripts that are alive, every two seconds at most."""

    def __init__(self, data: Path, script: str):
        self.data = data
        self.script = script
        self.known: tuple[float, bool] | None = None

    def is_alive(self) -> bool:
        known = self.known
        if known is None or time.monotonic() - known[0] >= FRESH_SECONDS:
            known = self.known = (time.monotonic(), bool(live_scripts(self.data, self.script)))
        return known[1]
