"""Every picture of the journal, in the form in which changes are counted."""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import NamedTuple

import msgspec

from app.poster.folders import is_asset
from app.poster.journal.packing import unpack
from app.poster.kinds import Kind
from app.poster.planning.ownership import OwnedFile, look
from app.poster.planning.steps import judge
from app.poster.records.candidate import Candidate
from app.poster.records.ids import Medium
from app.poster.records.journal_entry import Hold
from app.poster.records.reasons import Action, Owner, Reason
from app.poster.records.step import FileState, Ingredients

KINDS = frozenset(Kind) - {Kind.LOGO, Kind.CLEAR_ART}
RECORDS = "SELECT record FROM assets ORDER BY path"
DRAWING = (Action.CREATE, Action.REPLACE)
# Ingredients that no picture is made of.
OTHER = Ingredients("", "", "", "", "", "other")


class DrawnTreatment(msgspec.Struct, frozen=True, gc=False):
    """The fields of a treatment that do not follow from settings."""

    title: str = ""
    second: str = ""
    resolution: str = ""
    of_show: bool = False
    right_to_left: bool | None = None
    language: str = ""
    blurred: bool = False


class KnownDecision(msgspec.Struct, frozen=True):
    """The fields of a decision that count: those that lost are left unread."""

    path: str
    kind: Kind
    medium: Medium
    library: str
    root_folder: str
    title: str
    season: int | None = None
    episodes: tuple[int, ...] = ()
    chosen: Candidate | None = None
    reason: Reason | None = None
    treatment: DrawnTreatment = DrawnTreatment()
    logo: Candidate | None = None
    labels: tuple[str, ...] = ()
    original_title: str = ""
    year: int | None = None


class KnownRecord(msgspec.Struct, frozen=True):
    """The fields of a record that say what the next run would do."""

    path: str
    decision: KnownDecision
    ingredients: Ingredients | None = None
    file: FileState | None = None
    undone: Ingredients | None = None
    hold: Hold = Hold.NONE


class ItemFacts(NamedTuple):
    """What conditions of rules may name of a film, show or collection."""

    library: str
    language: str
    medium: Medium
    title: str = ""
    original_title: str = ""
    year: int | None = None
    root_folder: str = ""
    labels: tuple[str, ...] = ()


class Sort(NamedTuple):
    """What pictures have in common that are drawn and chosen by the same settings."""

    kind: Kind
    library: str
    language: str
    of_show: bool
    medium: Medium
    resolution: str
    blurred: bool
    right_to_left: bool | None
    chosen: Candidate | None
    has_logo: bool


class DrawingNeed(Enum):
    """What the next run does: draws whatever settings say, never draws, or draws what has changed."""

    DRAWN = "drawn"
    LEFT = "left"
    COMPARED = "compared"


@dataclass(slots=True, eq=False)
class StockPicture:
    """One picture: made of `stored` again it stays as it is; `size` are the bytes of its file."""

    path: str
    sort: Sort
    item: ItemFacts
    title: str
    second: str
    season: int | None
    episodes: tuple[int, ...]
    standing: DrawingNeed
    stored: Ingredients | None
    size: int

    @property
    def filled(self) -> tuple[bool, bool]:
        """Whether there is a text for the first box, and for the second."""
        return bool(self.title.strip()), bool(self.second.strip())


def read_stock(journal: Path, assets: Path) -> list[StockPicture]:
    """All pictures that the journal knows; sqlite3.Error where it cannot be read."""
    if not journal.is_file():
        return []
    shared: dict[tuple, tuple] = {}
    with closing(sqlite3.connect(f"{journal.as_uri()}?mode=ro", uri=True)) as database:
        return [
            stock_picture(record, assets, shared)
            for record in known_records(database)
            if record.decision.kind in KINDS and is_asset(record.path)
        ]


def known_records(database: sqlite3.Connection) -> Iterator[KnownRecord]:
    decoder = msgspec.json.Decoder(KnownRecord)
    for (content,) in database.execute(RECORDS):
        with suppress(zlib.error, msgspec.MsgspecError):
            yield decoder.decode(unpack(content))


def stock_picture(record: KnownRecord, assets: Path, shared: dict[tuple, tuple]) -> StockPicture:
    """The picture; what is equal of many pictures is one object."""
    decision, texts = record.decision, record.decision.treatment
    standing, stored = standing_of(record, found_file(record, assets))
    sort, item = sort_of(decision), item_facts(decision)
    return StockPicture(
        record.path,
        shared.setdefault(sort, sort),
        shared.setdefault(item, item),
        texts.title,
        texts.second,
        decision.season,
        decision.episodes,
        standing,
        stored,
        record.file.size if record.file else 0,
    )


def found_file(record: KnownRecord, assets: Path) -> OwnedFile:
    """Whose the file is; one that cannot be read is left to its owner."""
    try:
        return look(assets / record.path, record)
    except OSError:
        return OwnedFile(Owner.HAND, "it cannot be read")


def standing_of(record: KnownRecord, found: OwnedFile) -> tuple[DrawingNeed, Ingredients | None]:
    """What becomes of the picture, and the ingredients with which it is left, by the rules of a plan."""
    if action_with(OTHER, record, found) not in DRAWING:
        return DrawingNeed.LEFT, None
    if record.undone:
        return DrawingNeed.COMPARED, record.undone
    if action_with(record.ingredients or OTHER, record, found) in DRAWING:
        return DrawingNeed.DRAWN, None
    return DrawingNeed.COMPARED, record.ingredients


def action_with(ingredients: Ingredients, record: KnownRecord, found: OwnedFile) -> Action:
    return judge(record.decision, ingredients, record, found.owner, found.state, False)[0]


def sort_of(decision: KnownDecision) -> Sort:
    texts, chosen = decision.treatment, decision.chosen
    # Neither address nor votes decide how a chosen picture is drawn.
    plain = chosen and Candidate(chosen.provider, chosen.kind, "", chosen.lettered)
    return Sort(
        decision.kind,
        decision.library,
        texts.language,
        texts.of_show,
        decision.medium,
        texts.resolution,
        texts.blurred,
        texts.right_to_left,
        plain,
        decision.logo is not None,
    )


def item_facts(decision: KnownDecision) -> ItemFacts:
    return ItemFacts(
        decision.library,
        decision.treatment.language,
        decision.medium,
        decision.title,
        decision.original_title,
        decision.year,
        decision.root_folder,
        decision.labels,
    )
