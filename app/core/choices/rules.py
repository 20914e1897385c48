"""The rules that assign choices to the categories of the overview."""

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import Case, ColumnElement, and_, case, false, func, literal, not_, or_

from app.core.choices.table import TABLE
from app.core.config_file import ConfigFile

MISSING, NO_FAVORITE, LANGUAGE, PROVIDER, TRUNCATED, ISSUES, RESOLVED = (1 << place for place in range(7))
CATEGORIES = {
    "missing_assets": MISSING,
    "missing_assets_fav_provider": NO_FAVORITE,
    "non_primary_lang": LANGUAGE,
    "non_primary_provider": PROVIDER,
    "truncated_text": TRUNCATED,
    "assets_with_issues": ISSUES,
    "resolved": RESOLVED,
}
TEXTLESS = "xx"
INHERITED = "pleasefillme"
PATTERNS = {"tmdb": ("tmdb", "themoviedb"), "tvdb": ("tvdb", "thetvdb")}
LISTS = {
    "poster": "PreferredLanguageOrder",
    "background": "PreferredBackgroundLanguageOrder",
    "season": "PreferredSeasonLanguageOrder",
    "titlecard": "PreferredTCLanguageOrder",
}
WORDS = {"background": ("background",), "season": ("season",), "titlecard": ("titlecard", "episode")}

COLUMN = TABLE.c
SHOWN_MANUAL = func.coalesce(COLUMN.verdict, COLUMN.manual)


class CategoryRules(NamedTuple):
    """First languages of posters, backgrounds, seasons and title cards, and the favourite provider."""

    poster: str
    background: str
    season: str
    titlecard: str
    provider: str

    def __str__(self) -> str:
        return json.dumps(self)


def configured_rules(config: ConfigFile) -> CategoryRules:
    """The rules that follow from the settings; `ConfigUnreadable` where they cannot be read."""
    own = {kind: first_language(config.setting("ApiPart", name)) for kind, name in LISTS.items()}
    languages = {kind: language or own["poster"] for kind, language in own.items()}
    return CategoryRules(**languages, provider=text_or_empty(config.setting("ApiPart", "FavProvider")))


def first_language(order: Any) -> str:
    """The first entry of a list of languages; empty where it is to be inherited."""
    entries = order.split(",") if isinstance(order, str) else order if isinstance(order, list) else []
    first = text_or_empty(entries[0]) if entries else ""
    return "" if first.lower() == INHERITED else first


def text_or_empty(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""


def stored(text: str) -> CategoryRules | None:
    """The rules from their `str` form; None for an empty text."""
    return CategoryRules(*json.loads(text)) if text else None


def choice_kind(choice_type: str) -> str:
    """Whether a choice is a background, a season, a title card or a poster."""
    small = choice_type.lower()
    return next((kind for kind, words in WORDS.items() if any(word in small for word in words)), "poster")


def categories(rules: CategoryRules) -> ColumnElement[int]:
    """An expression for the categories of a row, one bit each."""
    found = {
        MISSING: is_absent(COLUMN.download_source),
        NO_FAVORITE: is_absent(COLUMN.fav_provider_link),
        LANGUAGE: is_foreign(rules),
        PROVIDER: is_of_another_provider(rules.provider),
        TRUNCATED: COLUMN.text_truncated == "true",
    }
    bits = sum((bit_if(bit, condition) for bit, condition in found.items()), literal(0))
    return case(
        (func.lower(SHOWN_MANUAL).in_(("yes", "true")), RESOLVED),
        else_=bits + bit_if(ISSUES, or_(*found.values())),
    )


def bit_if(bit: int, condition: ColumnElement[bool]) -> Case:
    return case((condition, bit), else_=0)


def is_absent(column: ColumnElement[str]) -> ColumnElement[bool]:
    return column.in_(("", "false"))


def is_foreign(rules: CategoryRules) -> ColumnElement[bool]:
    """Whether the language is another than the first one of its kind; without any, no text is expected."""
    choice_type = func.lower(COLUMN.type)
    chosen = [
        (or_(*(choice_type.contains(word) for word in words)), code(getattr(rules, kind)))
        for kind, words in WORDS.items()
    ]
    language = func.lower(COLUMN.language)
    return and_(
        COLUMN.language != "",
        case((language == "textless", TEXTLESS), else_=language) != case(*chosen, else_=code(rules.poster)),
    )


def code(language: str) -> str:
    small = language.lower()
    return TEXTLESS if small in ("", "textless") else small


def is_of_another_provider(provider: str) -> ColumnElement[bool]:
    if not provider:
        return false()
    patterns = PATTERNS.get(provider.lower(), (provider.lower(),))
    both = and_(holds_any(COLUMN.download_source, patterns), holds_any(COLUMN.fav_provider_link, patterns))
    return and_(
        not_(is_absent(COLUMN.download_source)), not_(is_absent(COLUMN.fav_provider_link)), not_(both)
    )


def holds_any(column: ColumnElement[str], patterns: Iterable[str]) -> ColumnElement[bool]:
    return or_(*(func.lower(column).contains(pattern, autoescape=True) for pattern in patterns))
