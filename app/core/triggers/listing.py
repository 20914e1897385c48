"""Triggers in the API."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Run, Trigger, TriggerRun, TriggerStatus

PLAIN = ("id", "sender", "name", "title", "year", "season", "episodes", "status", "attempts", "last_error")
TIMES = ("received_at", "ended_at")


def list_triggers(
    session: Session, limit: int, offset: int = 0, status: str | None = None, sender: str | None = None
) -> tuple[list[dict[str, Any]], int]:
    """One page of triggers, newest first, and how many there are."""
    page, total = trigger_rows(session, limit, offset, status, sender)
    return describe_triggers(session, page), total


def trigger_rows(
    session: Session, limit: int, offset: int, status: str | None, sender: str | None
) -> tuple[list[Trigger], int]:
    """The rows of a page, newest first, of one status and one sender or of all; and how many there are."""
    wanted = ((Trigger.status, status), (Trigger.sender, sender))
    parts = [column == value for column, value in wanted if value is not None]
    rows = select(Trigger).where(*parts).order_by(Trigger.id.desc()).limit(limit).offset(offset)
    return list(session.scalars(rows)), session.scalar(select(func.count(Trigger.id)).where(*parts)) or 0


def describe_triggers(session: Session, rows: list[Trigger]) -> list[dict[str, Any]]:
    runs = runs_by_trigger(session, [row.id for row in rows])
    waits = waits_by_identity(session, {row.identity for row in rows if row.status == TriggerStatus.WAITING})
    return [describe_trigger(row, runs[row.id], waits.get(row.identity)) for row in rows]


def describe_trigger(row: Trigger, runs: list[dict[str, Any]], until) -> dict[str, Any]:
    waits = row.status == TriggerStatus.WAITING
    times = {name: moment.isoformat() if (moment := getattr(row, name)) else None for name in TIMES}
    return {
        **{name: getattr(row, name) for name in PLAIN},
        **times,
        "item": item_words(row),
        "waiting_until": until.isoformat() if waits and until else None,
        "file": row.file,
        "run_id": runs[-1]["id"] if runs else None,
        "runs": runs,
    }


def waits_by_identity(session: Session, identities: set[str]) -> dict:
    """Until when each item waits: as long as the latest of its events."""
    until = select(Trigger.identity, func.max(Trigger.waiting_until)).where(
        Trigger.status == TriggerStatus.WAITING, Trigger.identity.in_(identities)
    )
    return {identity: moment for identity, moment in session.execute(until.group_by(Trigger.identity))}


def runs_by_trigger(session: Session, ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """{trigger id: [{id, status}]}: the runs of each trigger, in their order."""
    facts = select(TriggerRun.trigger_id, Run.id, Run.status).join(Run, Run.id == TriggerRun.run_id)
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for trigger, run, status in session.execute(facts.where(TriggerRun.trigger_id.in_(ids)).order_by(Run.id)):
        found[trigger].append({"id": run, "status": status})
    return found


@dataclass(frozen=True)
class TriggerFigures:
    """How many triggers there are by status, and the error of the newest failed one."""

    counts: dict[str, int]
    latest_failure: str | None


def trigger_figures(session: Session) -> TriggerFigures:
    groups = select(Trigger.status, func.count()).group_by(Trigger.status)
    found = {status: count for status, count in session.execute(groups)}
    counts = {str(status): found.get(status, 0) for status in TriggerStatus}
    return TriggerFigures(counts, latest_failure(session) if counts[TriggerStatus.FAILED] else None)


def latest_failure(session: Session) -> str | None:
    reason = select(Trigger.last_error).where(Trigger.status == TriggerStatus.FAILED)
    return session.scalar(reason.order_by(Trigger.ended_at.desc(), Trigger.id.desc()).limit(1))


def item_words(row: Trigger) -> str:
    """Such as "Dark (2017), season 1, episodes 1-3, 7", or "season 777 of Plex" from Tautulli."""
    parts = item_parts(row)
    if parts["number"]:
        return f"{row.name} {parts['number']} of Plex"
    season = f", season {row.season}" if row.season is not None else ""
    return f"{parts['name']}{season}{episode_words(row.episodes)}"


def item_parts(row: Trigger) -> dict[str, str]:
    """{"name" with its year, "episodes", "number" at Plex}; "" for what it has not."""
    if row.kind == "tautulli":
        return {"name": "", "episodes": "", "number": row.identity.rpartition(":")[2]}
    year = f" ({row.year})" if row.year else ""
    name = f"{row.title or row.identity}{year}"
    return {"name": name, "episodes": ", ".join(ranges(row.episodes)), "number": ""}


def episode_words(numbers: list[int]) -> str:
    if not numbers:
        return ""
    return f", episode{'s' if len(numbers) > 1 else ''} {', '.join(ranges(numbers))}"


def ranges(numbers: list[int]) -> list[str]:
    """Neighbours as "1-3"."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][-1] + 1:
            spans[-1] = [spans[-1][0], number]
        else:
            spans.append([number])
    return ["-".join(map(str, span)) for span in spans]
