"""Each design as the designs page shows it: on the reader's own pictures, else on samples."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from app.core.designs.design_record import DesignRecord
from app.core.designs.drawn_revision import drawn_revision
from app.core.designs.shelf import all_designs
from app.core.designs.taking import is_present_design
from app.core.paths import Paths
from app.core.settings.store import snapshot
from app.core.viewing.shelves import Shelves
from app.ui.drawn_pictures import PRESENT, drawn_address

# CSS pixels of the widest picture, twice for fine screens, and of one that is looked at closely.
WIDTHS = {"poster": 520, "season": 520, "background": 700, "title_card": 700}
CLOSE_WIDTHS = {"poster": 1000, "season": 1000, "background": 1600, "title_card": 1600}
Entry = dict[str, Any]


@dataclass(frozen=True)
class DesignPicture:
    """One picture of a design: addresses below the base path, and whose it is, "" for a sample."""

    kind: str
    address: str
    close: str
    title: str


@dataclass(frozen=True)
class DesignCard:
    """A design with its pictures; `fonts` are pairs of a name and a licence."""

    id: str
    name: str
    description: str
    is_own: bool
    is_present: bool
    fonts: tuple[tuple[str, str], ...]
    pictures: tuple[DesignPicture, ...]


def design_cards(paths: Paths, pictures: dict[str, Entry | None], language: str) -> list[DesignCard]:
    """Every design on these pictures, the present one first; the present settings where none is like them."""
    values = snapshot(paths).values
    cards = [
        card_of(
            record,
            is_present_design(paths, record, values),
            pictures,
            language,
            drawn_revision(paths, record),
        )
        for record in all_designs(paths)
    ]
    cards.sort(key=lambda card: not card.is_present)
    if any(card.is_present for card in cards):
        return cards
    drawn = card_pictures(PRESENT, drawn_revision(paths, None), pictures)
    return [DesignCard(PRESENT, "", "", False, True, (), drawn), *cards]


def card_of(
    record: DesignRecord, is_present: bool, pictures: dict[str, Entry | None], language: str, revision: str
) -> DesignCard:
    return DesignCard(
        id=record.id,
        name=in_language(record.names, language),
        description=in_language(record.descriptions, language),
        is_own=record.is_own,
        is_present=is_present,
        fonts=tuple((font.name, font.licence) for font in record.fonts),
        pictures=card_pictures(record.id, revision, pictures),
    )


def in_language(texts: dict[str, str], language: str) -> str:
    return texts.get(language) or next(iter(texts.values()), "")


def card_pictures(design: str, revision: str, pictures: dict[str, Entry | None]) -> tuple[DesignPicture, ...]:
    return tuple(picture_in_design(design, revision, kind, entry) for kind, entry in pictures.items())


def picture_in_design(design: str, revision: str, kind: str, entry: Entry | None) -> DesignPicture:
    if entry is None:
        address, close = (
            sample_address(design, revision, kind, table[kind]) for table in (WIDTHS, CLOSE_WIDTHS)
        )
        return DesignPicture(kind, address, close, "")
    address, close = (drawn_address(entry, design, table[kind], revision) for table in (WIDTHS, CLOSE_WIDTHS))
    return DesignPicture(kind, address, close, entry["title"])


def sample_address(design: str, revision: str, kind: str, width: int) -> str:
    fields = {"kind": kind, "width": width, "revision": revision}
    return f"/api/designs/{quote(design, safe='')}/preview?{urlencode(fields)}"


def pictures_to_show(shelves: Shelves, turn: int) -> dict[str, Entry | None]:
    """One picture of each kind; another turn shows others."""
    backgrounds = [entry for entry in shelves.watching if entry["kind"] == "background"]
    rows = {
        "poster": shelves.posters,
        "season": shelves.seasons,
        "background": [*([shelves.backdrop] if shelves.backdrop else []), *backgrounds],
        "title_card": shelves.episodes,
    }
    return {kind: row[turn % len(row)] if row else None for kind, row in rows.items()}
