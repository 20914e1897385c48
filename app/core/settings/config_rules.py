"""The valid values of each setting of config.json: its type by its default, the rest by a table."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

Rule = Callable[[Any], str | None]

PROVIDERS = ("tmdb", "tvdb", "fanart", "plex")
VOTE_SORTINGS = ("vote_average", "vote_count", "primary")
GRAVITIES = (
    *("northwest", "north", "northeast"),
    *("west", "center", "east"),
    *("southwest", "south", "southeast"),
)
INHERIT = "PleaseFillMe"
LONGEST_QUOTE = 60

SWITCH_TEXT = re.compile(r"true|false", re.IGNORECASE)
NUMBER_TEXT = re.compile(r"[+-]?[0-9]{1,9}")
PERCENT_TEXT = re.compile(r"([0-9]{1,3})%?")
SHADE_TEXT = re.compile(r"^([a-z]+)[0-9]{1,3}\Z", re.IGNORECASE)
LANGUAGE_TEXT = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
FINGERPRINT_TEXT = re.compile(r"(?:[0-9A-Fa-f]{2}:?){32}")
LANGUAGE_LIST_NAME = re.compile(r"(Preferred\w*|Logo)LanguageOrder")


def rule_for(key: str, default: Any) -> Rule:
    """The rule of a setting: a function that returns None for a valid value, else the mistake as text."""
    return _named_rule(key) or _shape_rule(default)


def _named_rule(key: str) -> Rule | None:
    if LANGUAGE_LIST_NAME.fullmatch(key):
        return _language_list(inherits=key != "PreferredLanguageOrder")
    if key.lower().endswith("color") and key != "ConvertLogoColor":
        return _colour
    return NAMED_RULES.get(key)


def _shape_rule(default: Any) -> Rule:
    if isinstance(default, (list, dict)):
        return _texts if isinstance(default, list) else _replacements
    if isinstance(default, bool) or SWITCH_TEXT.fullmatch(default):
        return _switch
    return _number if NUMBER_TEXT.fullmatch(default) else _text


def _switch(value: Any) -> str | None:
    if isinstance(value, bool) or (isinstance(value, str) and SWITCH_TEXT.fullmatch(value)):
        return None
    return f'must be "true" or "false", but is {quoted_value(value)}'


def _number(value: Any) -> str | None:
    return (
        None if whole_number(value) is not None else f"must be a whole number, but is {quoted_value(value)}"
    )


@dataclass(frozen=True)
class Within:
    """The rule of a whole number between two others; None is no limit."""

    lowest: int
    highest: int | None = None

    def __call__(self, value: Any) -> str | None:
        number = whole_number(value)
        if number is None:
            return _number(value)
        fits = number >= self.lowest and (self.highest is None or number <= self.highest)
        return None if fits else f"must be {self.allowed()}, but is {number}"

    def allowed(self) -> str:
        both = f"between {self.lowest} and {self.highest}"
        return f"at least {self.lowest}" if self.highest is None else both


def _percent(value: Any) -> str | None:
    match = PERCENT_TEXT.fullmatch(value) if isinstance(value, str) else None
    if match and 1 <= int(match[1]) <= 100:
        return None
    return f'must be a percentage from "1%" to "100%", but is {quoted_value(value)}'


def _text(value: Any) -> str | None:
    # The value stays unsaid: keys and passwords are texts too.
    if not isinstance(value, str):
        return "must be a text in double quotes"
    return "must not hold a NUL character" if "\0" in value else None


def _folder(value: Any) -> str | None:
    return _text(value) or (None if value.strip() else "must be the path of a folder")


def _texts(value: Any) -> str | None:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return None
    return f"must be a list of texts, but is {quoted_value(value)}"


def _replacements(value: Any) -> str | None:
    if isinstance(value, dict) and all(isinstance(item, str) for item in value.values()):
        return None
    return f"must be an object of word and replacement, but is {quoted_value(value)}"


@dataclass(frozen=True)
class OneOf:
    """The rule of a choice."""

    allowed: tuple[str, ...]

    def __call__(self, value: Any) -> str | None:
        if isinstance(value, str) and value.lower() in self.allowed:
            return None
        return f"must be one of {', '.join(filter(None, self.allowed))}, but is {quoted_value(value)}"


@dataclass(frozen=True)
class EachOf:
    """The rule of a list that holds nothing but these."""

    allowed: tuple[str, ...]

    def __call__(self, value: Any) -> str | None:
        strange = [] if _texts(value) else [item for item in value if item.lower() not in self.allowed]
        names = ", ".join(self.allowed)
        return _texts(value) or (
            f"may hold only {names}, but holds {quoted_value(strange[0])}" if strange else None
        )


def _colour(value: Any) -> str | None:
    if isinstance(value, str) and _is_colour(SHADE_TEXT.sub(r"\1", value)):
        return None
    return f'must be a colour name such as "white" or a code such as "#1e90ff", but is {quoted_value(value)}'


def _is_colour(value: str) -> bool:
    # Imported here, since most processes never see a change of a colour.
    from PIL import ImageColor

    try:
        ImageColor.getrgb(value)
    except ValueError:
        return value.lower() in ("none", "transparent")
    return True


def _server_address(value: Any) -> str | None:
    if isinstance(value, str) and (not value or _names_host(value)):
        return None
    # An address can hold a password, so it stays unsaid.
    return "must begin with http:// or https:// and a host"


def _names_host(address: str) -> bool:
    try:
        parts = urlsplit(address)
        # Asking for the port fails where it is none.
        is_web = re.match(r"https?://[^/\s]", address, re.IGNORECASE)
        return bool(is_web and parts.hostname and parts.port != 0)
    except ValueError:
        return False


def _folder_or_none(value: Any) -> str | None:
    if _text(value) or not value.strip() or Path(value).is_dir():
        return _text(value)
    return f"must be a folder that is there, but is {quoted_value(value)}"


def _certificate(value: Any) -> str | None:
    if _text(value) or not value.strip() or FINGERPRINT_TEXT.fullmatch(value) or Path(value).is_file():
        return _text(value)
    return f"must be a file with certificates or a SHA-256 fingerprint, but is {quoted_value(value)}"


def _language_list(inherits: bool) -> Rule:
    def rule(value: Any) -> str | None:
        if inherits and value == [INHERIT]:
            return None
        return _texts(value) or _first_strange_language(value)

    return rule


def _first_strange_language(languages: list[str]) -> str | None:
    strange = next((language for language in languages if not LANGUAGE_TEXT.fullmatch(language)), None)
    if strange is None:
        return None
    advice = "such as fr, or fr-CA with a region; xx for pictures without text"
    return f"may hold only language codes ({advice}), but holds {quoted_value(strange)}"


def _language_overrides(value: Any) -> str | None:
    if not isinstance(value, dict):
        return f"must be an object of library names, but is {quoted_value(value)}"
    return next(filter(None, map(_library_overrides, value, value.values())), None)


def _library_overrides(library: str, lists: Any) -> str | None:
    if not isinstance(lists, dict):
        return f"must hold an object of language lists for the library {quoted_value(library)}"
    for name, languages in lists.items():
        known = LANGUAGE_LIST_NAME.fullmatch(name)
        wrong = _language_list(inherits=True)(languages) if known else "is no language list known here"
        if wrong:
            return f"for the library {quoted_value(library)}: {quoted_value(name)} {wrong}"
    return None


def whole_number(value: Any) -> int | None:
    """The whole number that a value spells, or None."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    matches = isinstance(value, str) and NUMBER_TEXT.fullmatch(value)
    return int(value) if matches else None


