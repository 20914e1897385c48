"""A short log of changed images, written with the changes, for those who follow them as they happen."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from app.core.assets.naming import asset_kind, join_path
from app.core.assets.reading import Image
from app.models import AssetChange, AssetFile, AssetFolder, AssetRoot

CHANGES = AssetChange.__table__
FILES, FOLDERS, ROOTS = AssetFile.__table__, AssetFolder.__table__, AssetRoot.__table__
ADDED, CHANGED, REMOVED, MANY = "added", "changed", "removed", "many"
# Of one transaction; a follower of more loads the list anew.
MOST_LISTED = 300
KEPT = 2000
# Roots that have been read to their end once; before that, everything would be new.
PLACES = (
    select(FOLDERS.c.id, FOLDERS.c.path, FOLDERS.c.root_id, (ROOTS.c.version + 1).label("version"))
    .join(ROOTS, ROOTS.c.id == FOLDERS.c.root_id)
    .where(ROOTS.c.scanned_at.is_not(None))
)


def log_changes(session: Session, lost: Iterable[tuple[int, str]], found: Iterable[Image]) -> None:
    """Log images that were deleted from the index, added to it, or both, which is a change."""
    gone, present = set(lost), {image[:2]: image for image in found}
    both = gone | present.keys()
    if not both:
        return
    folders = {folder for folder, _ in both} if len(both) <= MOST_LISTED else {next(iter(both))[0]}
    places = {place.id: place for place in session.execute(PLACES.where(FOLDERS.c.id.in_(folders)))}
    if len(both) > MOST_LISTED:
        write_rows(session, [many(place) for place in places.values()])
        return
    listed = (
        describe_logged(places[key[0]], key, present.get(key), gone) for key in both if key[0] in places
    )
    write_rows(session, list(listed))


def log_removed_folders(session: Session, ids: Iterable[int]) -> None:
    """Log the images of folders that are about to be deleted from the index."""
    places = {place.id: place for place in session.execute(PLACES.where(FOLDERS.c.id.in_(ids)))}
    query = select(FILES.c.folder_id, FILES.c.name).where(FILES.c.folder_id.in_(places))
    images = list(session.execute(query.limit(MOST_LISTED + 1))) if places else []
    if len(images) > MOST_LISTED:
        write_rows(session, [many(next(iter(places.values())))])
        return
    keys = [(image.folder_id, image.name) for image in images]
    write_rows(session, [describe_logged(places[key[0]], key, None, set()) for key in keys])


def describe_logged(place: Any, key: tuple[int, str], image: Image | None, gone: set) -> dict[str, Any]:
    name = key[1]
    size, modified_ns = image[3:5] if image else (0, 0)
    change = REMOVED if image is None else CHANGED if key in gone else ADDED
    path = join_path(place.path, name)
    facts = {"path": path, "kind": asset_kind(name), "size": size, "modified_ns": modified_ns}
    return {**placed_change(place), "change": change, **facts}


def many(place: Any) -> dict[str, Any]:
    return placed_change(place) | {"change": MANY, "path": None, "kind": None, "size": 0, "modified_ns": 0}


def placed_change(place: Any) -> dict[str, Any]:
    return {"root_id": place.root_id, "version": place.version}


def write_rows(session: Session, rows: list[dict[str, Any]]) -> None:
    """Add rows, and delete those that are too old to be needed."""
    if rows:
        session.execute(insert(CHANGES), rows)
        newest = select(func.max(CHANGES.c.id)).scalar_subquery()
        session.execute(delete(CHANGES).where(CHANGES.c.id <= newest - KEPT))
