"""Why a picture was chosen, in one sentence for logs, pages and records."""

from app.poster.choosing.rules import Rules
from app.poster.choosing.search import Found, Look, Serves
from app.poster.kinds import Kind
from app.poster.records.candidate import ProviderName

PICTURES = {
    ProviderName.MANUAL: "your own picture",
    ProviderName.TEMPLATE: "your template",
    ProviderName.SERVER: "the media server's {kind}",
    ProviderName.BESIDE: "the {kind} beside the media",
    ProviderName.TYPOGRAPHIC: "a picture drawn from the title",
}
BEFORE_ANY_SEARCH = (ProviderName.MANUAL, ProviderName.TEMPLATE)
KIND_WORDS = {Kind.TITLE_CARD: "still", Kind.COLLECTION: "collection poster"}


def why_chosen(found: Found, rules: Rules) -> str:
    """One sentence: which picture is used, and what let it come first."""
    return f"{look_in_words(found.look)} is used, {because(found, rules)}"


def look_in_words(look: Look) -> str:
    """What the look takes, such as "a textless poster of TMDB" or "the poster beside the media"."""
    provider, kind = look.question.provider, kind_word(look.question.kind)
    if provider in PICTURES:
        return PICTURES[provider].format(kind=kind)
    if look.serves is Serves.TEXTLESS:
        return f"a textless {kind} of {provider.value}"
    if look.serves is Serves.LANGUAGE:
        region = f"-{look.region}" if look.region else ""
        return f"a {kind} of {provider.value} in {look.language}{region}"
    return f"a {kind} of {provider.value} without a language"


def because(found: Found, rules: Rules) -> str:
    if found.look.question.provider in BEFORE_ANY_SEARCH:
        return "because it comes before any search"
    if found.place == first_search(rules):
        return first_cause(found.look, rules)
    return "because nothing that the settings put before it was found"


def first_search(rules: Rules) -> int:
    """The place of the first look that is none for the user's own pictures."""
    places = (place for place, look in enumerate(rules.looks) if not is_before_search(look))
    return next(places, len(rules.looks))


def is_before_search(look: Look) -> bool:
    return look.question.provider in BEFORE_ANY_SEARCH


def first_cause(look: Look, rules: Rules) -> str:
    """Why the look is the first of the search."""
    if rules.hides:
        return "because the episode is not watched yet"
    if asks_online(rules):
        return "because the settings put it first"
    if rules.online_off:
        return "because online search is switched off"
    return "because no provider key is set"


def asks_online(rules: Rules) -> bool:
    return any(not is_before_search(look) and look.question.provider not in PICTURES for look in rules.looks)


def kind_word(kind: Kind) -> str:
    return KIND_WORDS.get(kind, kind.value)
