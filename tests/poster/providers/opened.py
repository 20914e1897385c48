"""The online providers of one run over the doubles, and what they are asked for."""

import json
from contextlib import contextmanager
from dataclasses import replace

from app.poster.kinds import Kind
from app.poster.providers.table import open_online
from app.poster.records.candidate import Question
from app.poster.records.environment import read_environment
from app.poster.records.ids import Authority, Medium, ProviderId
from app.poster.records.library import Episode, Season
from app.poster.records.wanted import WantedAsset
from app.poster.settings import DEFAULTS, Settings
from tests.poster.items import film, show

TMDB_ID, TVDB_ID, IMDB_ID = Authority.TMDB, Authority.TVDB, Authority.IMDB


@contextmanager
def opened(doubles, cache, keys=None, **api):
    """The providers by name; `keys` replace those that the doubles accept, `api` are settings of ApiPart."""
    given = doubles.keys if keys is None else keys
    settings = Settings({"ApiPart": {**given, **api}}, json.loads(DEFAULTS.read_text("utf-8")))
    providers = open_online(settings, read_environment(doubles.environment, cache), cache)
    try:
        yield providers
    finally:
        for provider in providers.values():
            provider.close()


def ids(medium, **values):
    return tuple(ProviderId(Authority(name), medium, value) for name, value in values.items())


def film_wanted(kind=Kind.POSTER, **values):
    return WantedAsset(kind, film(ids=ids(Medium.FILM, **(values or {"tmdb": "348"}))), "poster.jpg")


def show_wanted(kind=Kind.POSTER, **values):
    known = values or {"tmdb": "70523", "tvdb": "334824"}
    return WantedAsset(kind, show(ids=ids(Medium.SHOW, **known)), "poster.jpg")


def season_wanted(number, order=None, own=(), **values):
    wanted = show_wanted(Kind.SEASON, **values)
    item = replace(wanted.item, order=order) if order else wanted.item
    return replace(wanted, item=item, season=Season(f"s{number}", number, f"Season {number}", ids=own))


def card_wanted(season, number, order=None, own=(), **values):
    wanted = replace(season_wanted(season, order, **values), kind=Kind.TITLE_CARD)
    return replace(wanted, episode=Episode(f"e{number}", season, (number,), ("Secrets",), ids=own))


def ask(provider, wanted, kind=None):
    return provider.ask(wanted, Question(provider.name, kind or wanted.kind))


def names(answer):
    """The file names of the candidates in the provider's order."""
    return [candidate.address.rsplit("/", 1)[-1] for candidate in answer.candidates]
