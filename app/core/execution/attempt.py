"""One attempt to run a script: its token, its files, and what the log folder held before it."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core.fingerprint import Fingerprint, fingerprint
from app.core.modes import MODES, RunMode
from app.core.paths import Paths
from app.core.processes import MARK
from app.models import Run

KEPT_RUNS = 200
OWN_FILE = re.compile(r"(\d{1,12})-(\d{1,9})\.(?:json|log)")


@dataclass(frozen=True)
class Attempt:
    """Run number and count name everything that belongs to one launch."""

    paths: Paths
    run: int
    count: int
    mode: RunMode

    @classmethod
    def of(cls, paths: Paths, run: Run) -> "Attempt":
        return cls(paths, run.id, run.attempt, MODES[run.mode])

    @property
    def token(self) -> str:
        return f"{self.run}-{self.count}"

    @property
    def mark(self) -> str:
        """The mark in the environment of every process of this attempt, unique across data folders."""
        return f"{self.token}@{self.paths.data}"

    @property
    def record(self) -> Path:
        return self.paths.runs / f"{self.token}.json"

    @property
    def output(self) -> Path:
        return self.paths.runs / f"{self.token}.log"

    @property
    def log(self) -> Path:
        return self.paths.logs / self.mode.log

    @property
    def report(self) -> Path | None:
        return self.paths.logs / self.mode.report if self.mode.report else None

    def marked(self, environment: dict[str, str]) -> dict[str, str]:
        """The environment with the mark that identifies the processes of this attempt."""
        return {**environment, MARK: self.mark}

    def before(self) -> "Before":
        return Before(fingerprint(self.log), fingerprint(self.report))


@dataclass(frozen=True)
class Before:
    """What log and report were before a launch, so that older ones are never taken for its own."""

    log: Fingerprint | None = None
    report: Fingerprint | None = None

    @classmethod
    def parse(cls, value: Any) -> "Before":
        """Read it as it comes out of a launch record."""
        known = value if isinstance(value, dict) else {}
        return cls(known_fingerprint(known.get("log")), known_fingerprint(known.get("report")))

    def __str__(self) -> str:
        return json.dumps({"log": self.log, "report": self.report})


def known_fingerprint(value: Any) -> Fingerprint | None:
    whole = isinstance(value, list) and len(value) == 3 and all(isinstance(part, int) for part in value)
    return Fingerprint(*value) if whole else None


def prune_attempts(paths: Paths, kept: int = KEPT_RUNS) -> None:
    """Remove the launch records and outputs of all but the latest runs."""
    files = [
        (int(match[1]), path) for path in paths.runs.iterdir() if (match := OWN_FILE.fullmatch(path.name))
    ]
    latest = sorted({number for number, _ in files})[-kept:]
    for number, path in files:
        if number not in latest:
            path.unlink(missing_ok=True)
