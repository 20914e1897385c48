"""What a run did step by step, and the pictures before and after, by the journal."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from app.core.decisions.journal import aware, has_column, reading_journal
from app.core.decisions.run_changes import attempt_names
from app.core.decisions.versions import AssetPath, FileFacts, asset_file, file_facts
from app.core.errors import ApplicationError, Unavailable
from app.models import Run

DONE, FAILED = "done", "failed"


@dataclass(frozen=True)
class RunEntry:
    """One step of a run; `server` is the media server where it was done, "" for the file on the disk."""

    path: str
    action: str
    at: datetime
    server: str
    why: str


@dataclass(frozen=True)
class StepPicture:
    """A picture of an asset: the version with that SHA-256, or the file that lies there now for ""."""

    path: str
    sha256: str = ""


@dataclass(frozen=True)
class StepPictures:
    """The file of an asset before and after a run; None where there was none, or its bytes are gone."""

    before: StepPicture | None
    after: StepPicture | None


def run_entries(
    engine: Path, run: Run, state: str, limit: int, offset: int = 0
) -> tuple[list[RunEntry], int]:
    """(entries, total): a page of the steps of that state in the order of the run.

    `Unavailable` where the journal cannot be read.
    """
    with reading_journal(engine) as journal:
        names, _ = attempt_names(journal, run.id, run.queued_at)
        chosen = f"FROM entries WHERE state = ? AND run IN ({placeholders(names)})"
        place = "place" if has_column(journal, "entries", "place") else "NULL"
        query = f"SELECT path, action, at, {place}, why {chosen} ORDER BY number LIMIT ? OFFSET ?"
        found = journal.execute(query, (state, *names, limit, offset)).fetchall()
        total = journal.execute(f"SELECT count(*) {chosen}", (state, *names)).fetchone()[0]
    return [entry_of_row(*row) for row in found], total


def placeholders(values: Iterable[Any]) -> str:
    return ", ".join("?" for _ in values)


def entry_of_row(path: str, action: str, at: str, place: str | None, why: str) -> RunEntry:
    server = str(json.loads(place).get("server", "")) if place else ""
    return RunEntry(path, action, aware(at), server, why or "")


def pictures_of_steps(engine: Path, root: Path | None, run: Run, paths: list[str]) -> dict[str, StepPictures]:
    """The pictures of those assets by path: as the run found and left them, or as they lie there now.

    A path of no image, and one without any picture, is left out.
    """
    try:
        with reading_journal(engine) as journal:
            rows = changed_files(journal, run, paths)
    except Unavailable:
        rows = []
    assets = {path: asset for path in paths if (asset := picture_asset(engine, root, path))}
    found: dict[str, StepPictures] = {}
    for path, before, after in rows:
        if path in assets:
            first = found[path].before if path in found else shown_file(assets[path], file_facts(before))
            found[path] = StepPictures(first, shown_file(assets[path], file_facts(after)))
    unchanged = {
        path: StepPictures(StepPicture(path), None)
        for path, asset in assets.items()
        if path not in found and present_state(asset)
    }
    return {**unchanged, **found}


def changed_files(journal: sqlite3.Connection, run: Run, paths: list[str]) -> list[tuple[str, str, str]]:
    names, _ = attempt_names(journal, run.id, run.queued_at)
    on_disk = "AND place IS NULL" if has_column(journal, "entries", "place") else ""
    query = (
        f"SELECT path, before, after FROM entries WHERE state = '{DONE}' {on_disk}"
        f" AND run IN ({placeholders(names)}) AND path IN ({placeholders(paths)}) ORDER BY number"
    )
    return journal.execute(query, (*names, *paths)).fetchall()


def picture_asset(engine: Path, root: Path | None, path: str) -> AssetPath | None:
    try:
        return asset_file(engine, root, path)
    except ApplicationError:
        return None


def shown_file(asset: AssetPath, facts: FileFacts | None) -> StepPicture | None:
    """The picture of a file that the journal describes, None where its bytes are not to be had."""
    if facts is None or not facts.sha256:
        return None
    if is_there_now(asset, facts):
        return StepPicture(asset.path)
    return StepPicture(asset.path, facts.sha256) if asset.kept(facts.sha256).is_file() else None


def is_there_now(asset: AssetPath, facts: FileFacts) -> bool:
    """Whether that very file lies there, by size and time."""
    return present_state(asset) == facts[:2]


def present_state(asset: AssetPath) -> tuple[int, int] | None:
    """(size, mtime in nanoseconds) of the file that lies there, None for none that can be read."""
    try:
        found = asset.present.stat() if asset.present else None
    except (ApplicationError, OSError):
        return None
    return (found.st_size, found.st_mtime_ns) if found else None
