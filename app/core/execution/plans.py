"""The plans that the built-in script writes, read line by line."""

import json
import re
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO

from app.core.errors import NotFound

ACTIONS = ("create", "replace", "skip", "upload", "delete", "restore", "hold", "release")
# What changes comes first, what is left alone last.
SHOWN_ORDER = ("replace", "create", "delete", "restore", "upload", "hold", "release", "skip")
# What plans of earlier versions have not.
SINCE_UPLOADS = {"rules": [], "owner_why": "", "uploads": [], "content": ""}
PLAN_FILE = re.compile(r"(\d{1,12})-(\d{1,9})\.jsonl")


def newest_plan(engine: Path, run: int) -> Path:
    """The plan of a run's last attempt; NotFound where the run has none, or none any more."""
    found = [(int(match[2]), path) for path, match in plan_files(engine / "plans") if int(match[1]) == run]
    if not found:
        raise NotFound(f"Run {run} has no plan: only the newest plans of the built-in script are kept.")
    return max(found)[1]


def plan_files(folder: Path) -> Iterator[tuple[Path, re.Match[str]]]:
    paths = folder.iterdir() if folder.is_dir() else ()
    return ((path, match) for path in paths if (match := PLAN_FILE.fullmatch(path.name)))


def read_plan(
    path: Path,
    limit: int,
    offset: int = 0,
    action: str | None = None,
    reason: str | None = None,
    changes_first: bool = False,
) -> dict[str, Any]:
    """A page of the steps, of one action and reason or of all, and what all steps come to.

    {"steps": [{path, library, title, kind, action, reason, why, owner, owner_why, provider, address,
    detail, rules, uploads: [{server, slot, item_key, action, state, why}], content}],
    "total": int, "totals": {action: int} or None while the run goes on, "reasons": {code: int} or None}.
    They come in the order of the plan, or with `changes_first` in that of `SHOWN_ORDER`.
    """
    # Places in the file: a plan may have a million steps.
    places: dict[int, array] = defaultdict(lambda: array("Q"))
    ending: dict[str, Any] = {}
    for place, line in placed_lines(path):
        if "totals" in line:
            ending = line
        elif action in (None, line["action"]) and reason in (None, line.get("reason")):
            places[place_in_order(line) if changes_first else 0].append(place)
    ordered = chain.from_iterable(places[rank] for rank in sorted(places))
    steps = steps_at(path, islice(ordered, offset, offset + limit))
    totals = {"totals": ending.get("totals"), "reasons": ending.get("reasons")}
    return {"steps": steps, "total": sum(map(len, places.values())), **totals}


def place_in_order(line: dict[str, Any]) -> int:
    """The place of a step in `SHOWN_ORDER`; a picture that is only uploaded is no step that is left alone."""
    action = line["action"]
    if action == "skip" and any(upload["action"] == "upload" for upload in line.get("uploads", ())):
        action = "upload"
    return SHOWN_ORDER.index(action) if action in SHOWN_ORDER else len(SHOWN_ORDER)


def steps_at(path: Path, places: Iterable[int]) -> list[dict[str, Any]]:
    with opened_plan(path) as file:
        return [{**SINCE_UPLOADS, **step_at(file, place)} for place in places]


def step_at(file: BinaryIO, place: int) -> dict[str, Any]:
    file.seek(place)
    return json.loads(file.readline())


def plan_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The whole lines: the last one of a plan that grows may be incomplete."""
    return (line for _, line in placed_lines(path))


def placed_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    place = 0
    with opened_plan(path) as file:
        for line in file:
            if line.endswith(b"\n"):
                yield place, json.loads(line)
            place += len(line)


def opened_plan(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise NotFound(f"The plan {path.name} was just deleted; a new run writes another.") from error
