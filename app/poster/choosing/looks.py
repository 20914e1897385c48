"""The search for one kind: who is looked at, in which languages, and what stands in where nothing serves."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.poster.choosing.languages import TEXTLESS, Tag
from app.poster.choosing.orders import (
    WITHOUT_STILLS,
    card_background_order,
    fallback_order,
    picture_order,
)
from app.poster.choosing.search import Look, Serves
from app.poster.kinds import Kind
from app.poster.records.candidate import ProviderName, Question

TEMPLATED = (Kind.SEASON, Kind.TITLE_CARD, Kind.COLLECTION)
NEVER = frozenset({(ProviderName.TMDB, Kind.CLEAR_ART)})
STANDS_IN = {Kind.SEASON: Kind.POSTER, Kind.TITLE_CARD: Kind.BACKGROUND}


@dataclass(frozen=True, slots=True)
class Sight:
    """Whom the search for one kind may ask.

    `own` is the source's own art, None where it is not to be used. `order` is the user's own order of
    providers, empty for the documented one of the favourite. `fallback` says that the show's picture stands
    in for a season's or an episode's; `backgrounds_first` that title cards are made of backgrounds.
    """

    favourite: ProviderName
    online: frozenset[ProviderName]
    own: ProviderName | None
    order: tuple[ProviderName, ...] = ()
    fallback: bool = False
    backgrounds_first: bool = False
    typographic: bool = False


def plan_looks(kind: Kind, tags: tuple[Tag, ...], sight: Sight) -> tuple[Look, ...]:
    """All looks of the search in order; the first one that finds a picture decides."""
    return tuple(dict.fromkeys(every_look(kind, tags, sight)))


def every_look(kind: Kind, tags: tuple[Tag, ...], sight: Sight) -> Iterator[Look]:
    yield Look(Question(ProviderName.MANUAL, kind))
    if kind in TEMPLATED:
        yield Look(Question(ProviderName.TEMPLATE, kind))
    if kind is Kind.SQUARE:
        yield from square_looks(tags, sight)
    elif sight.backgrounds_first:
        yield from provider_looks(
            Kind.BACKGROUND, tags, available(card_background_order(sight.favourite), sight)
        )
    else:
        yield from provider_looks(kind, tags, available(picture_order(kind, sight.favourite), sight, kind))
    if sight.fallback and not sight.backgrounds_first:
        order = available(fallback_order(kind, sight.favourite), sight)
        yield from provider_looks(STANDS_IN[kind], tags, order)
    if sight.typographic:
        yield Look(Question(ProviderName.TYPOGRAPHIC, kind))


def square_looks(tags: tuple[Tag, ...], sight: Sight) -> Iterator[Look]:
    """Pictures that stay whole without their edges: textless backgrounds and posters, then any background."""
    order = available(picture_order(Kind.BACKGROUND, sight.favourite), sight)
    online = tuple(name for name in order if name is not sight.own)
    for kind in (Kind.BACKGROUND, Kind.POSTER):
        yield from language_looks(kind, (Tag(TEXTLESS),), online)
    yield from provider_looks(Kind.BACKGROUND, (Tag(TEXTLESS), *tags), order)


def available(
    documented: tuple[ProviderName, ...], sight: Sight, kind: Kind | None = None
) -> tuple[ProviderName, ...]:
    """The providers of the order that can be asked; the user's own order goes before the documented one."""
    order = sight.order or documented
    own = {ProviderName.SERVER: sight.own}
    names = (own.get(name, name if name in sight.online else None) for name in order)
    without = WITHOUT_STILLS if kind is Kind.TITLE_CARD else frozenset()
    return tuple(name for name in names if name and name not in without)


def provider_looks(kind: Kind, tags: tuple[Tag, ...], order: tuple[ProviderName, ...]) -> Iterator[Look]:
    """Own art where the order has it; textless pictures of all providers first where they lead the list."""
    before, own, after = divided(order)
    if own and not before:
        yield Look(Question(own, kind))
    if tags[0].language == TEXTLESS:
        yield from language_looks(kind, tags[:1], before + after)
        tags = tags[1:]
    yield from text_looks(kind, tags, before)
    if own and before:
        yield Look(Question(own, kind))
    yield from text_looks(kind, tags, after)


def divided(
    order: tuple[ProviderName, ...],
) -> tuple[tuple[ProviderName, ...], ProviderName | None, tuple[ProviderName, ...]]:
    """The providers before the source's own art, who offers that, and the providers after it."""
    own = next((name for name in order if name in (ProviderName.SERVER, ProviderName.BESIDE)), None)
    place = order.index(own) if own else len(order)
    return order[:place], own, order[place + 1 :]


def logo_looks(
    kinds: tuple[Kind, ...], tags: tuple[Tag, ...], order: tuple[ProviderName, ...]
) -> tuple[Look, ...]:
    """The search for a logo: language by language, then logos without one, for each kind of logo in turn."""
    found = []
    for kind in kinds:
        names = tuple(name for name in order if (name, kind) not in NEVER)
        found += language_looks(kind, (*tags, Tag(TEXTLESS)), names)
        found += (Look(Question(name, kind), Serves.NO_LANGUAGE) for name in names)
    return tuple(dict.fromkeys(found))


def text_looks(kind: Kind, tags: tuple[Tag, ...], order: tuple[ProviderName, ...]) -> Iterator[Look]:
    """Language by language over the providers; pictures without a language come last."""
    yield from language_looks(kind, tags, order)
    if tags:
        yield from (Look(Question(name, kind), Serves.NO_LANGUAGE) for name in order)


def language_looks(kind: Kind, tags: tuple[Tag, ...], order: tuple[ProviderName, ...]) -> Iterator[Look]:
    for tag in tags:
        for region in regions(tag):
            yield from (look_for(Question(name, kind), tag, region) for name in order)


def regions(tag: Tag) -> tuple[str | None, ...]:
    """A named region, then pictures without any, because not every provider has regions."""
    return (tag.region, "") if tag.region else (None,)


def look_for(question: Question, tag: Tag, region: str | None) -> Look:
    if tag.language == TEXTLESS:
        return Look(question, Serves.TEXTLESS)
    return Look(question, Serves.LANGUAGE, tag.language, region)
