"""How much lies in each library, from sums that are already there."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.assets.batch import FILES, FOLDERS
from app.core.assets.naming import PLURALS
from app.core.assets.totals import SUMS, TOTALS

MOST_FOLDERS = 10


def library_folders(session: Session, root_id: int | None) -> list[dict[str, Any]]:
    """Every top folder with images by name; an image in the root itself counts as a folder of its own."""
    query = select(TOTALS.c.top, *(TOTALS.c[name] for name in SUMS))
    rows = session.execute(query.where(TOTALS.c.root_id == root_id, TOTALS.c.top != ""))
    found = [described(top, dict(zip(SUMS, sums, strict=True))) for top, *sums in rows]
    found += [lone_image(name, kind, size) for name, kind, size in loose_images(session, root_id)]
    return sorted((folder for folder in found if folder["files"]), key=by_name)


def by_name(item: dict[str, Any]) -> tuple[str, str]:
    return item["name"].casefold(), item["name"]


def loose_images(session: Session, root_id: int):
    query = select(FILES.c.name, FILES.c.kind, FILES.c.size).join(FOLDERS, FOLDERS.c.id == FILES.c.folder_id)
    return session.execute(query.where(FOLDERS.c.root_id == root_id, FOLDERS.c.path == ""))


def lone_image(name: str, kind: str, size: int) -> dict[str, Any]:
    return described(name, {plural: int(known == kind) for plural, known in PLURALS.items()} | {"size": size})


def described(name: str, sums: dict[str, int]) -> dict[str, Any]:
    counts = {f"{kind}_count": sums[plural] for plural, kind in PLURALS.items()}
    files = sum(counts.values())
    return {"name": name, "path": name, **counts, "files": files, "size": sums["size"], "total_count": files}


def statistics(folders: list[dict[str, Any]]) -> dict[str, Any]:
    """The sums of all folders, and the ten with the most images."""
    counts = {plural: sum(folder[f"{kind}_count"] for folder in folders) for plural, kind in PLURALS.items()}
    largest = sorted(folders, key=lambda folder: -folder["files"])[:MOST_FOLDERS]
    return {**counts, "total_size": sum(folder["size"] for folder in folders), "folders": largest}
