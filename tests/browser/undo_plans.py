"""A run of the journal that can be taken back, and the plan of its undo, as dispatcher and script end it."""

import json

from app.models import Run, Status
from tests.core.decisions.test_versions import FILM

NAME = "20251125153003000000-1-1"


def end_plan(machine, number):
    """What a dispatcher and the script do."""
    steps = [
        {"path": "b/poster.jpg", "action": "restore", "why": "an earlier run is undone"},
        {"path": FILM, "action": "skip", "why": "changed since then: left alone"},
    ]
    (machine.paths.engine / "plans").mkdir(parents=True)
    ending = {"totals": {"restore": 1, "skip": 1}, "reasons": {}}
    lines = [json.dumps(line) for line in (*steps, ending)]
    (machine.paths.engine / "plans" / f"{number}-1.jsonl").write_text("".join(f"{line}\n" for line in lines))
    with machine.database.writing() as session:
        run = session.get(Run, number)
        run.status, run.ended_at = Status.COMPLETED, run.queued_at
