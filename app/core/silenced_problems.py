"""Problems that a person knows of and does not want to be warned of: kept by code until that is ended.

The code of a problem names its kind, and the folder or file that it is about: figures and reasons may change.
"""

import re
from collections.abc import Container
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy.orm import Session

from app.core.errors import Conflict, NotFound
from app.models import StoredDocument

NAME = "silenced_problems"
MOST = 100
LONGEST_CODE = 64
SHOWN = ("source", "message", "text", "values")
# Values that make it another problem; no problem has them as details.
SUBJECTS = ("setting", "file")
NUMBERS = re.compile(r"\d+")

Silenced = dict[str, dict[str, Any]]


def code_of(problem: dict[str, Any]) -> str:
    """Such as "uploads-1f8e0c2a", the same with and without the details of the problem."""
    kind = problem.get("kind") or problem.get("text") or NUMBERS.sub("", problem["advice"])
    values = problem.get("values", {})
    words = [problem["type"], kind, *(str(values[name]) for name in SUBJECTS if name in values)]
    digest = blake2b(" ".join(words).encode(), digest_size=4).hexdigest()
    return f"{problem['source'].replace(' ', '-')}-{digest}"


def marked_problems(problems: list[dict[str, Any]], silenced: Container[str]) -> list[dict[str, Any]]:
    """The problems with {"code", "silenced"}; an error is never silenced."""
    coded = [(problem, code_of(problem)) for problem in problems]
    return [
        {**problem, "code": code, "silenced": problem["type"] != "error" and code in silenced}
        for problem, code in coded
    ]


def silenced_problems(session: Session) -> Silenced:
    """{code: {"source", "message", "text", "values", "at"}} in the order in which they were silenced."""
    document = session.get(StoredDocument, NAME, populate_existing=True)
    return document.body if document else {}


def silence(session: Session, problems: list[dict[str, Any]], code: str, moment: datetime) -> None:
    """Silence the problem of that code; `NotFound` where there is none, `Conflict` for an error."""
    found = next((problem for problem in problems if problem["code"] == code), None)
    if found is None:
        raise NotFound(f"There is no problem {code!r} now.")
    if found["type"] == "error":
        raise Conflict("An error cannot be silenced: it has to be mended.")
    entry = {name: found[name] for name in SHOWN if name in found} | {"at": moment.isoformat()}
    known = {**silenced_problems(session), code: entry}
    if len(known) > MOST:
        raise Conflict(f"{MOST} problems are silenced, which is the most. End that for some of them first.")
    keep_silenced(session, known)


def end_silence(session: Session, code: str) -> None:
    """Warn of that problem again; `NotFound` where it is not silenced."""
    known = silenced_problems(session)
    if code not in known:
        raise NotFound(f"The problem {code!r} is not silenced.")
    keep_silenced(session, {each: entry for each, entry in known.items() if each != code})


def keep_silenced(session: Session, silenced: Silenced) -> None:
    session.merge(StoredDocument(name=NAME, body=silenced))
    session.flush()
