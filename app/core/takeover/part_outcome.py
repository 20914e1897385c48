"""What became of one part of an existing data folder, and the terms on which parts are taken over."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import Any

from app.core.paths import Paths

MOST_NOTES = 20


class PartState(StrEnum):
    TAKEN = "taken"
    ABSENT = "absent"  # there is nothing to take over
    IN_PLACE = "in_place"  # the server uses the files themselves
    NOT_TAKEN = "not_taken"
    FAILED = "failed"


@dataclass(frozen=True)
class TakeoverTerms:
    """The data folder, the zone of its local times, the present moment, and how many exports are kept."""

    paths: Paths
    zone: tzinfo | None
    moment: datetime
    exports_kept: int


@dataclass
class PartOutcome:
    """How many rows were added and how many were there before, those left out by their reason, and notes."""

    state: PartState = PartState.TAKEN
    taken: int = 0
    known: int = 0
    left_out: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    advice: str = ""

    def note(self, text: str) -> None:
        if len(self.notes) < MOST_NOTES:
            self.notes.append(text)

    def entry(self, name: str, source: str) -> dict[str, Any]:
        """{name, source, state, taken, known, left_out: [{reason, count}], notes, advice}."""
        left_out = [{"reason": reason, "count": count} for reason, count in self.left_out.items()]
        return {
            "name": name,
            "source": source,
            "state": str(self.state),
            "taken": self.taken,
            "known": self.known,
            "left_out": left_out,
            "notes": self.notes,
            "advice": self.advice,
        }
