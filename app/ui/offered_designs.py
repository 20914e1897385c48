"""The designs that a page offers to be looked at."""

from dataclasses import dataclass

from app.core.designs.design_record import DesignRecord
from app.core.designs.drawn_revision import drawn_revision
from app.core.designs.shelf import all_designs
from app.core.paths import Paths
from app.ui.drawn_pictures import AS_THEY_ARE, PRESENT


@dataclass(frozen=True)
class OfferedDesign:
    """A design by its id and its name in the reader's language; the name of what is no design is a text's.

    `revision` changes when its drawings would.
    """

    id: str
    name: str = ""
    revision: str = ""

    @property
    def is_drawn(self) -> bool:
        return self.id != AS_THEY_ARE

    @property
    def can_be_taken(self) -> bool:
        return self.id not in (AS_THEY_ARE, PRESENT)


def designs_to_show(paths: Paths, language: str) -> dict[str, OfferedDesign]:
    """By id: the present settings, each design, and the pictures as they are."""
    present = OfferedDesign(PRESENT, revision=drawn_revision(paths, None))
    found = [offered_design(paths, record, language) for record in all_designs(paths)]
    return {each.id: each for each in (present, *found, OfferedDesign(AS_THEY_ARE))}


def offered_design(paths: Paths, record: DesignRecord, language: str) -> OfferedDesign:
    name = record.names.get(language) or next(iter(record.names.values()))
    return OfferedDesign(record.id, name, drawn_revision(paths, record))
