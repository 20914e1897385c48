"""What the path of a file in the asset folder says about the picture."""

import re
from dataclasses import dataclass

from app.poster.kinds import Kind

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
