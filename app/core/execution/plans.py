"""The plans that the built-in script writes, read line by line."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from app.core.errors import NotFound

ACTIONS = ("create", "replace", "skip", "upload", "delete", "restore", "hold", "release")
# What plans of earlier versions have not.
SINCE_UPLOADS = {"rules": [], "owner_why": "", "uploads": []}
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
    path: Path, limit: int, offset: int = 0, action: str | None = None, reason: str | None = None
) -> dict[str, Any]:
    """A page of the steps, of one action and reason or of all, and what all steps come to.

    {"steps": [{path, library, title, kind, action, reason, why, owner, owner_why, provider, address,
    detail, rules, uploads: [{server, slot, item_key, action, state, why}]}],
    "total": int, "totals": {action: int} or None while the run goes on, "reasons": {code: int} or None}.
    """
    steps, total, ending = [], 0, {}
    for line in plan_lines(path):
        if "totals" in line:
            ending = line
        elif action in (None, line["action"]) and reason in (None, line.get("reason")):
            if offset <= total < offset + limit:
                steps.append({**SINCE_UPLOADS, **line})
            total += 1
    totals = {"totals": ending.get("totals"), "reasons": ending.get("reasons")}
    return {"steps": steps, "total": total, **totals}


def plan_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The whole lines: the last one of a plan that grows may be incomplete."""
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise NotFound(f"The plan {path.name} was just deleted; a new run writes another.") from error
    with file:
        yield from (json.loads(line) for line in file if line.endswith(b"\n"))
