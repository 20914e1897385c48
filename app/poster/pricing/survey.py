"""What conditions of rules could name, and what they meet."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from app.poster.item_rules.matching import condition_keys, item_keys
from app.poster.item_rules.rules_file import ItemRule
from app.poster.kinds import Kind
from app.poster.pricing.plans import sourced_item
from app.poster.pricing.stock import DrawingNeed, ItemFacts, StockPicture
from app.poster.records.ids import Medium
from app.poster.records.library import SourceName
from app.poster.sources.comparison import comparable_name

MOST_NAMES = 30
MEDIA = {"title": (Medium.FILM, Medium.SHOW), "show": (Medium.SHOW,)}


def matches_of_rules(stock: Iterable[StockPicture], rules: Sequence[ItemRule]) -> dict[str, Any]:
    """{"rules": [{"titles", "pictures", "example", "kind"}]}: how much each rule applies to, and an example.

    `example` is the path of a picture that was made, preferably of a poster, None where there is none.
    """
    pictures: dict[ItemFacts, list[StockPicture]] = defaultdict(list)
    for picture in stock:
        pictures[picture.item].append(picture)
    keys = {item: frozenset(item_keys(sourced_item(item, SourceName.FOLDER))) for item in pictures}
    return {"rules": [matches_of_rule(rule, keys, pictures) for rule in rules]}


def matches_of_rule(
    rule: ItemRule, keys: dict[ItemFacts, frozenset], pictures: dict[ItemFacts, list[StockPicture]]
) -> dict[str, Any]:
    needed = frozenset(condition_keys(rule))
    met = [item for item, found in keys.items() if needed <= found]
    found = [picture for item in met for picture in pictures[item]]
    drawn = (one for one in found if one.sort.chosen and one.standing is not DrawingNeed.LEFT)
    example = min(drawn, key=lambda one: (one.sort.kind is not Kind.POSTER, one.path), default=None)
    return {
        "titles": len(met),
        "pictures": len(found),
        "example": example and example.path,
        "kind": example and example.sort.kind.value.replace(" ", "_"),
    }


def known_names(stock: Iterable[StockPicture], of: str, search: str) -> dict[str, Any]:
    """{"names": [{"name", "titles"}]}: libraries, labels, titles or shows that have the words, best first."""
    items = {picture.item for picture in stock}
    words = comparable_name(search.strip())
    counted = Counter(
        name for item in items for name in names_for_condition(item, of) if words in comparable_name(name)
    )
    plain = {name: comparable_name(name) for name in counted}
    ranked = sorted(counted, key=lambda name: (not plain[name].startswith(words), plain[name]))
    return {"names": [{"name": name, "titles": counted[name]} for name in ranked[:MOST_NAMES]]}


def names_for_condition(item: ItemFacts, of: str) -> tuple[str, ...]:
    """What a condition of that kind could name of the item."""
    if of == "library":
        return (item.library,)
    if of == "label":
        return item.labels
    return (item.title,) if item.medium in MEDIA.get(of, ()) else ()
