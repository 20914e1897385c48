"""What the store holds, and whether all of it is whole."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from app.poster.journal.journal import Journal
from app.poster.journal.store import BytesMissing, ByteStore, KeptBytes
from app.poster.records.environment import StoreLimits


def store_report(engine: Path, limits: StoreLimits) -> dict[str, Any]:
    """{"files", "bytes", "oldest": time or None, "megabytes", "days", "runs": [{"run", "mode", "started",
    "files", "bytes"}], "problems": [sentence]}; damaged files are moved aside.

    `megabytes` and `days` are the limits. The runs, the newest first, have what each replaced; files that
    several replaced count for each of them.
    """
    store = ByteStore(engine / "store")
    problems = list(damaged_files(store))
    kept = {one.sha256: one for one in store.kept()}
    oldest = min((one.kept_at for one in kept.values()), default=None)
    return {
        "files": len(kept),
        "bytes": sum(one.size for one in kept.values()),
        "oldest": oldest and oldest.isoformat(timespec="seconds"),
        "megabytes": limits.megabytes,
        "days": limits.days,
        "runs": runs(engine, kept),
        "problems": problems,
    }


def damaged_files(store: ByteStore) -> Iterator[str]:
    """A sentence for each file whose bytes are not those of its name; it is moved aside."""
    for one in store.kept():
        try:
            store.read(one.sha256)
        except BytesMissing as error:
            yield f"{error}; it was moved to {store.set_aside(one.sha256)}, and cannot be put back by undo"
        except OSError as error:
            yield f"the bytes {one.sha256} cannot be read: {error.strerror}"


def runs(engine: Path, kept: dict[str, KeptBytes]) -> list[dict[str, Any]]:
    """What each run replaced, as far as the store has it."""
    if not (engine / "engine.db").is_file():
        return []
    with closing(Journal(engine)) as journal:
        found = [(run, [kept[name] for name in names if name in kept]) for run, names in journal.replaced()]
    return [
        {
            "run": run.name,
            "mode": run.mode,
            "started": run.started.isoformat(timespec="seconds"),
            "files": len(files),
            "bytes": sum(one.size for one in files),
        }
        for run, files in found
        if files
    ]


def report_text(report: dict[str, Any]) -> str:
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"
