"""Checks and repairs of journal, store and artwork, as the built-in script makes them."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.core.engine_calls import EngineCalls
from app.core.errors import Conflict
from app.core.modes import DOCTOR, REPAIR

# Every file is read.
LONGEST = 6 * 3600.0
REFUSED = "A run is active, and a repair waits for none: start the repair when the run has ended."


def check_journal(engine: EngineCalls, repairs: bool, seconds: float = LONGEST) -> dict[str, Any]:
    """{"sound", "repairs": bool, "checked": {"assets", "entries", "files", "kept": int}, "counts": [{"what":
    code, "found", "repaired": int}], "findings": [{"what", "path", "why": text, "fault", "repaired": bool}]}.

    `sound` is False where a fault is left; `findings` has at most 100 of each kind. `Conflict` where a repair
    is refused because a run is active.
    """
    document = engine.ask(DOCTOR, *([REPAIR] if repairs else []), seconds=seconds)
    if "refused" in document:
        raise Conflict(REFUSED)
    return document


def journal_lines(document: Mapping[str, Any]) -> Iterator[str]:
    """The report for people: what was checked, a line for each finding, and what is left to do."""
    checked = document["checked"]
    yield (
        f"checked {checked['assets']} assets, {checked['files']} of their files, {checked['entries']} "
        f"entries of the journal and {checked['kept']} files of the store"
    )
    for one in document["findings"]:
        word = "repaired" if one["repaired"] else "fault" if one["fault"] else "note"
        yield ": ".join(filter(None, (word, one["path"], one["why"])))
    left = sum(one["found"] for one in document["counts"]) - len(document["findings"])
    if left:
        yield f"and {left} more like these"
    if document["sound"]:
        yield "no fault is left"
    elif not document["repairs"]:
        yield "run posterizarr doctor --repair, while no run is active, to repair what can be proved"
