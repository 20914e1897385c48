"""What the page of a picture shows of it: the entry of the catalogue, its place in the list, its decision."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from app.core.assets.addresses import image_inside
from app.core.assets.roots import PLACES
from app.core.catalogue.neighbours import (
    EntryNeighbours,
    ListOrder,
    entry_at_path,
    missing_entry,
    neighbours_of,
)
from app.core.decisions.concern_details import concern_details
from app.core.decisions.journal import run_number
from app.core.decisions.record import decision_of
from app.core.decisions.states import HAND, TOOL
from app.core.decisions.versions import Version, asset_file, versions_of
from app.core.errors import ApplicationError, NotFound
from app.core.thumbnails.shrinking import shown_size
from app.extensions import Machine
from app.services.artwork_edits import root_mark
from app.services.originals import place_of_original
from app.ui.candidate_section import known_record
from app.ui.library_query import ORDERS, PAGE_SIZE, WIDE_KINDS, WallQuery
from app.ui.picture_words import why_chosen_in_words

ROOT = "assets"
PREFIX = PLACES[ROOT].prefix
# Of a picture that cannot be measured, by its kind.
USUAL_SHAPES = {True: (1920, 1080), False: (2000, 3000)}

Find = Callable[[Session, int | None], dict[str, Any] | None]


@dataclass(frozen=True)
class ListedPicture:
    """An entry of the catalogue with its place in the list that the address asks for."""

    entry: dict[str, Any]
    list: EntryNeighbours

    @property
    def page(self) -> int:
        """The page of the library that has its tile."""
        return max(0, self.list.place - 1) // PAGE_SIZE + 1


def listed_picture(machine: Machine, query: WallQuery, asset: str) -> ListedPicture | None:
    """The picture of that path below the asset folder, None where the catalogue has none."""
    return listed_entry(
        machine, query, lambda session, root_id: entry_at_path(session, root_id, asset, PREFIX)
    )


def listed_missing(machine: Machine, query: WallQuery, choice_id: int) -> ListedPicture | None:
    """The choice of which there is no picture, None where there is no such one."""
    return listed_entry(machine, query, lambda *where: missing_entry(*where, choice_id))


def listed_entry(machine: Machine, query: WallQuery, find: Find) -> ListedPicture | None:
    mark = root_mark(machine, ROOT)
    root_id = mark.id if mark else None
    with machine.database.reading() as session:
        entry = find(session, root_id)
        return ListedPicture(entry, neighbours_in(session, query, root_id, entry)) if entry else None


def neighbours_in(
    session: Session, query: WallQuery, root_id: int | None, entry: dict[str, Any]
) -> EntryNeighbours:
    sort, is_back = ORDERS[query.order]
    return neighbours_of(session, ListOrder(query.selection(root_id), sort, is_back), entry, PREFIX)


def measured(machine: Machine, entry: dict[str, Any]) -> tuple[int, int] | None:
    """(width, height) of the picture in pixels, None where it cannot be read."""
    try:
        with image_inside(machine.roots.existing(ROOT), entry["path"]).open("rb") as file:
            return shown_size(file)
    except (ApplicationError, OSError):
        return None


def shape_of(entry: dict[str, Any], size: tuple[int, int] | None) -> tuple[int, int]:
    """The width and height that the page reserves."""
    return size or USUAL_SHAPES[entry["kind"] in WIDE_KINDS]


def journal_values(machine: Machine, entry: dict[str, Any]) -> dict[str, Any]:
    """What the journal knows of the picture, each readable or not.

    {"decision", "run", "chosen", "is_held", "versions", "original", "drawn_text", "trouble"}: the record, the
    number of the run that made it, why it was chosen, whether runs leave it alone, its earlier versions,
    where its original is, the text that it was drawn with, and why not all was read.
    """
    path, trouble = entry["path"], ""
    record, versions = None, []
    try:
        record = decision_of(machine.paths.engine, path)
        versions = earlier_versions(machine, path)
    except NotFound:
        versions = []
    except ApplicationError as error:
        trouble = error.detail
    owner = record["owner"] if record else entry["owner"]
    return {
        "decision": record,
        "run": run_number(record.get("run", "")) if record else None,
        "chosen": why_chosen_in_words(record, entry["owner"]),
        "is_held": owner in (HAND, TOOL),
        "versions": versions,
        "original": place_of_original(machine, record),
        "drawn_text": record["decision"].get("treatment", {}).get("title", "") if record else "",
        "trouble": trouble,
    }


def why_missing(machine: Machine, asset: str) -> dict[str, Any]:
    """{"failure", "record"}: why the last run could not make it, "" for unknown, and its decision or None."""
    engine = machine.paths.engine
    found = [concern_details(engine, concern, [asset]).get(asset) for concern in ("failed", "missing")]
    return {"failure": next(filter(None, found), ""), "record": known_record(machine, asset)}


def earlier_versions(machine: Machine, path: str) -> list[Version]:
    """All but the present one, the latest first."""
    found = versions_of(asset_file(machine.paths.engine, machine.roots.path(ROOT), path))
    return [version for version in found if not version.is_present]


def as_moment(seconds: float) -> datetime:
    """The time of a file."""
    return datetime.fromtimestamp(seconds, UTC)
