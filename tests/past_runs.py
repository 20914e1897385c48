"""Runs that have taken place, for tests that read them."""

from datetime import UTC, datetime, timedelta

from app.models import Origin, Run, Status

BEGAN = datetime(2025, 11, 25, 15, 30, 3, tzinfo=UTC)  # 16:30:03 in Berlin


def make_run(**overrides) -> Run:
    """A completed run of the schedule; `started_at` moves its end along."""
    started = overrides.get("started_at") or BEGAN
    values = {
        "mode": "scheduled",
        "origin": Origin.SCHEDULE,
        "status": Status.COMPLETED,
        "arguments": [],
        "queued_at": started,
        "started_at": started,
        "ended_at": started + timedelta(seconds=254),
        "runtime_seconds": 254,
        "log_file": "Scriptlog.log",
    }
    return Run(**values | overrides)


def make_active_run(**overrides) -> dict:
    """What the dispatcher publishes of the run that it follows."""
    values = {
        "id": 7,
        "mode": "testing",
        "origin": "api",
        "pid": 4242,
        "started_at": BEGAN.isoformat(),
        "log_file": "Testinglog.log",
        "phase": "Drawing",
        "done": 3,
        "total": 12,
        "percent": 25.0,
        "seconds_left": 9.5,
        "counts": {"posters": 3},
        "quiet_since": None,
    }
    return values | overrides
