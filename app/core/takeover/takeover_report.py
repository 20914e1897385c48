"""The report of a takeover, in the words that the command prints and the file holds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.core.paths import Paths, replacing
from app.core.takeover.part_outcome import PartState
from app.core.takeover.record import TakeoverRecord

FILE = "takeover_report.txt"
WIDTH = 20
HEADINGS = {
    PartState.TAKEN: "taken over",
    PartState.IN_PLACE: "used where it is",
    PartState.ABSENT: "nothing there",
    PartState.NOT_TAKEN: "not taken over",
    PartState.FAILED: "failed",
}


def report_path(paths: Paths) -> Path:
    return paths.data / FILE


def write_takeover_report(paths: Paths, record: TakeoverRecord) -> None:
    """Write the report below the data folder; may raise OSError."""
    with replacing(report_path(paths), mode=0o644) as file:
        file.write("\n".join([*report_lines(record), ""]).encode())


def report_lines(record: TakeoverRecord) -> Iterator[str]:
    """A heading, then for each part its state with counts, reasons, notes and advice."""
    yield f"Takeover of an existing data folder: begun {record['started_at']}, ended {record['finished_at']}."
    yield "The files of the old program were read and not changed."
    for part in record["parts"]:
        yield f"{part['name']:<{WIDTH}} {state_text(part)}"
        yield from (f"{'':<{WIDTH}} - {line}" for line in details_of(part))


def state_text(part: dict[str, Any]) -> str:
    counted = [f"{part['taken']:,}"] if part["taken"] else []
    counted += [f"{part['known']:,} were there already"] if part["known"] else []
    amounts = f": {', '.join(counted)}" if counted else ""
    return f"{HEADINGS[PartState(part['state'])]}{amounts}  ({part['source']})"


def details_of(part: dict[str, Any]) -> Iterator[str]:
    yield from (f"left out: {item['count']:,}, {item['reason']}" for item in part["left_out"])
    yield from part["notes"]
    if part["advice"]:
        yield f"what to do: {part['advice']}"
