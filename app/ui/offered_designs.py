"""The designs that a page offers, by their names in the reader's language."""

from app.extensions import Machine
from app.ui.drawn_pictures import AS_THEY_ARE


def offered_designs(machine: Machine) -> dict[str, str]:
    """The name of each design by its id, before them that of the pictures as they are, which has none."""
    return {AS_THEY_ARE: ""}
