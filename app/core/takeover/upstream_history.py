"""The table of past runs of an existing Posterizarr."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, tzinfo
from itertools import islice
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from app.core.config_file import truthy
from app.core.execution.importing import taken_keys
from app.core.execution.outcome import NOTHING_DRAWN
from app.core.execution.report import (
    COUNTS,
    TEXTS,
    duration_seconds,
    how_many,
    read_counts,
    report_identity,
    short,
)
from app.core.history import TABLE, forgotten_before
from app.core.modes import MODES
from app.core.takeover.part_outcome import PartOutcome, TakeoverTerms
from app.core.takeover.upstream_database import Row, UpstreamDatabase
from app.core.takeover.upstream_values import moment_of, text_of
from app.models import ENDED, Origin, Status

UPSTREAM_RUNS = "runtime_stats"
TIMES = ("timestamp", "start_time", "end_time")
RUN_COLUMNS = (
    *(
        "id",
        "mode",
        *TIMES,
        "runtime_seconds",
        "runtime_formatted",
        "total_images",
        "log_file",
        "status",
        "notes",
    ),
    *("notification_sent", "uptime_kuma", *COUNTS, *TEXTS),
)
CHUNK = 500
LONGEST_MODE, LONGEST_NAME = 32, 255
REPORT_TIME = "%d.%m.%Y %H:%M:%S"
WITHOUT_TIME = "no readable time"
CLEANED = "older than what was deleted from the history"
TAKEN_NOTE = "taken over from runtime_stats.db"
STATUSES = {str(status): status for status in ENDED}


def take_history(session: Session, database: UpstreamDatabase, terms: TakeoverTerms) -> PartOutcome:
    """Add the past runs that the history does not have yet."""
    outcome = PartOutcome()
    limit = forgotten_before(session)
    runs = past_runs(database.rows(UPSTREAM_RUNS, RUN_COLUMNS), terms.zone, limit, outcome)
    while chunk := list(islice(runs, CHUNK)):
        by_key = {run["report_key"]: run for run in chunk}
        known = taken_keys(session, by_key)
        fresh = [run for key, run in by_key.items() if key not in known]
        outcome.known += len(chunk) - len(fresh)
        outcome.taken += len(fresh)
        if fresh:
            session.execute(insert(TABLE), fresh)
    return outcome


def past_runs(
    rows: Iterable[Row], zone: tzinfo | None, limit: datetime | None, outcome: PartOutcome
) -> Iterator[dict[str, Any]]:
    for row in rows:
        run = past_run(row, zone)
        reason = WITHOUT_TIME if run is None else CLEANED if limit and run["ended_at"] < limit else ""
        if reason:
            outcome.left_out[reason] += 1
        else:
            yield run


def past_run(row: Row, zone: tzinfo | None) -> dict[str, Any] | None:
    """The columns of a run that has ended; None where the row has no time."""
    stamped, started, ended = (moment_of(row.get(name), zone) for name in TIMES)
    seconds = how_many(row.get("runtime_seconds")) or duration_seconds(text_of(row.get("runtime_formatted")))
    begin = started or stamped or ended
    if begin is None:
        return None
    mode = printable_part(row.get("mode"), LONGEST_MODE).lower() or "unknown"
    counts = past_counts(row, mode)
    return {
        **counts,
        **past_verdict(row, mode, counts),
        **{name: short(text_of(row.get(name))) for name in TEXTS},
        "mode": mode,
        "origin": str(Origin.RECOVERED),
        "queued_at": begin,
        "started_at": begin,
        "ended_at": ended or end_of(begin, seconds),
        "script_started_at": started,
        "script_ended_at": ended,
        "runtime_seconds": seconds,
        "report_key": past_run_identity(row, mode, started, ended, zone),
        "log_file": printable_part(row.get("log_file"), LONGEST_NAME),
        "notification_sent": truthy(row.get("notification_sent")),
        "uptime_kuma": truthy(row.get("uptime_kuma")),
        "notes": text_of(row.get("notes")) or TAKEN_NOTE,
        "arguments": [],
    }


def past_counts(row: Row, mode: str) -> dict[str, int]:
    """The counters; the old program counted some pictures twice where it read them from a report."""
    is_report = text_of(row.get("log_file")).lower().endswith(".json")
    body = {label: row.get(name) for name, label in COUNTS.items()}
    counts = read_counts(body, mode if is_report else "")
    total = (
        counts["total_images"]
        if is_report
        else max(counts["total_images"], how_many(row.get("total_images")))
    )
    return counts | {"total_images": total}


def past_verdict(row: Row, mode: str, counts: dict[str, int]) -> dict[str, Any]:
    """The status, by the same rule as of the runs that this server finds by their reports."""
    if mode in MODES and MODES[mode].must_draw and not (counts["total_images"] or counts["collections"]):
        return {"status": str(Status.FAILED), "reason": NOTHING_DRAWN}
    status = STATUSES.get(text_of(row.get("status")).strip().lower(), Status.COMPLETED)
    return {"status": str(status), "reason": None}


def past_run_identity(
    row: Row, mode: str, started: datetime | None, ended: datetime | None, zone: tzinfo | None
) -> str:
    """The key that the report of the run has, so that a report that is still there is not counted again."""
    if started and ended:
        body = {"Start time": local_report_time(started, zone), "End Time": local_report_time(ended, zone)}
    else:
        body = {name: text_of(row.get(name)) for name in ("id", "runtime_seconds", *TIMES)}
    return report_identity(body, mode)


def local_report_time(moment: datetime, zone: tzinfo | None) -> str:
    return moment.astimezone(zone).strftime(REPORT_TIME)


def end_of(begin: datetime, seconds: int) -> datetime:
    try:
        return begin + timedelta(seconds=seconds)
    except OverflowError:
        return begin


def printable_part(value: Any, longest: int) -> str:
    return "".join(character for character in text_of(value) if character.isprintable())[:longest].strip()
