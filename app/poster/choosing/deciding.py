"""One decision for one asset, from all answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from app.poster.choosing.explaining import look_in_words, why_chosen
from app.poster.choosing.losing import losers
from app.poster.choosing.rules import Rules
from app.poster.choosing.search import Found, Look, Serves, by_question, search_steps
from app.poster.choosing.titles import texts_of
from app.poster.choosing.treatments import LOCAL, takes_text, treat
from app.poster.records.candidate import Candidate, Lettered, ProviderAnswer
from app.poster.records.decision import STALE_END, Decision, Treatment
from app.poster.records.ids import Medium, ProviderId
from app.poster.records.reasons import Reason
from app.poster.records.wanted import WantedAsset

IDS = {
    Medium.FILM: frozenset({Medium.FILM}),
    Medium.SHOW: frozenset({Medium.SHOW, Medium.SEASON, Medium.EPISODE}),
}


def decide(
    wanted: WantedAsset, rules: Rules, answers: Sequence[ProviderAnswer], rejected: Mapping[str, str]
) -> Decision:
    """The best picture of all answers, why it was chosen and why the others were not.

    The same for any order of the answers. `rejected` maps the address of a candidate whose picture is of no
    use to the reason.
    """
    blank = blank_decision(wanted, rules, answers)
    if wanted.skip:
        return replace(blank, reason=wanted.skip)
    found = first_found(rules.looks, rules, answers, rejected)
    takes_logo = bool(found and rules.logo_looks and takes_text(rules, found.candidate))
    logo = first_found(rules.logo_looks, rules, answers, rejected) if takes_logo else None
    if takes_logo and not logo and not rules.text_for_logo:
        found = None
    considered, rest = losers(answers, rules, (found, logo), rejected)
    notes = (
        *rule_notes(found, rules),
        *logo_notes(takes_logo, logo, rules),
        *answer_notes(answers),
        rest,
    )
    facts = replace(
        blank,
        considered=considered,
        notes=tuple(filter(None, notes)),
        page=page_of(answers, rules),
        is_final=all(answer.is_final for answer in answers),
        logo=logo.candidate if logo else None,
    )
    return chosen_decision(facts, wanted, rules, found) if found else unserved(facts, rules)


def first_found(
    looks: Sequence[Look], rules: Rules, answers: Sequence[ProviderAnswer], rejected: Mapping[str, str]
) -> Found | None:
    """The first picture that serves, whatever is not answered yet."""
    steps = search_steps(looks, rules.ranking, by_question(answers), rejected)
    return next((step for step in steps if isinstance(step, Found)), None)


def blank_decision(wanted: WantedAsset, rules: Rules, answers: Sequence[ProviderAnswer]) -> Decision:
    """What is known of the asset before anything is chosen."""
    item = wanted.item
    title, second = texts_of(wanted, rules.wording)
    return Decision(
        path=wanted.path,
        kind=wanted.kind,
        medium=item.medium,
        library=item.library.name,
        root_folder=item.root_folder,
        item_key=asset_key(wanted),
        title=item.title,
        ids=ids_of(wanted, answers),
        season=wanted.season.number if wanted.season else None,
        episodes=wanted.episode.numbers if wanted.episode else (),
        rules=wanted.ruling.names,
        labels=item.labels,
        original_title=item.original_title,
        year=item.year,
        treatment=Treatment(
            title=title, second=second, of_show=item.medium is Medium.SHOW, language=item.library.language
        ),
    )


def asset_key(wanted: WantedAsset) -> str:
    """The source's key of what the picture belongs to: the episode, the season, or the item."""
    return (wanted.episode or wanted.season or wanted.item).key


def ids_of(wanted: WantedAsset, answers: Sequence[ProviderAnswer]) -> tuple[ProviderId, ...]:
    """The item's own ids, then those that were found; an id of another kind of thing is none of them."""
    usable = IDS.get(wanted.item.medium, frozenset({wanted.item.medium}))
    found = sorted({one for answer in answers for one in answer.ids}, key=str)
    return tuple(dict.fromkeys(one for one in (*wanted.item.ids, *found) if one.medium in usable))


def chosen_decision(facts: Decision, wanted: WantedAsset, rules: Rules, found: Found) -> Decision:
    chosen = found.candidate
    return replace(
        facts,
        chosen=chosen,
        language=language_word(found),
        fallback=is_fallback(rules, chosen),
        treatment=treat(wanted, rules, chosen),
    )


def unserved(facts: Decision, rules: Rules) -> Decision:
    return replace(facts, reason=Reason.ONLINE_OFF if rules.online_off else Reason.NOTHING_FOUND)


def language_word(found: Found) -> str:
    """ "Textless", the language as the list names it, or "" where it is unknown."""
    chosen = found.candidate
    if chosen.lettered is Lettered.TEXTLESS:
        return "Textless"
    named = found.look.serves is Serves.LANGUAGE and found.look.region
    return f"{chosen.language}-{chosen.region}" if named else chosen.language


def is_fallback(rules: Rules, chosen: Candidate) -> bool:
    """Whether another provider than the favourite serves, or another picture stands in."""
    if chosen.provider in LOCAL:
        return False
    return chosen.provider is not rules.favourite or stands_in(rules, chosen)


def stands_in(rules: Rules, chosen: Candidate) -> bool:
    """Whether the picture is of another kind than the one that is looked for first."""
    kinds = (look.question.kind for look in rules.looks if look.question.provider not in LOCAL)
    return chosen.kind is not next(kinds, chosen.kind)


def page_of(answers: Sequence[ProviderAnswer], rules: Rules) -> str:
    """The favourite's page of the first list that it was asked for."""
    known = by_question(answers)
    asked = (look.question for look in rules.looks if look.question in known)
    return next((known[one].page for one in asked if one.provider is rules.favourite), "")


def rule_notes(found: Found | None, rules: Rules) -> Iterator[str]:
    """Why the picture was chosen, and which further rule counted."""
    if not found:
        return
    look, chosen = found.look, found.candidate
    yield why_chosen(found, rules)
    if look.serves is Serves.LANGUAGE and look.region is None and rules.ranking.region_place(chosen) == 0:
        whose = "library's own" if rules.ranking.language else "preferred"
        yield f"rule: {look.language} takes the {whose} region {chosen.region} first"


def logo_notes(takes_logo: bool, logo: Found | None, rules: Rules) -> Iterator[str]:
    """Which logo stands in place of the title, or that none serves and what follows."""
    if logo:
        yield f"{look_in_words(logo.look)} stands in place of the title"
    elif takes_logo and rules.text_for_logo:
        yield "no usable logo was found: the title is drawn as text"
    elif takes_logo:
        yield "no usable logo was found; set LogoTextFallback to true to have the title drawn as text"


def answer_notes(answers: Sequence[ProviderAnswer]) -> Iterator[str]:
    """Providers in trouble, and ids that providers do not know any more."""
    for answer in sorted(answers, key=lambda one: (one.question.provider.value, one.question.kind.value)):
        if answer.trouble:
            yield answer.trouble
        for stale in answer.stale:
            yield f"{answer.question.provider.value} does not know {stale}{STALE_END}"
