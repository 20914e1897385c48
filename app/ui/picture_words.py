"""Why a picture is the one that is shown, as names of texts with their values."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from markupsafe import Markup

from app.core.decisions.originals import HELD, is_as_decided
from app.core.decisions.states import HAND, TOOL

PUT = "put_by_hand"
ONLINE = ("TMDB", "TVDB", "Fanart")
# What is taken without a search, by the provider of the record.
OWN = {
    "Manual": "manual",
    "Template": "template",
    "Server": "server",
    "Folder": "beside",
    "Typographic": "typographic",
}
# The record says why in a sentence; these are its ends.
CAUSES = {
    "it comes before any search": "first",
    "nothing that the settings put before it was found": "rest",
    "the episode is not watched yet": "unwatched",
    "the settings put it first": "settings",
    "online search is switched off": "offline",
    "no provider key is set": "no_key",
}


class Said(NamedTuple):
    """The name of a text and its values."""

    name: str
    values: Mapping[str, Any] = {}


class WhyChosen(NamedTuple):
    """What was taken, why, and what else is to be known of it."""

    what: Said
    because: str | None
    more: tuple[Said, ...]


def why_chosen_in_words(record: Mapping[str, Any] | None, owner: str) -> WhyChosen:
    """For the record of an asset, None for none; `owner` is whose the catalogue says that it is."""
    if record is None:
        return WhyChosen(Said("tool" if owner == TOOL else "hand" if owner == HAND else "unknown"), None, ())
    if not is_as_decided(record):
        return WhyChosen(Said(of_another(record)), None, ())
    decision = record["decision"]
    chosen = decision.get("chosen")
    if not chosen:
        return WhyChosen(Said("unknown"), None, ())
    return WhyChosen(what_was_chosen(chosen), cause_of(decision), tuple(further_facts(record)))


def of_another(record: Mapping[str, Any]) -> str:
    if record["owner"] == HAND:
        return "put" if record["reason"] == PUT else "hand"
    return "tool" if record["owner"] == TOOL else "unknown"


def what_was_chosen(chosen: Mapping[str, Any]) -> Said:
    provider = chosen["provider"]
    if provider not in ONLINE:
        return Said(OWN.get(provider, "unknown"))
    if chosen.get("lettered") == "textless":
        return Said("textless", {"provider": provider})
    if not chosen.get("language"):
        return Said("unlettered", {"provider": provider})
    region = f"-{chosen['region']}" if chosen.get("region") else ""
    return Said("language", {"provider": provider, "language": language_mark(chosen["language"] + region)})


def language_mark(code: str) -> Markup:
    """A language, whose name the page's script writes in the reader's own."""
    return Markup('<span data-language="{0}">{0}</span>').format(code)


def cause_of(decision: Mapping[str, Any]) -> str | None:
    """The code of the cause, None where the record names none that is known."""
    for note in decision.get("notes", ()):
        cause = CAUSES.get(note.rpartition(", because ")[2])
        if cause:
            return cause
    return None


def further_facts(record: Mapping[str, Any]) -> Iterator[Said]:
    decision, drawn = record["decision"], record.get("drawn") or {}
    if decision.get("fallback"):
        yield Said("fallback")
    for rule in decision.get("rules", ()):
        yield Said("rule", {"rule": rule})
    if drawn.get("truncated"):
        yield Said("truncated")
    if drawn.get("missing"):
        yield Said("glyphs", {"signs": " ".join(drawn["missing"])})
    if record["reason"] == HELD:
        yield Said("held")
