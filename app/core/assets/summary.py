"""The counts of each library, from stored sums."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.assets.naming import PLURALS, ROOT_FOLDER
from app.core.assets.totals import SUMS, TOTALS

MOST_FOLDERS = 10


def library_folders(session: Session, root_id: int | None) -> list[dict[str, Any]]:
    """Return every top folder with images by name; the images in the root itself count as one folder."""
    rows = session.execute(
        select(TOTALS.c.top, *(TOTALS.c[name] for name in SUMS)).where(TOTALS.c.root_id == root_id)
    )
    found = [describe_library(top or ROOT_FOLDER, dict(zip(SUMS, sums, strict=True))) for top, *sums in rows]
    return sorted((folder for folder in found if folder["files"]), key=by_name)


def by_name(item: dict[str, Any]) -> tuple[str, str]:
    return item["name"].casefold(), item["name"]


def describe_library(name: str, sums: dict[str, int]) -> dict[str, Any]:
    counts = {f"{kind}_count": sums[plural] for plural, kind in PLURALS.items()}
    files = sum(counts.values())
    return {"name": name, "path": name, **counts, "files": files, "size": sums["size"], "total_count": files}


def asset_statistics(folders: list[dict[str, Any]]) -> dict[str, Any]:
    """The sums of all folders, and the ten with the most images."""
    counts = {plural: sum(folder[f"{kind}_count"] for folder in folders) for plural, kind in PLURALS.items()}
    largest = sorted(folders, key=lambda folder: -folder["files"])[:MOST_FOLDERS]
    return {**counts, "total_size": sum(folder["size"] for folder in folders), "folders": largest}
