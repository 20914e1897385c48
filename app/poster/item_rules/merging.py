"""The rules that match an item as one ruling: the more specific value counts, then the later one."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from app.poster.item_rules.rules_file import ItemRule
from app.poster.item_rules.values import CORRECT, RuleValue, placed_values
from app.poster.kinds import Kind
from app.poster.records.library import EpisodeOrder
from app.poster.records.ruling import Ruling, TitleCorrection, Unwatched

ORDERS = {
    "aired": EpisodeOrder.UNKNOWN,
    **{order.value: order for order in EpisodeOrder if order.value},
}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two rules of the same specificity that set one setting differently; `later` counts."""

    setting: str
    earlier: ItemRule
    later: ItemRule

    def __str__(self) -> str:
        return (
            f"the rules {self.earlier.name!r} ({conditions_in_words(self.earlier)}) and {self.later.name!r} "
            f"({conditions_in_words(self.later)}) set {self.setting} differently: the later one, "
            f"{self.later.name!r}, counts"
        )


def merged_ruling(matching: Sequence[ItemRule], unwatched: Unwatched = Unwatched.SHOW) -> Ruling:
    """The ruling of the rules that match an item; `unwatched` is the setting that no rule changes."""
    winners = {one.place: one for _, one in values_in_order(matching)}
    own = {key: one.value for (section, key), one in winners.items() if not section}
    sections: dict[str, dict[str, Any]] = {}
    for (section, key), one in winners.items():
        if section:
            sections.setdefault(section, {})[key] = one.value
    corrected = title_corrections(sections.pop(CORRECT, {}))
    return Ruling(
        names=tuple(map(rule_in_words, matching)),
        settings=sections,
        region=own.get("region", ""),
        title_size=own.get("title_size", 100),
        skips=skipped_kinds(own.get("skip", False)),
        order=ORDERS.get(own.get("episode_order")),
        unwatched=Unwatched(own.get("unwatched", unwatched)),
        corrections=corrected,
    )


def title_corrections(values: dict[str, Any]) -> dict[Kind, TitleCorrection]:
    """The corrections by kind, of values such as {"poster.size": 80}."""
    found: dict[Kind, dict[str, Any]] = defaultdict(dict)
    for key, value in values.items():
        kind, _, name = key.rpartition(".")
        found[Kind(kind)][name] = value
    return {kind: TitleCorrection(**own) for kind, own in found.items()}


def contradictions(matching: Sequence[ItemRule]) -> tuple[Contradiction, ...]:
    """Each setting that two matching rules of the same specificity set differently.

    None where a more specific rule decides.
    """
    by_place: dict[tuple[str, str], list[tuple[ItemRule, RuleValue]]] = defaultdict(list)
    for rule, one in values_in_order(matching):
        by_place[one.place].append((rule, one))
    found = (one for pairs in by_place.values() for one in against_winner(pairs))
    return tuple({str(one): one for one in found}.values())


def against_winner(pairs: Sequence[tuple[ItemRule, RuleValue]]) -> Iterator[Contradiction]:
    """The rules that would set one place otherwise than the last one, which counts."""
    *others, (winner, value) = pairs
    for rule, one in others:
        if rule.when.specificity == winner.when.specificity and one.value != value.value:
            yield Contradiction(value.spelled, rule, winner)


def values_in_order(matching: Sequence[ItemRule]) -> Iterator[tuple[ItemRule, RuleValue]]:
    """The values of all rules, of which the last one at a place counts."""
    for rule in sorted(matching, key=lambda rule: rule.when.specificity):
        yield from ((rule, one) for one in placed_values(rule.values))


def skipped_kinds(value: bool | list[str]) -> frozenset[Kind]:
    if isinstance(value, bool):
        return frozenset(Kind) if value else frozenset()
    return frozenset(map(Kind, value))


def rule_in_words(rule: ItemRule) -> str:
    """The rule in words for records and plans: "Anime" (library Anime): language, provider."""
    settings = ", ".join(dict.fromkeys(one.setting for one in placed_values(rule.values)))
    return f'"{rule.name}" ({conditions_in_words(rule)}): {settings or "nothing"}'


def conditions_in_words(rule: ItemRule) -> str:
    parts = {"title": rule.when.title, "show": rule.when.show}
    parts |= {"label": rule.when.label, "library": rule.when.library}
    return ", ".join(f"{name} {word.strip()}" for name, word in parts.items() if word) or "everything"
