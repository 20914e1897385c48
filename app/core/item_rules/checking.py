"""The mistakes in rules as they are sent or stored, each with the correct form."""

from collections import Counter
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import Any

from app.core.settings.config_rules import LANGUAGE_TEXT, quoted_value, rule_for
from app.core.settings.design_export import PRIVATE_SECTIONS
from app.core.settings.mapping import defaults

Check = Callable[[Any], str | None]
Mistakes = dict[str, str]
Rule = dict[str, Any]

MOST_RULES = 5_000
SAME_NAME = "is the name of another rule too"
LONGEST_TEXT = 300
MEMBERS = ("name", "when", "set")
CONDITIONS = ("library", "label", "title", "show")
PROVIDERS = ("tmdb", "tvdb", "fanart", "plex", "jellyfin", "emby")
KINDS = ("poster", "season", "background", "title card", "collection", "square")
ORDERS = ("aired", "tmdbAiring", "tvdbAiring", "dvd", "absolute")
COVERS = ("show", "blur", "typographic")
# Kinds of pictures that have a title, and the range of each number that corrects one, in per cent.
TITLED_KINDS = ("poster", "season", "background", "title card", "collection")
SIZES, SHADES, MOVES = (25, 200), (0, 100), (-50, 50)
COMMON = "PrerequisitePart"
# What shapes pictures in the section that holds everything else too.
SHAPING = (
    *("font", "Font", "overlayfile", "ResolutionOverlays", "4k", "4K", "1080p", "Logo", "logo", "Clearart"),
    *("NewLine", "SkipAddText", "SkipLocal", "UseOriginalTitle"),
)


def mistakes(rules: Any) -> Mistakes:
    """A sentence for each mistake by its place, such as {"rules[0].set.text": "must be true or false"}."""
    if not isinstance(rules, list) or len(rules) > MOST_RULES:
        return {"rules": f"must be a list of at most {MOST_RULES} rules"}
    found = {
        f"rules[{number}]{place}": words
        for number, rule in enumerate(rules)
        for place, words in of_rule(rule)
    }
    return found | same_names(rules)


