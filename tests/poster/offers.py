"""Pictures as providers offer them, and the asking of all of them, for tests of the engine's rooms."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from app.poster.choosing.asking import next_question
from app.poster.choosing.deciding import decide
from app.poster.choosing.rules import RuleBook, Rules
from app.poster.kinds import Kind
from app.poster.records.candidate import Candidate, Lettered, ProviderAnswer, ProviderName, Question
from app.poster.records.decision import Decision
from app.poster.records.environment import Environment, Generate
from app.poster.records.wanted import WantedAsset
from app.poster.settings import DEFAULTS, Settings
from tests.poster.items import episode, film, season, show

TMDB, TVDB, FANART = ProviderName.TMDB, ProviderName.TVDB, ProviderName.FANART
MANUAL, SERVER, BESIDE = ProviderName.MANUAL, ProviderName.SERVER, ProviderName.BESIDE
ONLINE = frozenset({TMDB, TVDB, FANART})
DEFAULT_VALUES = json.loads(DEFAULTS.read_text("utf-8"))
Offers = Mapping[tuple[ProviderName, Kind], Sequence[Candidate]]

FIRST = episode(1, 1)
ASSETS = {
    Kind.POSTER: WantedAsset(Kind.POSTER, film(), "Movies/Alien (1979)/poster.jpg"),
    Kind.BACKGROUND: WantedAsset(Kind.BACKGROUND, film(), "Movies/Alien (1979)/background.jpg"),
    Kind.SEASON: WantedAsset(Kind.SEASON, show(), "TV/Dark (2017)/Season01.jpg", season(1, FIRST)),
    Kind.TITLE_CARD: WantedAsset(
        Kind.TITLE_CARD, show(), "TV/Dark (2017)/S01E01.jpg", season(1, FIRST), FIRST
    ),
}


def settings_with(**values: Any) -> Settings:
    """The default settings with values for some keys, wherever those stand; section__key where several do."""
    stored: dict[str, dict] = {}
    for name, value in values.items():
        section, _, key = name.rpartition("__")
        stored.setdefault(section or section_of(key), {})[key] = value
    return Settings(stored, DEFAULT_VALUES)


def section_of(key: str) -> str:
    (section,) = (section for section, keys in DEFAULT_VALUES.items() if key in keys)
    return section


def book_with(
    online: frozenset[ProviderName] = ONLINE,
    generate: Generate = Generate.OFF,
    has_keys: bool | None = None,
    **values: Any,
) -> RuleBook:
    """A rule book; keys are set where a provider can be asked, unless `has_keys` says otherwise."""
    has_keys = bool(online) if has_keys is None else has_keys
    return RuleBook(settings_with(**values), Environment(generate=generate), online, has_keys)


def picture(
    provider: ProviderName = TMDB, language: str = "", kind: Kind = Kind.POSTER, **facts: Any
) -> Candidate:
    """A textless picture, or one with text in a language such as "fr" or "fr-CA"."""
    code, _, region = language.partition("-")
    lettered = Lettered.WITH_TEXT if code else Lettered.TEXTLESS
    address = f"/{provider.value}-{kind.value}-{language or 'textless'}.jpg".replace(" ", "-")
    return Candidate(
        provider,
        kind,
        **{"address": address, "lettered": lettered, "language": code, "region": region} | facts,
    )


def offered(*candidates: Candidate) -> Offers:
    """The candidates by the question whose answer they are."""
    offers: dict[tuple[ProviderName, Kind], list[Candidate]] = {}
    for one in candidates:
        offers.setdefault((one.provider, one.kind), []).append(one)
    return offers


def answer_to(question: Question, offers: Offers, **facts: Any) -> ProviderAnswer:
    return ProviderAnswer(question, tuple(offers.get((question.provider, question.kind), ())), **facts)


def ask_all(
    wanted: WantedAsset, rules: Rules, offers: Offers, rejected: Mapping[str, str] | None = None
) -> list[ProviderAnswer]:
    """Answer every question until none is left."""
    answers: list[ProviderAnswer] = []
    while question := next_question(wanted, rules, answers, rejected or {}):
        assert question not in [answer.question for answer in answers], "asked twice"
        answers.append(answer_to(question, offers))
    return answers


def choose(wanted: WantedAsset, book: RuleBook, *candidates: Candidate, **rejected: str) -> Decision:
    """The decision after all questions that are asked were answered with these candidates."""
    rules, offers = book.rules(wanted), offered(*candidates)
    return decide(wanted, rules, ask_all(wanted, rules, offers, rejected), rejected)
