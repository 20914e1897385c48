"""Rules that set one setting differently for the same items."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, islice
from typing import Any, NamedTuple
from unicodedata import normalize

from app.core.item_rules.checking import Mistakes, Rule

MOST_NAMED = 50
MOST_COMPARED = 200_000


class KnownContradiction(NamedTuple):
    """The places of two rules of the same specificity, and a setting that they set differently.

    `is_certain` says that both apply to the same items, else to those that meet the conditions of both.
    """

    first: int
    second: int
    setting: str
    is_certain: bool


def contradicting_settings(rules: list[Rule]) -> Mistakes:
    """A sentence for each setting of a rule that contradicts an earlier rule for the same items."""
    certain = (one for one in known_contradictions(rules) if one.is_certain)
    return {
        f"rules[{one.second}].set.{one.setting}": (
            f"contradicts the rule {rules[one.first]['name']!r}, which is for the same items and sets it "
            "differently: keep one of the two"
        )
        for one in certain
    }


def warnings(rules: list[Rule]) -> list[str]:
    """A sentence for each two rules that contradict each other for some items only."""
    possible = [one for one in known_contradictions(rules) if not one.is_certain]
    return [
        f"For items that meet the conditions of both, the rules {rules[one.first]['name']!r} and "
        f"{rules[one.second]['name']!r} set {one.setting} differently: the later one counts"
        for one in possible[:MOST_NAMED]
    ]


def known_contradictions(rules: list[Rule]) -> list[KnownContradiction]:
    """Those that can be known without the items, in the order of the rules."""
    by_specificity: dict[tuple, list[int]] = defaultdict(list)
    for number, rule in enumerate(rules):
        by_specificity[meeting_place(compared_conditions(rule))].append(number)
    pairs = (pair for numbers in by_specificity.values() for pair in combinations(numbers, 2))
    return sorted(one for pair in islice(pairs, MOST_COMPARED) for one in between(rules, *pair))


def meeting_place(known: dict[str, str]) -> tuple:
    """Equal for rules that may apply to one item in the same specificity.

    An item has one library and one title, but may have several labels.
    """
    return known.get("library"), known.get("title"), "label" in known


def between(rules: list[Rule], first: int, second: int) -> Iterator[KnownContradiction]:
    one, other = (settings_of_rule(rules[number]) for number in (first, second))
    is_certain = compared_conditions(rules[first]) == compared_conditions(rules[second])
    for setting in one.keys() & other.keys():
        if one[setting] != other[setting]:
            yield KnownContradiction(first, second, setting, is_certain)


def compared_conditions(rule: Rule) -> dict[str, str]:
    """The conditions as they are compared; a show's title is a title."""
    known = {name: normalize("NFC", word.strip()).casefold() for name, word in rule.get("when", {}).items()}
    shown = known.pop("show", None)
    return known | ({"title": shown} if shown else {})


def settings_of_rule(rule: Rule) -> dict[str, Any]:
    """What the rule sets, each setting of a design and each correction for itself."""
    values = dict(rule["set"])
    design, correct = values.pop("design", {}), values.pop("correct", {})
    corrected = {f"correct.{kind}.{key}": own[key] for kind, own in correct.items() for key in own}
    return (
        values
        | corrected
        | {
            f"design.{section}.{key}": str(value).lower() if isinstance(value, bool) else value
            for section, keys in design.items()
            for key, value in keys.items()
        }
    )
