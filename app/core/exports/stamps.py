"""The names of exports: the local time of each, without a zone, as clients read and send it."""

from datetime import datetime, timedelta, tzinfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import Invalid
from app.models import ExportRun

LATEST = "latest"


def stamp_of(moment: datetime, zone: tzinfo | None) -> str:
    return moment.astimezone(zone).replace(tzinfo=None).isoformat(timespec="microseconds")


def free_stamp(session: Session, kind: str, moment: datetime, zone: tzinfo | None) -> tuple[datetime, str]:
    """The moment and its stamp, a little later where another export has that one already."""
    while is_stamp_taken(session, kind, stamp_of(moment, zone)):
        moment += timedelta(microseconds=1)
    return moment, stamp_of(moment, zone)


def is_stamp_taken(session: Session, kind: str, stamp: str) -> bool:
    taken = select(ExportRun.id).where(ExportRun.kind == kind, ExportRun.stamp == stamp)
    return session.scalar(taken) is not None


def read_stamp(text: str | None) -> str | None:
    """The stamp that a client means, None for the latest; `Invalid` when it is no time."""
    if not text or text == LATEST:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid(f"run_timestamp: {text[:60]!r} is not a stamp from the list of exports.") from error
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds")
