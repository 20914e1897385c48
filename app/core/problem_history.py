"""Problems that are over, with when they began and ended, by looks at the problems there are now."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from app.models import StoredDocument

NAME = "problem_history"
MOST = 30
KEPT = ("code", "type", "source", "message", "text", "values")
NOTHING: dict[str, list] = {"open": [], "mended": []}

History = dict[str, list[dict[str, Any]]]


def stored_history(session: Session) -> History:
    """{"open": [entries], "mended": [entries with "until", the latest first]}."""
    document = session.get(StoredDocument, NAME, populate_existing=True)
    return document.body if document else NOTHING


def store_history(session: Session, history: History) -> None:
    session.merge(StoredDocument(name=NAME, body=history))
    session.flush()


def after_look(history: History, problems: list[dict[str, Any]], moment: datetime) -> History:
    """The history after a look at all problems; what two looks in a row do not find is over.

    Notes are none, and what is silenced ends without a word. Of each code the latest end is kept.
    """
    found = {each["code"]: each for each in problems if each["type"] != "note"}
    known = {each["code"] for each in history["open"]}
    still = [entry for each in history["open"] if (entry := seen_again(each, found))]
    over = [each for each in history["open"] if each["code"] not in found and each.get("missed")]
    ended = [{**problem_facts(each), "since": each["since"], "until": moment.isoformat()} for each in over]
    codes = {each["code"] for each in ended}
    begun = [
        {**problem_facts(each), "since": moment.isoformat()}
        for code, each in found.items()
        if code not in known and not each["silenced"]
    ]
    mended = [*ended, *(each for each in history["mended"] if each["code"] not in codes)]
    return {"open": [*still, *begun], "mended": mended[:MOST]}


def seen_again(entry: dict[str, Any], found: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
    """The entry as it stays open: as it is now, or missed for the first time; None where it does not."""
    now = found.get(entry["code"])
    if now is None:
        return None if entry.get("missed") else {**entry, "missed": True}
    return None if now["silenced"] else {**problem_facts(now), "since": entry["since"]}


def problem_facts(problem: dict[str, Any]) -> dict[str, Any]:
    return {name: problem[name] for name in KEPT if name in problem}


def mended_lately(history: History, moment: datetime, span: timedelta) -> list[dict[str, Any]]:
    """What has been over for no longer than the span, and is so now, the latest first."""
    open_now = {each["code"] for each in history["open"]}
    return [
        each
        for each in history["mended"]
        if each["code"] not in open_now and moment - datetime.fromisoformat(each["until"]) <= span
    ]
