"""Corrections of titles as rules: of one title in one library, by the kind of its pictures."""

from collections.abc import Container, Iterable, Sequence
from copy import deepcopy
from dataclasses import asdict, dataclass
from itertools import chain, count
from typing import Any, NamedTuple

from app.core.errors import Conflict
from app.core.item_rules.checking import LONGEST_TEXT
from app.core.item_rules.contradictions import compared_conditions

CORRECT = "correct"
NAME = "Correction of {item} in {library}"
# Seasons and title cards have a text each, which no rule can name.
TITLED = ("poster", "background", "collection")


@dataclass(frozen=True)
class Correction:
    """What is corrected of a title.

    `text` stands in its place with line breaks, "" for the usual one. `size` is per cent, `shade` per cent of
    darkness behind it, and `move` per cent of the picture's height, upwards.
    """

    text: str = ""
    size: int = 100
    shade: int = 0
    move: int = 0

    @property
    def values(self) -> dict[str, Any]:
        """What differs from the usual, as a rule has it."""
        return {name: value for name, value in asdict(self).items() if value != USUAL[name]}


USUAL = asdict(Correction())


class TitleAbsent(Conflict):
    """No title is drawn on the picture."""


class TitlePlace(NamedTuple):
    """The library and the item, as rules name them, and the kind of picture, as the engine names it."""

    library: str
    item: str
    kind: str

    @property
    def conditions(self) -> dict[str, str]:
        return {"library": self.library, "title": self.item}


Change = tuple[TitlePlace, Correction]
Rules = Sequence[dict[str, Any]]


def corrected_rules(rules: Rules, changes: Iterable[Change]) -> list[dict[str, Any]]:
    """The rules with each correction at its place, where it replaces an earlier one.

    A rule of the user's for exactly the same items takes it up, since two rules may not contradict; else it
    has a rule of its own. A rule that is left without any value is gone.
    """
    found = deepcopy(list(rules))
    by_items = {items_of_rule(rule["when"]): rule for rule in found if "when" in rule}
    names = {rule["name"] for rule in found}
    for place, correction in changes:
        key = items_of_rule(place.conditions)
        if key not in by_items:
            by_items[key] = {"name": unused_name(place, names), "when": place.conditions, "set": {}}
            names.add(by_items[key]["name"])
            found.append(by_items[key])
        put_correction(by_items[key]["set"], place.kind, correction)
    touched = [rule for rule in by_items.values() if not rule["set"]]
    return [rule for rule in found if rule["set"] or rule not in touched]


def items_of_rule(conditions: dict[str, str]) -> frozenset[tuple[str, str]]:
    """Equal for conditions that hold for the same items."""
    return frozenset(compared_conditions({"when": conditions}).items())


def unused_name(place: TitlePlace, names: Container[str]) -> str:
    """A name that no rule has yet."""
    name = NAME.format(item=place.item, library=place.library)[: LONGEST_TEXT - 8]
    numbered = (f"{name} {number}" for number in count(2))
    return next(one for one in chain([name], numbered) if one not in names)


def put_correction(values: dict[str, Any], kind: str, correction: Correction) -> None:
    """Set the correction of a kind in what a rule sets; nothing is left of one without a value."""
    kinds = {**values.pop(CORRECT, {}), kind: correction.values}
    if kept := {name: own for name, own in kinds.items() if own}:
        values[CORRECT] = kept


def present_correction(rules: Rules, place: TitlePlace) -> Correction:
    """The correction that the rules have at a place."""
    wanted = items_of_rule(place.conditions)
    own = (rule for rule in rules if items_of_rule(rule.get("when", {})) == wanted)
    values = next((rule["set"][CORRECT].get(place.kind, {}) for rule in own if CORRECT in rule["set"]), {})
    return Correction(**values)


def corrected_items(rules: Rules, kind: str) -> set[tuple[str, str]]:
    """(library, item), as they are compared, of the items whose titles of that kind are corrected."""
    found = set()
    for rule in rules:
        known = compared_conditions(rule) if rule["set"].get(CORRECT, {}).get(kind) else {}
        if known.keys() == {"library", "title"}:
            found.add((known["library"], known["title"]))
    return found
