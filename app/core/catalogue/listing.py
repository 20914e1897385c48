"""Pages of the catalogue."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from app.core.assets.addresses import picture_addresses
from app.core.assets.arrangement import Arrangement
from app.core.assets.batch import FOLDERS
from app.core.assets.naming import full_type, join_path
from app.core.assets.pictures import epoch_seconds, image_entry
from app.core.assets.recent import image_title, item_name
from app.core.catalogue.selection import FLAGS, Selection
from app.core.catalogue.table import NO_FOLDER, TABLE
from app.core.choices.table import TABLE as CHOICES
from app.core.exports.library_types import LibraryTypes

BY_TITLE = (TABLE.c.sort_key, TABLE.c.kind, TABLE.c.folder_id, TABLE.c.name)
YEAR = "year"
# Each ends with the key of the table, so that no two entries are equal.
ORDERS = {
    "path": (FOLDERS.c.path, TABLE.c.folder_id, TABLE.c.name),
    "name": (TABLE.c.name, TABLE.c.folder_id),
    "title": BY_TITLE,
    YEAR: BY_TITLE,
    # With the kind, as the index has it.
    "modified": (TABLE.c.modified_ns, TABLE.c.kind, TABLE.c.folder_id, TABLE.c.name),
    **{sort: (TABLE.c[sort], TABLE.c.folder_id, TABLE.c.name) for sort in ("created", "size")},
}
INDEXED, INDEXED_FILTERS = ("title", "modified"), ("kind", "missing")
# No item is of a later one.
AFTER_ALL_YEARS = 32767
COLUMNS = (
    FOLDERS.c.path.label("folder"),
    TABLE.c.library.label("top"),
    *(column for column in TABLE.c if column.name not in ("library", "searched", "sort_key")),
    CHOICES.c.title,
    CHOICES.c.rootfolder,
)
# Not of a folder that the index has removed, which the catalogue follows a moment later.
HAS_FOLDER = (TABLE.c.folder_id == NO_FOLDER) | FOLDERS.c.id.is_not(None)


class PagePart(NamedTuple):
    """How many rows are taken after how many others, and whether from the end."""

    limit: int | None
    offset: int
    is_back: bool


def entry_count(session: Session, selection: Selection) -> int:
    return session.scalar(select(func.count()).select_from(TABLE).where(*selection.condition())) or 0


def catalogued_images(session: Session, selection: Selection, arrangement: Arrangement) -> Iterator[dict]:
    """A part of the selected pictures, as galleries list them."""
    types = LibraryTypes(session)
    return (image_entry(row, types) for row in session.execute(page_of_entries(selection, arrangement)))


def catalogued_entries(
    session: Session, selection: Selection, arrangement: Arrangement, prefix: str, total: int | None = None
) -> Iterator[dict]:
    """A part of the selected entries with all that is known of each; the prefix is that of their tree.

    Who knows the number of all selected entries has the last ones as fast as the first.
    """
    types = LibraryTypes(session)
    rows = session.execute(page_of_entries(selection, arrangement, total))
    return (described_entry(row, types, prefix) for row in rows)


class SortKey(NamedTuple):
    """What entries are compared by, and whether the largest comes first."""

    columns: tuple[ColumnElement[Any], ...]
    is_down: bool

    def order(self, is_back: bool = False) -> list[Any]:
        """The same order, or from its end."""
        return [column.desc() if self.is_down != is_back else column.asc() for column in self.columns]


def sort_key(sort: str, is_down: bool) -> SortKey:
    """The key of a sort of `ORDERS` in one of its directions; it ends with the key of the table."""
    if sort != YEAR:
        return SortKey(ORDERS[sort], is_down)
    # Within a year by title; what has no year comes last in both directions.
    year = -func.coalesce(TABLE.c.year, 0) if is_down else func.coalesce(TABLE.c.year, AFTER_ALL_YEARS)
    return SortKey((year, *BY_TITLE), False)


def page_of_entries(selection: Selection, arrangement: Arrangement, total: int | None = None) -> Select:
    """Choose by the index first: skipping whole rows takes far longer.

    Where the total is known, the second half is counted from the end.
    """
    key = sort_key(arrangement.sort, arrangement.descending)
    part = part_of(arrangement, total)
    is_indexed = arrangement.sort in INDEXED and all(name in INDEXED_FILTERS for name, _ in selection.filters)
    keys = select(TABLE.c.folder_id, TABLE.c.name).where(*selection.condition(is_scan=not is_indexed))
    if arrangement.sort == "path":
        keys = keys.outerjoin(FOLDERS, FOLDERS.c.id == TABLE.c.folder_id)
    keys = keys.order_by(*key.order(part.is_back))
    chosen = keys.limit(part.limit).offset(part.offset).subquery()
    own = (TABLE.c.folder_id == chosen.c.folder_id) & (TABLE.c.name == chosen.c.name)
    whole = chosen.join(TABLE, own).outerjoin(FOLDERS, FOLDERS.c.id == TABLE.c.folder_id)
    return (
        select(*COLUMNS)
        .select_from(whole.outerjoin(CHOICES, CHOICES.c.id == TABLE.c.choice_id))
        .where(HAS_FOLDER)
        .order_by(*key.order())
    )


def part_of(arrangement: Arrangement, total: int | None) -> PagePart:
    """The part of a list of so many entries, from the end that is nearer."""
    limit, offset = arrangement.limit, arrangement.offset
    if total is None or limit is None or 2 * offset < total:
        return PagePart(limit, offset, False)
    found = max(0, min(limit, total - offset))
    return PagePart(found, max(0, total - offset - found), True)


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
