"""In which order the page of the settings shows them: areas, their sections, and blocks within these."""

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from app.core.settings.mapping import Naming, SettingPlace

ARRANGEMENT = Path(__file__).with_name("settings_arrangement.json")
# Where settings stand that this server does not know.
MACHINE, OTHERS = "machine", "others"
DESIGN = "design"


class SettingsBlock(NamedTuple):
    """Settings by flat name below a heading of their own; "" is none."""

    name: str
    settings: list[str]


class SettingsSection(NamedTuple):
    """What the page shows at a time."""

    area: str
    name: str
    blocks: list[SettingsBlock]

    def settings(self) -> list[str]:
        return [name for block in self.blocks for name in block.settings]


def settings_sections(naming: Naming) -> list[SettingsSection]:
    """Every setting of the file and every known one, each in exactly one section."""
    found = [
        SettingsSection(area, name, blocks_of(name, naming))
        for area, names in arrangement()["areas"].items()
        for name in names
    ]
    placed = {setting for section in found for setting in section.settings()}
    others = [name for name in naming.places if name not in placed]
    return [*found, SettingsSection(MACHINE, OTHERS, [SettingsBlock("", others)])] if others else found


def blocks_of(section: str, naming: Naming) -> list[SettingsBlock]:
    if section in arrangement()["sections"]:
        return [SettingsBlock("", arrangement()["sections"][section])]
    part = arrangement()["lettering"][section]
    blocks = [
        SettingsBlock(name, names_at(part, keys, naming)) for name, keys in arrangement()["blocks"].items()
    ]
    return [block for block in blocks if block.settings]


def names_at(part: str, keys: list[str], naming: Naming) -> list[str]:
    places = [SettingPlace(part, key) for key in keys]
    return [naming.names[place] for place in places if place in naming.names]


@cache
def arrangement() -> dict[str, Any]:
    """{"areas": {area: sections}, "sections": {section: names}, "lettering": {section: part of config.json},
    "blocks": {block: keys}}."""
    return json.loads(ARRANGEMENT.read_text(encoding="utf-8"))
