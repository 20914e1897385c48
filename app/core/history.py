"""The history: queries of the runs that have ended."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, delete, func, select
from sqlalchemy.orm import Session

from app.core.local_time import naive_local
from app.core.modes import EDIT
from app.models import ENDED, Run, Status, StoredDocument
from app.models.base import now

TABLE = Run.__table__
FORGOTTEN = "forgotten runs"
COUNTERS = (
    "total_images",
    "posters",
    "seasons",
    "backgrounds",
    "titlecards",
    "collections",
    "errors",
    "fallbacks",
    "textless",
    "truncated",
    "text",
    "tba_skipped",
    "jap_chines_skipped",
    "notification_sent",
    "uptime_kuma",
    "images_cleared",
    "folders_cleared",
)
PLAIN = (
    "status",
    "notes",
    "log_file",
    "space_saved",
    "script_version",
    "im_version",
    "origin",
    "reason",
    "exit_code",
    "undoes",
)
TIMES = ("started_at", "ended_at", "script_started_at", "script_ended_at", "queued_at")
COLUMNS = [TABLE.c[name] for name in ("id", "mode", "runtime_seconds", *TIMES, *COUNTERS, *PLAIN)]
KEPT_AS_THEY_ARE = slice(3 + len(TIMES), None)
PLAIN_NAMES = COUNTERS + PLAIN
HAS_ENDED = TABLE.c.status.in_([str(status) for status in ENDED])
# Edits by hand stand in the list, but the numbers are those of scripts.
BY_SCRIPT = TABLE.c.mode != EDIT
# A run that was cancelled before it began has no start.
MOMENT = func.coalesce(TABLE.c.started_at, TABLE.c.ended_at, TABLE.c.queued_at)
NEWEST_FIRST = (MOMENT.desc(), TABLE.c.id.desc())
UNITS = ("B", "KB", "MB", "GB", "TB")
AMOUNT = re.compile(r"(\d{1,12}(?:[.,]\d{1,6})?) ?([KMGT]?B)?", re.IGNORECASE)


def history_page(
    session: Session, limit: int, offset: int, mode: str | None, zone: tzinfo | None
) -> tuple[list[dict[str, Any]], int]:
    """(rows, total): one page of the runs that have ended, newest first, and how many there are."""
    chosen = of_mode(mode)
    shown = [shown_run(row, zone) for row in session.execute(newest(chosen, limit, offset))]
    return shown, session.scalar(select(func.count()).select_from(TABLE).where(*chosen)) or 0


def newest(chosen: list[ColumnElement[bool]], limit: int, offset: int = 0) -> Select:
    """Choose by numbers first: sorting whole rows takes five times as long."""
    numbers = select(TABLE.c.id).where(*chosen).order_by(*NEWEST_FIRST).limit(limit).offset(offset)
    return select(*COLUMNS).where(TABLE.c.id.in_(numbers)).order_by(*NEWEST_FIRST)


def of_mode(mode: str | None) -> list[ColumnElement[bool]]:
    return [HAS_ENDED, TABLE.c.mode == mode] if mode else [HAS_ENDED]


def shown_run(row: Row, zone: tzinfo | None) -> dict:
    number, mode, seconds, started, ended, script_started, script_ended, queued = row[: 3 + len(TIMES)]
    start = naive_local(script_started or started, zone)
    return {
        "id": number,
        "timestamp": start or naive_local(ended or queued, zone),
        "mode": mode,
        "runtime_seconds": seconds,
        "runtime_formatted": runtime_text(seconds),
        "start_time": start,
        "end_time": naive_local(script_ended or ended, zone),
        **dict(zip(PLAIN_NAMES, row[KEPT_AS_THEY_ARE], strict=True)),
    }


def runtime_text(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes // 60}h {minutes % 60}m {rest}s"


def latest_run(session: Session, zone: tzinfo | None, since: datetime | None = None) -> dict | None:
    chosen = [HAS_ENDED, BY_SCRIPT, *([since <= MOMENT] if since else [])]
    row = session.execute(newest(chosen, 1)).first()
    return shown_run(row, zone) if row else None


def latest_numbers(session: Session, zone: tzinfo | None) -> dict:
    """The newest run, flat; zeros where nothing has run yet."""
    run = latest_run(session, zone)
    if run is None:
        return {**NO_NUMBERS, "success": False, "message": "No run has ended yet.", "runtime": None}
    return {"success": True, "runtime": run["runtime_formatted"], **run, "source": "database"}


NO_NUMBERS: dict[str, Any] = {
    **dict.fromkeys(COUNTERS, 0),
    "notification_sent": False,
    "uptime_kuma": False,
    "mode": None,
    "timestamp": None,
    "start_time": None,
    "end_time": None,
    "space_saved": None,
    "script_version": None,
    "im_version": None,
    "source": "database",
}


def history_summary(session: Session, days: int, zone: tzinfo | None) -> dict:
    """Sums over the last days, the present one included."""
    since = start_of_window(days, zone)
    chosen = (HAS_ENDED, BY_SCRIPT, since <= MOMENT)
    groups = session.execute(sums_by_mode().where(*chosen)).all()
    runs, images, errors, collections, seconds, timed = (sum(column) for column in totals(groups))
    average = int(seconds / timed) if timed else 0
    spaces = select(TABLE.c.space_saved).where(*chosen, TABLE.c.space_saved.is_not(None))
    return {
        "total_runs": runs,
        "total_images": images,
        "average_runtime_seconds": average,
        "average_runtime_formatted": runtime_text(average),
        "total_errors": errors,
        "total_collections": collections,
        "total_space_saved": total_space(session.scalars(spaces)),
        "mode_counts": {group[0]: group[1] for group in groups},
        "days": days,
        "latest_run": latest_run(session, zone, since),
    }


def totals(groups: list[Row]) -> list[tuple]:
    """Turn rows of (mode, sums...) into columns of sums."""
    return list(zip(*(group[1:] for group in groups), strict=True)) or [()] * 6


def sums_by_mode() -> Select:
    column = TABLE.c
    return (
        select(
            column.mode,
            func.count(),
            func.sum(column.total_images),
            func.sum(column.errors),
            func.sum(column.collections),
            func.sum(column.runtime_seconds),
            func.sum(case((column.runtime_seconds > 0, 1), else_=0)),
        )
        .group_by(column.mode)
        .order_by(column.mode)
    )


def start_of_window(days: int, zone: tzinfo | None) -> datetime:
    """Local midnight, so that one day means today."""
    first = now().astimezone(zone).date() - timedelta(days=days - 1)
    midnight = datetime(first.year, first.month, first.day, tzinfo=zone)
    return midnight if zone else midnight.astimezone()


def forget_older_than(session: Session, days: int) -> int:
    """Delete the runs that ended longer ago; return how many the history has lost.

    Skipped runs of that age, which the history never showed, go with them.
    """
    limit = now() - timedelta(days=days)
    remember_forgetting(session, limit)
    over = func.coalesce(TABLE.c.ended_at, TABLE.c.queued_at) < limit
    session.execute(delete(TABLE).where(TABLE.c.status == str(Status.SKIPPED), over))
    return session.execute(delete(TABLE).where(HAS_ENDED, over)).rowcount


def remember_forgetting(session: Session, limit: datetime) -> None:
    """Store the limit: reports of deleted runs stay in RotatedLogs and must not be imported again."""
    before = forgotten_before(session)
    latest = max(limit, before) if before else limit
    session.merge(StoredDocument(name=FORGOTTEN, body={"before": latest.isoformat()}))


def forgotten_before(session: Session) -> datetime | None:
    """The moment before which the history was cleaned of all runs; None where it never was."""
    document = session.get(StoredDocument, FORGOTTEN)
    return datetime.fromisoformat(document.body["before"]) if document else None


def total_space(texts: Iterable[str | None]) -> str:
    return space_text(sum(space_in_bytes(text) for text in texts))


def space_in_bytes(text: str | None) -> float:
    """The size in bytes, 0 for a text that is no amount."""
    matched = AMOUNT.fullmatch((text or "").strip())
    if matched is None:
        return 0.0
    unit = (matched[2] or "B").upper()
    return float(matched[1].replace(",", ".")) * 1024 ** UNITS.index(unit)


def space_text(count: float) -> str:
    unit = next((power for power in range(len(UNITS)) if count < 1024 ** (power + 1)), len(UNITS) - 1)
    return f"{count / 1024**unit:.2f} {UNITS[unit]}" if unit else f"{count:.0f} B"