def quoted_value(value: Any) -> str:
    """A value as JSON, cut to what fits in a sentence."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 3] + "..."


NAMED_RULES: dict[str, Rule] = {
    "FavProvider": OneOf((*PROVIDERS, "")),
    "ProviderOrder": EachOf(PROVIDERS),
    "tmdb_vote_sorting": OneOf((*VOTE_SORTINGS, "")),
    "TextGravity": OneOf(GRAVITIES),
    "outputQuality": _percent,
    "LibraryLanguageOverrides": _language_overrides,
    "AssetPath": _folder,
    "MediaPath": _folder_or_none,
    "GenerateMissing": OneOf(("auto", "on", "off")),
    "StoreMegabytes": Within(0, 999_999),
    "StoreDays": Within(0, 999_999),
    **dict.fromkeys(("CacheMegabytes", "PlansMegabytes"), Within(0, 999_999)),
    **dict.fromkeys(("LetterSpacing", "LabelSpacing"), Within(-100, 600)),
    "TextShadow": Within(0, 100),
    "KometaOverlay": OneOf(("keep", "replace")),
    "UnwatchedCards": OneOf(("show", "blur", "typographic")),
    **dict.fromkeys(("PlexCertificate", "JellyfinCertificate", "EmbyCertificate"), _certificate),
    "logLevel": Within(1, 3),
    **dict.fromkeys(("PlexUrl", "JellyfinUrl", "EmbyUrl"), _server_address),
    **dict.fromkeys(("maxLogs", "ParallelJobs", "MaxWidth", "MaxHeight"), Within(1)),
    **dict.fromkeys(("minPointSize", "maxPointSize"), Within(1)),
    **dict.fromkeys(("strokewidth", "borderwidth"), Within(0)),
    **dict.fromkeys(("PosterMinWidth", "PosterMinHeight", "BgTcMinWidth", "BgTcMinHeight"), Within(0)),
}
