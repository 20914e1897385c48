"""Names, explanations and groups of the settings, from labels.json."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from app.core.settings.mapping import Naming, SettingPlace, known_places

LABELS = Path(__file__).with_name("labels.json")
USUAL_GROUP = "General Settings"
FOREIGN = "This server does not know the setting; it is kept as it is."

Groups = dict[str, list[str]]


class Label(NamedTuple):
    """Group, name and explanation of a setting."""

    group: str
    name: str
    tooltip: str


def group_names() -> list[str]:
    """Every group, in the order in which clients show them."""
    return list(labels()["groups"])


@lru_cache(maxsize=1)
def known_labels() -> dict[str, Label]:
    """The label of each known setting by its flat name; not to be changed."""
    own = own_labels()
    return {name: own.get(name) or common_label(place) for name, place in known_places().items()}


def label_of(name: str, place: SettingPlace) -> Label:
    return known_labels().get(name) or Label(group_of(place.section), title_of(name), FOREIGN)


def own_labels() -> dict[str, Label]:
    """The labels of settings that have words of their own."""
    groups = labels()["groups"].items()
    return {name: Label(group, *words) for group, settings in groups for name, words in settings.items()}


def common_label(place: SettingPlace) -> Label:
    """The label of a setting that several kinds of picture have, with the words of its kind."""
    name, tooltip = labels()["lettering"][place.key]
    words = labels()["sections"][place.section]
    return Label(words["group"], name, tooltip.format(**words))


def group_of(section: str) -> str:
    return labels()["sections"].get(section, {}).get("group", USUAL_GROUP)


def title_of(name: str) -> str:
    return name.replace("_", " ").title()


def grouped(naming: Naming) -> Groups:
    """Every flat name in exactly one group."""
    groups: Groups = {group: [] for group in group_names()}
    for name, place in naming.places.items():
        groups[label_of(name, place).group].append(name)
    return groups


@lru_cache(maxsize=1)
def labels() -> dict[str, Any]:
    return json.loads(LABELS.read_text(encoding="utf-8"))
