"""Whether the media server has an item yet, and how long to wait for that."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from app.core.servers.asking import Unanswered
from app.core.servers.configured import Server
from app.core.servers.wanted import Wanted
from app.core.triggers.consumption import Due, remaining, waiting_rows
from app.core.triggers.inbox import event_from
from app.core.triggers.merging import planned

FIRST_PAUSE = timedelta(seconds=30)
MOST_DOUBLINGS = 6
LONGEST = timedelta(hours=1)


@dataclass(frozen=True)
class LookUpAnswer:
    """The result of one look-up."""

    is_there: bool
    note: str = ""


def look_up(server: Server, wanted: Wanted) -> LookUpAnswer:
    try:
        is_there = server.knows(wanted)
    except Unanswered as error:
        return LookUpAnswer(False, f"{server.name} {error}")
    return LookUpAnswer(is_there, "" if is_there else f"{server.name} does not have the item yet")


def is_overdue(item: Due, moment: datetime) -> bool:
    """Whether an hour has passed, after which the run starts whatever the look-up returns."""
    return moment >= item.due_since + LONGEST


def wanted_item(session: Session, item: Due) -> Wanted | None:
    """The item to look up before a run for all that waits for it; None where nothing does any more."""
    rows = waiting_rows(session, item.identity)
    episodes = {number for row in rows for number in remaining(session, row)}
    if not rows:
        return None
    return Wanted.of(planned([event_from(row) for row in rows], episodes, True)[0])


def postpone(session: Session, item: Due, note: str, moment: datetime) -> datetime | None:
    """Extend the wait for the item, twice as long each time, and return until when."""
    rows = waiting_rows(session, item.identity)
    if not rows:
        return None
    look_ups = max(row.look_ups for row in rows)
    pause = FIRST_PAUSE * 2 ** min(look_ups, MOST_DOUBLINGS)
    until = min(moment + pause, item.due_since + LONGEST)
    for row in rows:
        row.due_since, row.waiting_until = item.due_since, until
        row.look_ups, row.last_error = look_ups + 1, note
    return until
