"""Pages of the catalogue."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.core.assets.addresses import picture_addresses
from app.core.assets.arrangement import Arrangement
from app.core.assets.batch import FOLDERS
from app.core.assets.naming import full_type, join_path
from app.core.assets.pictures import epoch_seconds, image_entry
from app.core.assets.recent import image_title, item_name
from app.core.catalogue.selection import FLAGS, Selection
from app.core.catalogue.table import TABLE
from app.core.choices.table import TABLE as CHOICES
from app.core.exports.library_types import LibraryTypes

ORDERS = {
    "path": (FOLDERS.c.path, TABLE.c.name),
    "name": (TABLE.c.name, TABLE.c.folder_id),
    "title": (TABLE.c.sort_key, TABLE.c.kind, TABLE.c.folder_id, TABLE.c.name),
    **{
        sort: (TABLE.c[column], TABLE.c.folder_id, TABLE.c.name)
        for sort, column in {"modified": "modified_ns", "created": "created", "size": "size"}.items()
    },
}
COLUMNS = (
    FOLDERS.c.path.label("folder"),
    TABLE.c.library.label("top"),
    *(column for column in TABLE.c if column.name not in ("library", "searched", "sort_key")),
    CHOICES.c.title,
    CHOICES.c.rootfolder,
)


def entry_count(session: Session, selection: Selection) -> int:
    return session.scalar(select(func.count()).select_from(TABLE).where(*selection.condition())) or 0


def catalogued_images(session: Session, selection: Selection, arrangement: Arrangement) -> Iterator[dict]:
    """A part of the selected pictures, as galleries list them."""
    types = LibraryTypes(session)
    return (image_entry(row, types) for row in session.execute(page_of_entries(selection, arrangement)))


def catalogued_entries(
    session: Session, selection: Selection, arrangement: Arrangement, prefix: str
) -> Iterator[dict]:
    """A part of the selected entries with all that is known of each; the prefix is that of their tree."""
    types = LibraryTypes(session)
    rows = session.execute(page_of_entries(selection, arrangement))
    return (described_entry(row, types, prefix) for row in rows)


def page_of_entries(selection: Selection, arrangement: Arrangement) -> Select:
    """Choose by the index first: skipping whole rows takes far longer."""
    order = ORDERS[arrangement.sort]
    if arrangement.descending:
        order = tuple(column.desc() for column in order)
    keys = select(TABLE.c.folder_id, TABLE.c.name).where(*selection.condition()).order_by(*order)
    if arrangement.sort == "path":
        keys = keys.outerjoin(FOLDERS, FOLDERS.c.id == TABLE.c.folder_id)
    chosen = keys.limit(arrangement.limit).offset(arrangement.offset).subquery()
    own = (TABLE.c.folder_id == chosen.c.folder_id) & (TABLE.c.name == chosen.c.name)
    whole = chosen.join(TABLE, own).outerjoin(FOLDERS, FOLDERS.c.id == TABLE.c.folder_id)
    return (
        select(*COLUMNS)
        .select_from(whole.outerjoin(CHOICES, CHOICES.c.id == TABLE.c.choice_id))
        .order_by(*order)
    )


def described_entry(row: Any, types: LibraryTypes, prefix: str) -> dict[str, Any]:
    is_file = row.folder is not None
    item = item_name(row.folder, row.name) if is_file else row.rootfolder
    return {
        **(file_fields(row, prefix) if is_file else NO_FILE),
        "kind": row.kind,
        "type": full_type(row.kind, row.top, types.holds_shows(row.top)),
        "library": row.top,
        "item": item,
        "title": row.title or image_title(item, row.name),
        "letter": row.letter,
        "year": row.year,
        "language": row.language,
        "provider": row.provider,
        "owner": row.owner,
        "upload": row.upload,
        **{name: bool(row.flags & flag) for name, flag in FLAGS.items()},
        "choice_id": row.choice_id,
    }


def file_fields(row: Any, prefix: str) -> dict[str, Any]:
    path = join_path(row.folder, row.name)
    return {
        "path": path,
        "name": row.name,
        **picture_addresses(prefix, path, row.digest, row.color),
        "size": row.size,
        "created": row.created,
        "modified": epoch_seconds(row.modified_ns),
    }


# Of an entry without a picture.
NO_FILE = dict.fromkeys(
    ("path", "name", "url", "image_url", "thumbnail_url", "hash", "color", "size", "created", "modified")
)
