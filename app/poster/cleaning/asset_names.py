"""What the path of a file in the asset folder says about the picture."""

import re
from dataclasses import dataclass

from app.poster.kinds import Kind
from app.poster.records.decision import Decision
from app.poster.records.ids import Medium
from app.poster.records.journal_entry import AssetRecord
from app.poster.records.reasons import Action, Reason

SUFFIX = ".jpg"
COLLECTIONS = "collections"
SEASON = re.compile(r"Season(\d{2,})")
TITLE_CARD = re.compile(r"S(\d{2,})E(\d{2,})")
FLAT_END = re.compile(r"(.*)_(background|square|Season\d{2,}|S\d{2,}E\d{2,})", re.DOTALL)
# The end of a name that was too long for the disk, see worklist/layout.py.
CUT_NAME = re.compile(r"~[0-9a-f]{8}$")


@dataclass(frozen=True, slots=True)
class PathReading:
    """One way to read a path: the item's folder as `Layout.folder` gives it, and the kind of the picture.

    `library` is the folder of the library, "" in the flat layout. `season` and `episode` are None where the
    kind has none.
    """

    folder: str
    kind: Kind
    library: str = ""
    season: int | None = None
    episode: int | None = None

    @property
    def is_cut(self) -> bool:
        """Whether the folder's name was shortened, so that it does not say which item it stands for."""
        return bool(CUT_NAME.search(self.folder))


def readings(path: str, by_library: bool) -> tuple[PathReading, ...]:
    """The ways in which the layout could have given a picture this path; none where it could not have."""
    if not path.endswith(SUFFIX):
        return ()
    folder, _, stem = path.removesuffix(SUFFIX).rpartition("/")
    if by_library:
        library = folder.split("/")[0] if "/" in folder else ""
        return (reading(folder, stem, library),) if library and names_a_picture(stem) else ()
    whole = PathReading(path.removesuffix(SUFFIX), Kind.POSTER)
    match = FLAT_END.fullmatch(path.removesuffix(SUFFIX))
    return (whole, reading(match[1], match[2])) if match else (whole,)


def names_a_picture(stem: str) -> bool:
    is_numbered = SEASON.fullmatch(stem) or TITLE_CARD.fullmatch(stem)
    return bool(is_numbered) or stem in (Kind.POSTER.value, Kind.BACKGROUND.value, Kind.SQUARE.value)


def reading(folder: str, stem: str, library: str = "") -> PathReading:
    if match := SEASON.fullmatch(stem):
        return PathReading(folder, Kind.SEASON, library, int(match[1]))
    if match := TITLE_CARD.fullmatch(stem):
        return PathReading(folder, Kind.TITLE_CARD, library, int(match[1]), int(match[2]))
    return PathReading(folder, Kind(stem), library)


def is_collection(path: str) -> bool:
    """Whether the file lies in the folder of the collections, which no listing knows."""
    return path.split("/")[0].casefold() == COLLECTIONS


def decision_by_name(path: str, reading: PathReading) -> Decision:
    """What the path alone says about a picture that the journal does not know."""
    is_show = reading.kind in (Kind.SEASON, Kind.TITLE_CARD)
    title = reading.folder.rpartition("/")[2]
    return Decision(
        path=path,
        kind=reading.kind,
        medium=Medium.SHOW if is_show else Medium.FILM,
        library=reading.library,
        root_folder=title,
        item_key="",
        title=title,
        season=reading.season,
        episodes=() if reading.episode is None else (reading.episode,),
    )


def decision_by_path(path: str) -> Decision:
    """The same in whichever layout gives pictures such paths; a poster where none does."""
    found = readings(path, by_library=True) or readings(path, by_library=False)
    return decision_by_name(path, found[-1] if found else PathReading(path.rpartition("/")[0], Kind.POSTER))


def unknown_record(path: str) -> AssetRecord:
    """The record of a file that the journal does not know."""
    return AssetRecord(path, decision_by_path(path), Action.SKIP, Reason.ADOPTED)
