"""The newest images of the asset tree."""

import re
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.assets.batch import FILES, FOLDERS
from app.core.assets.naming import BACKGROUND, EPISODE, EPISODE_THUMB, OTHER, OTHERS, SEASON
from app.core.assets.pictures import COLUMNS, IMAGES, image_entry
from app.core.exports.library_types import LibraryTypes

MOST = 100
NUMBERED = re.compile(
    r"(?:(.*)_)?(?:season0*([0-9]+)|(s[0-9]+e[0-9]+)|background)", re.IGNORECASE | re.DOTALL
)
# A name that says what it shows of an item, alone or after the item's own name.
OF_ITEM = re.compile(
    rf"(?:(.*)[-_] ?)?(?:poster|folder|cover|{BACKGROUND}|{OTHERS}|{SEASON}|{EPISODE})|{EPISODE_THUMB}",
    re.IGNORECASE | re.DOTALL,
)


def recent_images(session: Session, root_id: int | None) -> list[dict[str, Any]]:
    """At most 100, the newest first; only the folders with the newest images are looked through."""
    newest = select(FOLDERS.c.id).where(FOLDERS.c.root_id == root_id).order_by(FOLDERS.c.newest_ns.desc())
    ids = list(session.scalars(newest.limit(MOST)))
    query = select(*COLUMNS).select_from(IMAGES).where(FOLDERS.c.id.in_(ids), FILES.c.kind != OTHER)
    rows = session.execute(
        query.order_by(FILES.c.modified_ns.desc(), FOLDERS.c.path, FILES.c.name).limit(MOST)
    )
    types = LibraryTypes(session)
    return [describe_recent_image(row, types) for row in rows]


def describe_recent_image(row, types: LibraryTypes) -> dict[str, Any]:
    image = image_entry(row, types)
    item = item_name(row.folder, row.name)
    return {
        "title": image_title(item, row.name),
        "type": image["type"],
        "rootfolder": item,
        "library": row.top,
        "language": "",
        "fallback": False,
        "text_truncated": False,
        "download_source": "",
        "provider_link": "",
        "is_manually_created": False,
        "poster_url": image["url"],
        **{name: image[name] for name in ("image_url", "thumbnail_url", "hash", "color")},
        "has_poster": True,
        "created": image["created"],
        "modified": image["modified"],
    }


def item_name(folder: str, name: str) -> str:
    """The film or show: its folder, or in a flat tree what stands before the suffix."""
    stem = name.rpartition(".")[0]
    found = OF_ITEM.fullmatch(stem)
    if found is None:
        return stem
    return found[1] or folder.rpartition("/")[2] or stem


def image_title(item: str, name: str) -> str:
    found = NUMBERED.fullmatch(name.rpartition(".")[0])
    if found and found[2]:
        return f"{item} | Season {found[2]}"
    return f"{found[3].upper()} | {item}" if found and found[3] else item
