"""Whether a run that a former server left was launched, or was not and cannot be any more."""

import json
import os
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from app.core.execution.attempt import Attempt, Before
from app.core.processes import Identity, bearers


class LaunchVerdict(Enum):
    LAUNCHED = "launched"
    NEVER = "never"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Trace:
    """The content of a launch record."""

    verdict: LaunchVerdict
    identity: Identity | None = None
    before: Before = Before()


def trace_attempt(attempt: Attempt) -> Trace:
    """Find out whether the attempt was launched; after NEVER no late launcher can run it."""
    found = launched_trace(attempt.record)
    if found:
        return found
    if not attempt.record.exists():
        return Trace(LaunchVerdict.NEVER if claim_record(attempt.record) else LaunchVerdict.UNCLEAR)
    return never_or_unclear(attempt)


def never_or_unclear(attempt: Attempt) -> Trace:
    """The verdict for a record that names no process: a launcher may be about to write it."""
    if bearers(attempt.mark):
        return Trace(LaunchVerdict.UNCLEAR)
    # It runs its program only after the record is whole and on the disk.
    return launched_trace(attempt.record) or Trace(LaunchVerdict.NEVER)


def was_refused(record: Path) -> bool:
    """Whether a record says that no program was begun; False where the record was deleted."""
    return record.exists() and launched_trace(record) is None


def launched_trace(record: Path) -> Trace | None:
    facts = read_launch_record(record)
    pid = facts.get("pid")
    if not isinstance(pid, int):
        return None
    identity = Identity(pid, str(facts.get("started", "")))
    return Trace(LaunchVerdict.LAUNCHED, identity, Before.parse(facts.get("before")))


def read_launch_record(record: Path) -> dict[str, Any]:
    try:
        facts = json.loads(record.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return facts if isinstance(facts, dict) else {}


def claim_record(record: Path) -> bool:
    """Create the record, so that no launcher can; False when one was faster."""
    try:
        descriptor = os.open(record, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    try:
        os.write(descriptor, b'{"pid": null}\n')
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return True
