"""Why candidates were not chosen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app.poster.choosing.explaining import kind_word, look_in_words
from app.poster.choosing.ranking import LOGOS
from app.poster.choosing.rules import Rules
from app.poster.choosing.search import Found, Look, Serves
from app.poster.kinds import Kind
from app.poster.records.candidate import Candidate, Lettered, ProviderAnswer
from app.poster.records.decision import Considered

MOST_CONSIDERED = 24


def losers(
    answers: Sequence[ProviderAnswer],
    rules: Rules,
    found: tuple[Found | None, Found | None],
    rejected: Mapping[str, str],
) -> tuple[tuple[Considered, ...], str]:
    """The candidates that were not chosen, the nearest first, and a sentence about those left out.

    `found` are the chosen picture and the chosen logo; logos come after pictures.
    """
    candidates = {one: None for answer in answers for one in answer.candidates}
    for one in filter(None, found):
        candidates.pop(one.candidate, None)
    logo_rules = replace(
        rules, kind=Kind.LOGO, looks=rules.logo_looks, languages=rules.logo_languages or rules.languages
    )
    lost = []
    for chosen, own_rules in zip(found, (rules, logo_rules), strict=True):
        own = [one for one in candidates if stands_for_title(one, rules) is (own_rules is logo_rules)]
        own.sort(key=lambda one: nearness(one, own_rules))
        lost += [(one, own_rules, chosen) for one in own]
    kept = tuple(Considered(one, why_not(one, *facts, rejected)) for one, *facts in lost[:MOST_CONSIDERED])
    return kept, rest_note(len(lost) - len(kept))


def stands_for_title(candidate: Candidate, rules: Rules) -> bool:
    """Whether it is a logo in place of a title, and not the picture that is looked for."""
    return candidate.kind in LOGOS and rules.kind not in LOGOS


def rest_note(count: int) -> str:
    return f"{count} more candidates came after those that are listed" if count > 0 else ""


def nearness(candidate: Candidate, rules: Rules) -> tuple:
    place = place_among_looks(candidate, rules)
    return (place, rules.ranking.key(candidate), candidate.provider.value, candidate.kind.value)


def place_among_looks(candidate: Candidate, rules: Rules) -> int:
    """The place of the first look that takes the candidate; behind all where none does."""
    return next((place for place, look in taking(candidate, rules)), len(rules.looks))


def taking(candidate: Candidate, rules: Rules) -> Iterator[tuple[int, Look]]:
    """The looks that take the candidate, with their places."""
    return (
        (place, look)
        for place, look in enumerate(rules.looks)
        if (look.question.provider, look.question.kind) == (candidate.provider, candidate.kind)
        and look.takes(candidate)
    )


def why_not(candidate: Candidate, rules: Rules, found: Found | None, rejected: Mapping[str, str]) -> str:
    """One sentence on why the candidate is not the chosen one."""
    if candidate.address in rejected:
        return rejected[candidate.address]
    if not rules.ranking.admits(candidate):
        width, height = rules.ranking.minimum
        return f"{candidate.width} x {candidate.height} is smaller than {width} x {height}"
    first = next(taking(candidate, rules), None)
    if first is None:
        return unwanted(candidate, rules)
    if found is None:
        # The search stops at the first picture that serves, so that nothing else keeps it from being chosen.
        return "no usable logo was found to stand for its title"
    place, look = first
    return worse(candidate, found, rules) if place == found.place else later(look, found)


def unwanted(candidate: Candidate, rules: Rules) -> str:
    kinds = {look.question.kind for look in rules.looks}
    if candidate.kind not in kinds:
        return f"a {kind_word(candidate.kind)} does not serve as a {kind_word(rules.kind)}"
    wanted = ", ".join(rules.languages)
    if candidate.lettered is Lettered.TEXTLESS:
        return f"it is textless, and the list of languages is {wanted}"
    if not candidate.language:
        return f"it shows text, and the list of languages is {wanted}"
    region = f"-{candidate.region}" if candidate.region else ""
    return f"its language {candidate.language}{region} is not in the list {wanted}"


def worse(candidate: Candidate, found: Found, rules: Rules) -> str:
    """Why another of the pictures that the same look takes is better."""
    ranking, chosen = rules.ranking, found.candidate
    if ranking.region_place(candidate) != ranking.region_place(chosen):
        return f"region {candidate.region or 'none'} comes after {chosen.region or 'none'}"
    if ranking.rating(candidate) != ranking.rating(chosen):
        return "the chosen one is rated higher"
    return "the chosen one stands before it in the provider's list"


def later(look: Look, found: Found) -> str:
    """Why what the look takes comes after the chosen one."""
    earlier = found.look
    if look.question.kind is not earlier.question.kind:
        return f"a {kind_word(earlier.question.kind)} comes before a {kind_word(look.question.kind)}"
    if str(look) == str(earlier) or Serves.ANY in (look.serves, earlier.serves):
        return f"{look_in_words(earlier)} comes before {look_in_words(look)}"
    return f"{earlier} come before {look}"
