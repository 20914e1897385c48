"""Reads a design: its settings, and the folder in which its overlays and fonts lie."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.poster.drawing.designs import StyleBook
from app.poster.settings import DEFAULTS, OWN_DEFAULTS, Settings

PACKAGED = Path(__file__).parent
OWN_FOLDER = "designs"
FILE = "design.json"
DESIGN_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
# The settings that make up a design, by section; the server reads the same file.
DESIGN_SETTINGS = Path(__file__).parents[2] / "design_settings.json"


class BadDesign(ValueError):
    """A design that is not there or cannot be read; its text is one sentence."""


@dataclass(frozen=True)
class StoredDesign:
    """One design; `settings` has each setting of a design, by section and key."""

    folder: Path
    settings: dict[str, dict[str, Any]]

    def over(self, settings: Settings) -> Settings:
        """The settings with the design in place of their own one."""
        return settings.over(self.settings)

    def book(self, settings: Settings, overlays: Path) -> StyleBook:
        """The styles of the design; its files are used without being installed among the overlays."""
        return StyleBook(self.over(settings), overlays, before=(self.folder,))


def find_design(name: str, data: Path) -> StoredDesign:
    """The design of that id, of the package or else the user's; BadDesign where there is none to be read."""
    if not DESIGN_ID.fullmatch(name):
        raise BadDesign(f"{name[:60]!r} is no id of a design")
    folders = (PACKAGED / name, data / OWN_FOLDER / name)
    folder = next((one for one in folders if (one / FILE).is_file()), None)
    if folder is None:
        raise BadDesign(f"there is no design {name!r}")
    return read_design(folder)


def read_design(folder: Path) -> StoredDesign:
    """The design of the folder; a setting that it does not name has the packaged default."""
    try:
        named = json.loads((folder / FILE).read_text("utf-8"))["settings"]
        return StoredDesign(folder, whole_design(named))
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise BadDesign(f"the design {folder.name} cannot be read: {error}") from error


def whole_design(named: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The settings of a design with the packaged default of each that is not named; others are left out."""
    defaults = json.loads(DEFAULTS.read_text("utf-8")) | OWN_DEFAULTS
    known = json.loads(DESIGN_SETTINGS.read_text("utf-8"))
    return {
        section: {key: named.get(section, {}).get(key, defaults[section][key]) for key in keys}
        for section, keys in known.items()
    }
