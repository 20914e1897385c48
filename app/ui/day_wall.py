"""The wall of one day: a part of the library's pictures, or of those that changed since."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.core.assets.arrangement import Arrangement
from app.core.assets.naming import KINDS, asset_kind, is_storable
from app.core.assets.roots import PLACES
from app.core.catalogue.listing import catalogued_entries, entry_count
from app.core.catalogue.selection import Selection
from app.core.days.listing import Day
from app.core.days.pictures import PictureThen, changed_pictures, pictures_then
from app.core.paths import LONGEST_PATH
from app.ui.page_numbers import PageNumbers, wanted_page

PAGE_SIZE = 60
ROOT = "assets"
CHANGED, ALL = "changed", "all"
USUAL_KIND = "poster"


@dataclass(frozen=True)
class DayQuery:
    """The address of the wall as far as it has a meaning; `day` is "" and `run` 0 where it names none."""

    day: str
    run: int
    show: str
    kind: str
    folder: str
    after: str
    page: int

    def address(self, **changes: str | int) -> dict[str, str | int]:
        """The fields of an address with changes, on its first part."""
        known = {"day": self.day, "show": self.show, "kind": self.kind, "folder": self.folder}
        usual = {"show": ALL, "kind": USUAL_KIND}
        fields = {**known, **changes}
        return {name: value for name, value in fields.items() if value and usual.get(name) != value}


@dataclass(frozen=True)
class DayTile:
    """A picture on the wall with its kind."""

    picture: PictureThen
    kind: str


@dataclass(frozen=True)
class DayWall:
    """A part of the wall; `pages` are those of the whole library, `next` the path before the next part."""

    tiles: list[DayTile]
    pages: PageNumbers | None = None
    next: str = ""


def day_query(fields: Mapping[str, str]) -> DayQuery:
    """Read an address; a value that is none of a field counts as absent."""
    kinds = (ALL, *KINDS)
    return DayQuery(
        day=storable_text(fields.get("day")),
        run=wanted_page(fields.get("run")) if "run" in fields else 0,
        show=CHANGED if fields.get("show") == CHANGED else ALL,
        kind=fields["kind"] if fields.get("kind") in kinds else USUAL_KIND,
        folder=storable_text(fields.get("folder")),
        after=storable_text(fields.get("after")),
        page=wanted_page(fields.get("page")),
    )


def storable_text(text: str | None) -> str:
    is_usable = text and len(text) <= LONGEST_PATH and "\0" not in text and is_storable(text)
    return text if is_usable else ""


def changed_wall(engine: Path, root: Path | None, day: Day, query: DayQuery) -> DayWall:
    """The next part of what differs from the day, of all kinds."""
    found = list(islice(changed_pictures(engine, root, day, query.folder, query.after), PAGE_SIZE + 1))
    part = found[:PAGE_SIZE]
    tiles = [DayTile(each, kind_of_artwork(each.path)) for each in part]
    return DayWall(tiles, None, part[-1].path if len(found) > PAGE_SIZE else "")


def whole_wall(
    session: Session, root_id: int | None, engine: Path, root: Path | None, day: Day, query: DayQuery
) -> DayWall:
    """A page of the library by title, each picture as it was on the day."""
    filters = () if query.kind == ALL else (("kind", query.kind),)
    selection = Selection(root_id, (), (*filters, ("missing", False)))
    total = entry_count(session, selection)
    part = Arrangement("", "title", False, PAGE_SIZE, (query.page - 1) * PAGE_SIZE)
    entries: list[dict[str, Any]] = list(
        catalogued_entries(session, selection, part, PLACES[ROOT].prefix, total)
    )
    paths = [entry["path"] for entry in entries if entry["path"]]
    found = pictures_then(engine, root, day, paths)
    tiles = [DayTile(picture, kind_of_artwork(path)) for path, picture in found.items()]
    return DayWall(tiles, PageNumbers(query.page, PAGE_SIZE, total))


def kind_of_artwork(path: str) -> str:
    return asset_kind(path.rpartition("/")[2]) or "other"
