"""What the poster engine knows of settings and rules that are not saved: prices, matches, names."""

from collections.abc import Mapping
from typing import Any, Protocol

from app.core.errors import Conflict
from app.core.item_rules.checking import SAME_NAME, mistakes
from app.core.item_rules.contradictions import known_contradictions
from app.core.settings.mistakes import refuse_settings

PRICED = ("settings", "design", "rules")


class AskEngine(Protocol):
    """Asks the engine; the answer holds "found", or "problem" with a sentence."""

    def __call__(self, question: Mapping[str, Any], slot: str = "") -> Mapping[str, Any]: ...


def price_of(ask: AskEngine, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What a change costs; `InvalidSettings` names what is wrong with the rules by place."""
    if wanted.get("rules") is not None:
        refuse_settings(mistakes(wanted["rules"]))
    question = {name: wanted[name] for name in PRICED if wanted.get(name) is not None}
    return engine_findings(ask({"about": "price", **question}, wanted.get("slot") or ""))


def looked_through(ask: AskEngine, rules: Any) -> dict[str, Any]:
    """What is to be known of rules before they are saved.

    {"matches": [{"titles", "pictures", "example", "kind"}, None for a rule that is not right yet],
    "mistakes": {place: sentence}, "conflicts": [{"first", "second", "setting", "certain"}]}.
    """
    wrong = mistakes(rules)
    refuse_settings({"rules": wrong["rules"]} if "rules" in wrong else {})
    right = [number for number in range(len(rules)) if not is_mistaken(number, wrong)]
    sound = [rules[number] for number in right]
    found = engine_findings(ask({"about": "matches", "rules": sound}))["rules"]
    matches = dict(zip(right, found, strict=True))
    conflicts = [
        {
            "first": right[one.first],
            "second": right[one.second],
            "setting": one.setting,
            "certain": one.is_certain,
        }
        for one in known_contradictions(sound)
    ]
    return {
        "matches": [matches.get(number) for number in range(len(rules))],
        "mistakes": wrong,
        "conflicts": conflicts,
    }


def is_mistaken(number: int, wrong: Mapping[str, str]) -> bool:
    """Whether the rule cannot be read; with the name of another rule it can."""
    places = [place for place in wrong if place.startswith(f"rules[{number}]")]
    return any(SAME_NAME not in wrong[place] for place in places)


def names_for(ask: AskEngine, of: str, search: str) -> list[dict[str, Any]]:
    """[{"name", "titles"}] of what a condition could name."""
    return engine_findings(ask({"about": "names", "of": of, "search": search}))["names"]


def engine_findings(answer: Mapping[str, Any]) -> dict[str, Any]:
    """What the engine found; `Conflict` with its reason where it cannot know."""
    if "found" not in answer:
        problem = answer.get("problem", "the engine did not understand the question")
        raise Conflict(f"{problem[:1].upper()}{problem[1:].rstrip('.')}.")
    return answer["found"]
