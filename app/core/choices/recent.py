"""Recent images with the script's data about them."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.assets.removal import sliced
from app.core.choices.artwork import Tree, find_artwork
from app.core.choices.showing import COLUMNS
from app.core.choices.table import TABLE
from app.core.config_file import truthy


def with_choices(session: Session, tree: Tree, images: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The images with the fields of their choices; of two choices of one image the newer counts."""
    rows = choices_of(session, {image["rootfolder"] for image in images})
    found = find_artwork(session, tree, rows)
    by_address = {found[row.id].addresses["url"]: row for row in rows if row.id in found}
    return [image | in_words_of(by_address.get(image["poster_url"])) for image in images]


def choices_of(session: Session, folders: set[str]) -> list[Any]:
    query = select(*COLUMNS).order_by(TABLE.c.id)
    parts = (query.where(TABLE.c.rootfolder.in_(part)) for part in sliced(folders))
    return [row for part in parts for row in session.execute(part)]


def in_words_of(row: Any) -> dict[str, Any]:
    if row is None:
        return {}
    words = {"title": row.title, "type": row.type, "library": row.library_name, "rootfolder": row.rootfolder}
    return {name: text for name, text in words.items() if text} | {
        "language": said(row.language),
        "fallback": truthy(row.fallback),
        "text_truncated": truthy(row.text_truncated),
        "download_source": said(row.download_source),
        "provider_link": said(row.fav_provider_link),
        "is_manually_created": truthy(row.manual),
    }


def said(text: str) -> str:
    """The text, "" where the script wrote false in its place."""
    return "" if text == "false" else text
