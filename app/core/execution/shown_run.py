"""A run as the API shows it."""

from collections.abc import Container
from typing import Any

from app.core.access.redaction import redact
from app.core.execution.run_reasons import run_reason
from app.core.execution.undone import Undone, undone_fields
from app.core.history import COUNTERS
from app.models import Run

PLAIN = (
    "id",
    "mode",
    "origin",
    "status",
    "reason",
    "attempt",
    "stop_requested",
    "pid",
    "exit_code",
    "log_file",
    "runtime_seconds",
    "space_saved",
    "script_version",
    "im_version",
    "notes",
    "undoes",
)
TIMES = ("queued_at", "not_before", "started_at", "ended_at", "script_started_at", "script_ended_at")


def describe_run(run: Run, undone: dict[int, Undone], changed: Container[int] | None) -> dict[str, Any]:
    """All facts of a run, its times aware and in ISO 8601, no secret among its arguments.

    `changed` has the numbers of runs that changed artwork, None where nobody knows.
    """
    times = {name: moment.isoformat() if (moment := getattr(run, name)) else None for name in TIMES}
    plain = {name: getattr(run, name) for name in (*PLAIN, *COUNTERS)}
    words = [redact(word) for word in run.arguments]
    code, values = run_reason(run.reason) if run.reason else ("", {})
    has_changed = None if changed is None else run.id in changed
    more = {"arguments": words, "changed_artwork": has_changed, **undone_fields(run.id, undone)}
    return {**plain, **times, **more, "reason_code": code, "reason_values": values}