def of_rule(rule: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(rule, dict):
        yield "", "must be an object with name, when and set"
        return
    yield from unknown(rule, MEMBERS, "")
    yield from wrong(".name", rule.get("name"), name)
    yield from wrong(".when", rule.get("when", {}), members)
    yield from wrong(".set", rule.get("set"), members)
    if isinstance(rule.get("when"), dict):
        yield from of_members(rule["when"], dict.fromkeys(CONDITIONS, name), ".when")
    if isinstance(rule.get("set"), dict):
        yield from of_members(rule["set"], SETTINGS, ".set")
        yield from of_design(rule["set"].get("design", {}))
        yield from of_corrections(rule["set"].get("correct", {}))


def of_members(values: Rule, checks: dict[str, Check], place: str) -> Iterator[tuple[str, str]]:
    yield from unknown(values, checks, place)
    for key in checks:
        if key in values:
            yield from wrong(f"{place}.{key}", values[key], checks[key])


def of_design(design: Any) -> Iterator[tuple[str, str]]:
    """The mistakes in settings of config.json that a rule changes."""
    for section, settings in design.items() if isinstance(design, dict) else ():
        place = f".set.design.{section}"
        if not isinstance(settings, dict):
            yield place, "must be an object of settings between { and }"
            continue
        for key, value in settings.items():
            known = defaults().get(section, {}).get(key)
            if known is None or not shapes(section, key):
                yield f"{place}.{key}", "is no setting that shapes pictures"
            elif message := rule_for(key, known)(value):
                yield f"{place}.{key}", message


def of_corrections(correct: Any) -> Iterator[tuple[str, str]]:
    """The mistakes in what is corrected of the titles of each kind."""
    for kind, values in correct.items() if isinstance(correct, dict) else ():
        place = f".set.correct.{str(kind)[:60]}"
        if kind not in TITLED_KINDS:
            yield place, f"is no kind with a title: known are {', '.join(TITLED_KINDS)}"
        elif message := members(values):
            yield place, message
        else:
            yield from of_members(values, CORRECTIONS, place)


def shapes(section: str, key: str) -> bool:
    """Whether rules may change the setting; folders, servers and secrets are none of theirs."""
    return section not in PRIVATE_SECTIONS and (section != COMMON or any(word in key for word in SHAPING))


def unknown(values: Rule, known: Any, place: str) -> Iterator[tuple[str, str]]:
    for key in values:
        if key not in known:
            meant = get_close_matches(str(key)[:60], known, n=1)
            advice = f"; perhaps {meant[0]} is meant" if meant else f": known are {', '.join(known)}"
            yield f"{place}.{key[:60]}", f"is not known here{advice}"


def wrong(place: str, value: Any, check: Check) -> Iterator[tuple[str, str]]:
    if message := check(value):
        yield place, message


def same_names(rules: list[Any]) -> Mistakes:
    """Rules are named in messages, so that each needs a name of its own."""
    names = [rule.get("name") if isinstance(rule, dict) else None for rule in rules]
    counted = Counter(filter(lambda one: isinstance(one, str), names))
    return {
        f"rules[{number}].name": SAME_NAME
        for number, one in enumerate(names)
        if isinstance(one, str) and counted[one] > 1 and number != names.index(one)
    }


def name(value: Any) -> str | None:
    if isinstance(value, str) and value.strip() and len(value) <= LONGEST_TEXT and "\0" not in value:
        return None
    return f"must be a text of at most {LONGEST_TEXT} characters, and not blank"


def members(value: Any) -> str | None:
    return None if isinstance(value, dict) else "must be an object between { and }"


def mistake_in_switch(value: Any) -> str | None:
    return None if isinstance(value, bool) else f"must be true or false, but is {quoted_value(value)}"


def one_of(*words: str) -> Check:
    def check(value: Any) -> str | None:
        is_known = isinstance(value, str) and value in words
        return None if is_known else f"must be one of {', '.join(words)}, but is {quoted_value(value)}"

    return check


def some_of(words: tuple[str, ...], may_be_empty: bool = False) -> Check:
    def check(value: Any) -> str | None:
        if isinstance(value, list) and (value or may_be_empty):
            return next(filter(None, map(one_of(*words), value)), None)
        return f"must be a list of {', '.join(words)}, but is {quoted_value(value)}"

    return check


def mistake_in_languages(value: Any) -> str | None:
    is_list = isinstance(value, list) and value
    strange = [one for one in value if not is_language(one)] if is_list else [value]
    advice = "must be a list of language codes such as fr, fr-CA, or xx for textless"
    return f"{advice}, but is {quoted_value(value)}" if strange else None


def is_language(value: Any) -> bool:
    return isinstance(value, str) and bool(LANGUAGE_TEXT.fullmatch(value))


def region(value: Any) -> str | None:
    is_code = isinstance(value, str) and LANGUAGE_TEXT.fullmatch(f"xx-{value}")
    return None if is_code else f"must be the code of a country such as CA, but is {quoted_value(value)}"


def provider(value: Any) -> str | None:
    return (some_of(PROVIDERS) if isinstance(value, list) else one_of(*PROVIDERS))(value)


def whole_number_within(lowest: int, highest: int) -> Check:
    def check(value: Any) -> str | None:
        fits = isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest
        return (
            None
            if fits
            else f"must be a whole number from {lowest} to {highest}, but is {quoted_value(value)}"
        )

    return check


def skip(value: Any) -> str | None:
    if isinstance(value, bool):
        return None
    return (
        "must be true, false or a list of kinds"
        if not isinstance(value, list)
        else some_of(KINDS, True)(value)
    )


SETTINGS: dict[str, Check] = {
    "language": mistake_in_languages,
    "region": region,
    "provider": provider,
    "design": members,
    "text": mistake_in_switch,
    "title_size": whole_number_within(*SIZES),
    "correct": members,
    "skip": skip,
    "episode_order": one_of(*ORDERS),
    "unwatched": one_of(*COVERS),
}
# Of the title on the pictures of one kind.
CORRECTIONS: dict[str, Check] = {
    "text": name,
    "size": whole_number_within(*SIZES),
    "shade": whole_number_within(*SHADES),
    "move": whole_number_within(*MOVES),
}
