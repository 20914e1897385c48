"""What the choices of a person have in common, counted, with how likely chance would bring it about."""

from collections.abc import Callable, Iterator, Sequence
from math import comb
from typing import Any, NamedTuple

from app.core.duels.contenders import Contender
from app.core.replacing.candidate_list import TEXTLESS_PICTURE, WITH_TEXT

# Before so many choices nothing is said, and of a trait nothing before so many pairs that differ in it.
FEWEST_CHOICES, FEWEST_PAIRS = 12, 6
# How much two pictures have to differ in a measure to be seen as different.
SEEN = 8
# Chance brings about one of the traits in one of twenty persons; the next holds for ten times as many.
SURE, LIKELY = 0.05, 0.5
# From this share of pairs in which two traits occur together, their effects are not distinguishable.
TOGETHER = 0.9
BRIGHTNESS, SATURATION, CONTRAST = range(3)
PROVIDERS = ("tmdb", "tvdb", "fanart")


class DuelChoice(NamedTuple):
    """The asset, the picture that was chosen, and the other one."""

    asset: str
    won: Contender
    lost: Contender


class TasteRule(NamedTuple):
    """A trait of what was chosen in `agreed` of the `pairs` that differ in it.

    `is_tangled` says that it came together with a surer one, so that the choices cannot distinguish them.
    `settings` are those that follow from it by section and key, empty where none chooses by it.
    """

    code: str
    value: str
    agreed: int
    pairs: int
    is_sure: bool
    is_tangled: bool
    settings: dict[str, dict[str, Any]]


# 1 where the first one has more of the trait, -1 where the second one has, 0 where they are alike.
Compare = Callable[[Contender, Contender], int]


class Trait(NamedTuple):
    """What pictures are compared by; `opposite` is "" where having less of it says nothing."""

    code: str
    value: str
    opposite: str
    compare: Compare


class CountedTrait(NamedTuple):
    """A trait with the sign of each choice, and how likely chance would bring about any such trait."""

    risk: float
    code: str
    value: str
    agreed: int
    signs: tuple[int, ...]
    is_tangled: bool = False


def taste_rules(choices: Sequence[DuelChoice], languages: Sequence[str] = ()) -> list[TasteRule]:
    """The traits that are more than chance, the surest first; none of too few choices.

    Several traits are looked at, so that each has to be the more unlikely. `languages` are the preferred
    ones of the settings, in which "xx" stands for pictures without text.
    """
    if len(choices) < FEWEST_CHOICES:
        return []
    counted = (counted_trait(trait, choices) for trait in TRAITS)
    told: list[CountedTrait] = []
    for one in sorted(filter(None, counted), key=lambda one: one.risk):
        told.append(one._replace(is_tangled=any(goes_with(one.signs, other.signs) for other in told)))
    return [taste_rule(one, languages) for one in told]


def counted_trait(trait: Trait, choices: Sequence[DuelChoice]) -> CountedTrait | None:
    """The trait or its opposite in all choices, None for what is no more than chance."""
    signs = tuple(trait.compare(one.won, one.lost) for one in choices)
    more, pairs = signs.count(1), len(signs) - signs.count(0)
    agreed = max(more, pairs - more)
    risk = chance_of(agreed, pairs) * len(TRAITS) if pairs >= FEWEST_PAIRS else 1.0
    code = trait.code if more == agreed else trait.opposite
    return CountedTrait(risk, code, trait.value, agreed, signs) if risk < LIKELY and code else None


def taste_rule(one: CountedTrait, languages: Sequence[str]) -> TasteRule:
    pairs, is_sure = len(one.signs) - one.signs.count(0), one.risk < SURE
    settings = settings_for(one.code, one.value, languages)
    return TasteRule(one.code, one.value, one.agreed, pairs, is_sure, one.is_tangled, settings)


def goes_with(signs: Sequence[int], others: Sequence[int]) -> bool:
    """Whether in nearly all pairs that differ in a trait the other one differs, too, always alike."""
    products = [one * other for one, other in zip(signs, others, strict=True) if one]
    return max(products.count(1), products.count(-1)) >= TOGETHER * len(products)


def chance_of(agreed: int, pairs: int) -> float:
    """How likely it is that so many or more of the pairs agree in either direction by chance."""
    tail = sum(comb(pairs, number) for number in range(agreed, pairs + 1))
    return min(1.0, 2 * tail / 2**pairs)


def by_look(measure: int) -> Compare:
    def compare(one: Contender, other: Contender) -> int:
        difference = one.look[measure] - other.look[measure] if one.look and other.look else 0
        return 0 if abs(difference) < SEEN else (difference > 0) - (difference < 0)

    return compare


def by_provider(name: str) -> Compare:
    return lambda one, other: (one.provider == name) - (other.provider == name)


def by_text(one: Contender, other: Contender) -> int:
    """Whether the first one is without text and the second one with."""
    pair = one.text, other.text
    return (pair == (TEXTLESS_PICTURE, WITH_TEXT)) - (pair == (WITH_TEXT, TEXTLESS_PICTURE))


def by_votes(one: Contender, other: Contender) -> int:
    is_known = one.provider == other.provider and one.votes and other.votes
    return (one.votes > other.votes) - (one.votes < other.votes) if is_known else 0


def traits() -> Iterator[Trait]:
    """All that is looked at."""
    yield Trait("brighter", "", "darker", by_look(BRIGHTNESS))
    yield Trait("vivid", "", "muted", by_look(SATURATION))
    yield Trait("contrasty", "", "calm", by_look(CONTRAST))
    yield Trait("textless", "", "lettered", by_text)
    yield Trait("liked", "", "unliked", by_votes)
    yield from (Trait("provider", name, "", by_provider(name)) for name in PROVIDERS)


TRAITS = tuple(traits())


def settings_for(code: str, value: str, languages: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The settings by which runs would choose so; none for what the engine cannot choose by."""
    spoken = [one for one in languages if one != "xx"]
    orders = {"textless": ["xx", *spoken], "lettered": [*spoken, "xx"] if spoken else []}
    if code == "provider":
        return {"ApiPart": {"FavProvider": value}}
    wanted = orders.get(code)
    return {"ApiPart": {"PreferredLanguageOrder": wanted}} if wanted and wanted != list(languages) else {}
