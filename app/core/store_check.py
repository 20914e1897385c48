"""What the built-in script keeps of replaced artwork, as it reports and checks it itself."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.core.decisions.journal import run_number
from app.core.engine_calls import EngineCalls
from app.core.modes import STORE

# Every file is read.
LONGEST = 3600.0
MIB = 1024 * 1024


def stored_bytes(engine: EngineCalls) -> dict[str, Any]:
    """{"files": int, "bytes": int, "oldest": ISO text or None, "runs": [{"run": name in the journal, "mode",
    "files", "bytes"}], "problems": [text]}.
    """
    return engine.ask(STORE, seconds=LONGEST)


def store_lines(document: Mapping[str, Any]) -> Iterator[str]:
    """The report of the store for people, a line for each run and for each problem."""
    yield f"{amount_of_bytes(document)}, the oldest of {document['oldest'] or '-'}"
    for run in document["runs"]:
        yield f"run {run_number(run['run']) or run['run']} ({run['mode']}): {amount_of_bytes(run)}"
    yield from (f"problem: {text}" for text in document["problems"])


def amount_of_bytes(part: Mapping[str, Any]) -> str:
    return f"{part['files']} files, {part['bytes'] / MIB:.1f} MiB"
