"""The row that records a takeover: which parts are done, so that none is taken over twice."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from app.core.takeover.part_outcome import PartState
from app.models import StoredDocument

NAME, ITEMS = "takeover", "queue_items"
NOTHING_YET = {"started_at": None, "finished_at": None, "parts": []}

TakeoverRecord = dict[str, Any]


def stored_takeover(session: Session) -> TakeoverRecord | None:
    """{"started_at", "finished_at", "parts": [entries of parts]}; None where there was no takeover.

    ITEMS holds the old numbers of replacements that are in our queue, where there are any.
    """
    document = session.get(StoredDocument, NAME, populate_existing=True)
    return document.body if document else None


def begin_takeover(session: Session, moment: datetime) -> None:
    """Record that a takeover begins, or goes on; finished parts are kept."""
    record = stored_takeover(session) or NOTHING_YET
    started = record["started_at"] or moment.isoformat(timespec="seconds")
    store_takeover(session, {**record, "started_at": started, "finished_at": None})


def record_part(session: Session, entry: dict[str, Any]) -> None:
    """Record what became of a part, in the transaction that took it over."""
    record = stored_takeover(session) or NOTHING_YET
    others = [part for part in record["parts"] if part["name"] != entry["name"]]
    store_takeover(session, {**record, "parts": [*others, entry]})


def record_item(session: Session, number: str) -> None:
    """Record that an item of the old queue is in ours, by its old number."""
    record = stored_takeover(session) or NOTHING_YET
    store_takeover(session, {**record, ITEMS: [*record.get(ITEMS, []), number]})


def taken_items(record: TakeoverRecord | None) -> set[str]:
    return set((record or {}).get(ITEMS, []))


def finish_takeover(session: Session, moment: datetime) -> TakeoverRecord:
    record = {
        **(stored_takeover(session) or NOTHING_YET),
        "finished_at": moment.isoformat(timespec="seconds"),
    }
    store_takeover(session, record)
    return record


def store_takeover(session: Session, record: TakeoverRecord) -> None:
    session.merge(StoredDocument(name=NAME, body=record))
    session.flush()


def is_part_done(record: TakeoverRecord | None, name: str) -> bool:
    """Whether a part needs no further attempt."""
    states = [part["state"] for part in (record or {}).get("parts", []) if part["name"] == name]
    return any(state not in (PartState.FAILED, PartState.NOT_TAKEN) for state in states)
