"""Three trees of artwork that tests change by hand over the API."""

from pathlib import Path

from tests.api.conftest import configure
from tests.editing import edit_in_this_process
from tests.trees import catalogue, make_tree

FILM = "Movies/Alien (1979)/poster.jpg"
BACKGROUND = "Movies/Alien (1979)/background.jpg"
TWIN = "Classics/Alien (1979)/poster.jpg"
SEASON = "TV Shows/Dark (2017)/Season02.jpg"
ODD = [
    "Movies/#1 100%41? (2001)/poster.jpg",
    "Movies/\N{CLAPPER BOARD} a\N{COMBINING DIAERESIS}/poster.jpg",
    "Movies/\N{LATIN SMALL LETTER A WITH DIAERESIS}. /poster.jpg",
    "Movies/back\\slash/poster.jpg",
]


def make_trees(machine, monkeypatch) -> Path:
    """The folder above the trees, all indexed and catalogued; edits are taken in this process."""
    edit_in_this_process(monkeypatch)
    folder = machine.paths.data.parent
    make_tree(folder / "assets", FILM, BACKGROUND, TWIN, SEASON, *ODD)
    make_tree(folder / "manual", FILM, "notes.txt")
    make_tree(folder / "backup", FILM)
    places = {"AssetPath": "assets", "ManualAssetPath": "manual", "BackupPath": "backup"}
    configure(machine, **{key: str(folder / name) for key, name in places.items()})
    catalogue(machine)
    return folder
