"""Which runs are taken back at present, by the undo runs that have ended."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.execution.outcome import NOT_TAKEN_BACK
from app.core.modes import ONLY
from app.models import Run, Status


@dataclass(frozen=True)
class Undone:
    """The run that took another one back.

    `in_part` where it did so for some assets only, left some that others had changed, or had errors.
    """

    by: int
    in_part: bool


def undone_runs(session: Session) -> dict[int, Undone]:
    """The runs that are taken back, by number; an undo that was itself taken back does not count."""
    columns = Run.id, Run.undoes, Run.arguments, Run.errors, Run.reason
    ended = Run.undoes.is_not(None), Run.status == Status.COMPLETED
    found: dict[int, Undone] = {}
    # The newest first: what took an undo back is known before the undo itself.
    for number, undoes, arguments, errors, reason in session.execute(
        select(*columns).where(*ended).order_by(Run.id.desc())
    ):
        is_part = bool(errors) or ONLY in arguments or NOT_TAKEN_BACK in (reason or "")
        known, mark = found.get(undoes), Undone(number, is_part)
        is_void = number in found and not found[number].in_part
        if not is_void and (known is None or known.in_part and not mark.in_part):
            found[undoes] = mark
    return found


def undone_fields(number: int, undone: dict[int, Undone]) -> dict[str, Any]:
    """{"undone_by": number of a run or None, "undone_in_part": bool}."""
    mark = undone.get(number)
    return {"undone_by": mark and mark.by, "undone_in_part": bool(mark and mark.in_part)}
