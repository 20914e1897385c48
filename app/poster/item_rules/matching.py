"""Which rules apply to an item, found by look-ups rather than by trying every rule."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from app.poster.item_rules.merging import contradictions, merged_ruling
from app.poster.item_rules.rules_file import ItemRule
from app.poster.records.ids import Medium
from app.poster.records.library import Item
from app.poster.records.ruling import Ruling, Unwatched
from app.poster.sources.comparison import comparable_name
from app.poster.sources.source import Note, ignore_note

Key = tuple[str, str]
ALL: Key = ("", "")


class ItemRules:
    """Gives the ruling of each item; calls come from any thread.

    `note` takes a sentence for each pair of rules that contradict each other: at once where they are for the
    same items, else when an item meets the conditions of both.
    """

    def __init__(
        self,
        rules: Sequence[ItemRule] = (),
        unwatched: Unwatched = Unwatched.SHOW,
        note: Note = ignore_note,
    ):
        self._rules = tuple(rules)
        self._unwatched = unwatched
        self._note = note
        self._needed = [frozenset(condition_keys(rule)) for rule in self._rules]
        self._by_key: dict[Key, list[int]] = defaultdict(list)
        for number, keys in enumerate(self._needed):
            self._by_key[rarest(keys)].append(number)
        self._noted: set[str] = set()
        self._rulings: dict[tuple[int, ...], Ruling] = {(): Ruling(unwatched=unwatched)}
        self._name_certain()

    def ruling(self, item: Item) -> Ruling:
        """What the rules change for the item."""
        found = frozenset(item_keys(item)) if self._rules else frozenset()
        offered = sorted(number for key in found for number in self._by_key.get(key, ()))
        matching = tuple(number for number in offered if self._needed[number] <= found)
        # Two threads may merge the same rules at once; the first ruling is the one that is shared.
        known = self._rulings.get(matching)
        return known or self._rulings.setdefault(matching, self._merged(matching, item))

    def _name_certain(self) -> None:
        """Name the rules that contradict each other whatever the items are: before any is listed."""
        alike: dict[frozenset[Key], list[ItemRule]] = defaultdict(list)
        for rule, keys in zip(self._rules, self._needed, strict=True):
            alike[keys].append(rule)
        for rules in alike.values():
            self._name(rules, "")

    def _merged(self, matching: tuple[int, ...], item: Item) -> Ruling:
        rules = [self._rules[number] for number in matching]
        self._name(rules, f"for {item.title}, ")
        return merged_ruling(rules, self._unwatched)

    def _name(self, rules: Sequence[ItemRule], occasion: str) -> None:
        for one in map(str, contradictions(rules)):
            if one not in self._noted:
                self._noted.add(one)
                self._note(f"rules.json: {occasion}{one}")


def condition_keys(rule: ItemRule) -> Iterator[Key]:
    """What an item must have for the rule to apply."""
    yield ALL
    for name in ("library", "label", "title", "show"):
        word = getattr(rule.when, name)
        if word:
            yield name, comparable_name(word.strip())


def rarest(keys: Iterable[Key]) -> Key:
    """The condition that the fewest items meet, by which the rule is found."""
    order = ("", "library", "label", "show", "title")
    return max(keys, key=lambda key: order.index(key[0]))


def item_keys(item: Item) -> Iterator[Key]:
    """Everything that conditions may name of the item."""
    yield ALL
    yield "library", comparable_name(item.library.name.strip())
    for label in item.labels:
        yield "label", comparable_name(label.strip())
    titles = {item.title, item.original_title, item.root_folder}
    titles |= {f"{title} ({item.year})" for title in (item.title, item.original_title) if item.year}
    for title in filter(str.strip, titles):
        name = comparable_name(title.strip())
        yield "title", name
        if item.medium is Medium.SHOW:
            yield "show", name
