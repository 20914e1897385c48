"""What a design is: names, settings, overlays, and fonts with their licences."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.core.modes import PACKAGE_HOME
from app.core.settings.mapping import Nested, SettingPlace, defaults

FILE = "design.json"
FORMAT, VERSION = "posterizarr-design", 1
DESIGN_SETTINGS = PACKAGE_HOME / "app" / "design_settings.json"
DESIGN_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
# The settings of a design that name a file.
FONT_PLACES = (
    *(
        SettingPlace("PrerequisitePart", key)
        for key in ("font", "collectionfont", "RTLFont", "backgroundfont", "titlecardfont")
    ),
    SettingPlace("EnginePart", "LabelFont"),
)


@dataclass(frozen=True)
class DesignFont:
    """A font of a design; `licence_file` is the name of its text, "" where there is none."""

    file: str
    name: str
    licence: str
    licence_file: str = ""


@dataclass(frozen=True)
class DesignRecord:
    """One design in its folder.

    `names` and `descriptions` are by language; `settings` has each setting of a design by section and key.
    """

    id: str
    names: dict[str, str]
    descriptions: dict[str, str]
    settings: Nested
    overlays: tuple[str, ...]
    fonts: tuple[DesignFont, ...]
    folder: Path
    is_own: bool

    @property
    def files(self) -> tuple[str, ...]:
        """The names of what is drawn with: overlays and fonts."""
        return self.overlays + tuple(font.file for font in self.fonts)

    @property
    def licence_files(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(font.licence_file for font in self.fonts if font.licence_file))

    def document(self) -> dict[str, Any]:
        """The content of design.json, with what differs from the packaged settings only."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "id": self.id,
            "name": self.names,
            "description": self.descriptions,
            "settings": differing_settings(self.settings),
            "overlays": list(self.overlays),
            "fonts": [vars(font) for font in self.fonts],
        }


@lru_cache(maxsize=1)
def design_places() -> tuple[SettingPlace, ...]:
    """Where the settings of a design stand; the poster engine reads the same list."""
    listed = json.loads(DESIGN_SETTINGS.read_text("utf-8"))
    return tuple(SettingPlace(section, key) for section, keys in listed.items() for key in keys)


def overlay_places() -> Iterator[SettingPlace]:
    return (place for place in design_places() if place.key.endswith("overlayfile"))


def whole_settings(named: Nested) -> Nested:
    """The settings of a design: what is named, and the packaged value of each that is not."""
    settings: Nested = {}
    for section, key in design_places():
        value = named.get(section, {}).get(key, defaults()[section][key])
        settings.setdefault(section, {})[key] = value
    return settings


def differing_settings(settings: Nested) -> Nested:
    """The settings that are not as packaged, without empty sections."""
    different = {
        section: {key: value for key, value in inner.items() if value != defaults()[section][key]}
        for section, inner in settings.items()
    }
    return {section: inner for section, inner in different.items() if inner}
