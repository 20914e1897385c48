"""Who is asked for what: the documented orders, the user's own order, and what is not to be asked."""

import pytest

from app.poster.kinds import Kind
from app.poster.records.candidate import ProviderName
from app.poster.records.environment import Generate
from app.poster.records.library import Library, LibraryContent, SourceName
from app.poster.records.wanted import WantedAsset
from tests.poster.items import show
from tests.poster.offers import ASSETS, BESIDE, FANART, MANUAL, ONLINE, TMDB, TVDB, ask_all, book_with

SERVER, TEMPLATE, TYPOGRAPHIC = ProviderName.SERVER, ProviderName.TEMPLATE, ProviderName.TYPOGRAPHIC
PLEX = Library(SourceName.PLEX, "1", "TV", LibraryContent.SHOWS)
POSTER, SEASON, BACKGROUND, CARD = Kind.POSTER, Kind.SEASON, Kind.BACKGROUND, Kind.TITLE_CARD


def on_plex(kind: Kind) -> WantedAsset:
    wanted = ASSETS[kind]
    return WantedAsset(kind, show(library=PLEX), wanted.path, wanted.season, wanted.episode)


def asked(wanted: WantedAsset, **values) -> list[tuple[ProviderName, Kind]]:
    """Who is asked for which kind in which order while nobody has anything; local files are left out."""
    rules = book_with(**values).rules(wanted)
    questions = [answer.question for answer in ask_all(wanted, rules, {})]
    local = (MANUAL, TEMPLATE)
    return [(one.provider, one.kind) for one in questions if one.provider not in local]


PICTURES = {
    "tmdb": (TMDB, FANART, TVDB, SERVER),
    "fanart": (FANART, TMDB, TVDB, SERVER),
    "tvdb": (TVDB, TMDB, FANART, SERVER),
    "plex": (SERVER, TMDB, FANART, TVDB),
}
STILLS = {
    "tmdb": (TMDB, TVDB, SERVER),
    "fanart": (TVDB, TMDB, SERVER),
    "tvdb": (TVDB, TMDB, SERVER),
    "plex": (TVDB, TMDB, SERVER),
}
SHOW_POSTERS = {
    "tmdb": (TMDB, TVDB, FANART, SERVER),
    "fanart": (FANART, TMDB, TVDB, SERVER),
    "tvdb": (TVDB, TMDB, FANART, SERVER),
    "plex": (SERVER, TMDB, TVDB, FANART),
}
CARD_BACKGROUNDS = {
    "tmdb": (TMDB, TVDB, FANART, SERVER),
    "fanart": (TVDB, TMDB, FANART, SERVER),
    "tvdb": (TVDB, TMDB, FANART, SERVER),
    "plex": (TVDB, TMDB, FANART, SERVER),
}
LISTS = (["xx", "en"], ["xx"], ["en", "de"], ["de", "xx"])


def of(kind: Kind, names: tuple[ProviderName, ...]) -> list[tuple[ProviderName, Kind]]:
    return [(name, kind) for name in names]


@pytest.mark.parametrize("languages", LISTS)
@pytest.mark.parametrize("favourite", PICTURES)
@pytest.mark.parametrize("kind", [POSTER, SEASON, BACKGROUND])
def test_every_provider_is_asked_in_the_documented_order_whatever_the_languages(kind, favourite, languages):
    values = {"PreferredLanguageOrder": languages, "PreferredSeasonLanguageOrder": languages}
    assert asked(on_plex(kind), FavProvider=favourite, **values) == of(kind, PICTURES[favourite])


@pytest.mark.parametrize("languages", LISTS)
@pytest.mark.parametrize("favourite", STILLS)
def test_stills_come_from_tmdb_and_tvdb_and_backgrounds_stand_in(favourite, languages):
    values = {"FavProvider": favourite, "PreferredTCLanguageOrder": languages}
    stills = of(CARD, STILLS[favourite])
    assert asked(on_plex(CARD), BackgroundFallback="false", **values) == stills
    assert asked(on_plex(CARD), **values) == stills + of(BACKGROUND, STILLS[favourite])


@pytest.mark.parametrize("favourite", SHOW_POSTERS)
def test_the_show_poster_stands_in_for_a_season_where_that_is_set(favourite):
    seasons = of(SEASON, PICTURES[favourite])
    posters = of(POSTER, SHOW_POSTERS[favourite])
    assert asked(on_plex(SEASON), FavProvider=favourite, ShowFallback="true") == seasons + posters


@pytest.mark.parametrize("favourite", CARD_BACKGROUNDS)
def test_title_cards_of_backgrounds_ask_for_nothing_else(favourite):
    found = asked(on_plex(CARD), FavProvider=favourite, UseBackgroundAsTitleCard="true")
    assert found == of(BACKGROUND, CARD_BACKGROUNDS[favourite])


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (["TVDB", "Fanart", "TMDB", "Plex"], (TVDB, FANART, TMDB, SERVER)),
        (["fanart", " tmdb ", "FANART"], (FANART, TMDB)),
        (["Plex", "TMDB"], (SERVER, TMDB)),
        (["IMDB", "TMDB"], (TMDB,)),
    ],
)
def test_the_users_own_order_counts_where_it_is_switched_on(order, expected):
    values = {"ProviderOrder": order, "FavProvider": "tvdb"}
    assert asked(on_plex(POSTER), OverrideProviderOrder=True, **values) == of(POSTER, expected)
    assert asked(on_plex(POSTER), **values) == of(POSTER, PICTURES["tvdb"])


def test_a_word_that_names_no_provider_is_noted():
    book = book_with(OverrideProviderOrder=True, ProviderOrder=["IMDB", "TMDB"])
    book.rules(on_plex(POSTER))
    assert book.notes == ["ApiPart.ProviderOrder: 'IMDB' is no provider; it is left out"]


def test_a_folder_offers_the_art_beside_the_media_where_a_server_offers_its_own():
    assert asked(ASSETS[POSTER], online=frozenset()) == of(POSTER, (BESIDE,))
    assert asked(ASSETS[POSTER]) == of(POSTER, (TMDB, FANART, TVDB, BESIDE))
    assert asked(ASSETS[POSTER], FavProvider="plex") == of(POSTER, (BESIDE, TMDB, FANART, TVDB))


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (POSTER, "DisableOnlinePosterFetch"),
        (SEASON, "DisableOnlineSeasonFetch"),
        (BACKGROUND, "DisableOnlineBackgroundFetch"),
        (CARD, "DisableOnlineTitleCardFetch"),
    ],
)
def test_each_kind_has_a_switch_of_its_own_that_leaves_files_only(kind, key):
    off = {"BackgroundFallback": "false"}
    others = [one for one in ASSETS if one is not kind]
    assert asked(on_plex(kind), **off, **{key: "true"}) == []
    assert asked(ASSETS[kind], **off, **{key: "true"}) == of(kind, (BESIDE,))
    assert asked(ASSETS[kind], **off, DisableOnlineAssetFetch="true") == of(kind, (BESIDE,))
    for other in others:
        assert asked(ASSETS[other], **off, **{key: "true"}) == asked(ASSETS[other], **off)


@pytest.mark.parametrize(
    ("generate", "online", "has_keys", "is_drawn"),
    [
        (Generate.AUTO, frozenset(), False, True),
        (Generate.AUTO, frozenset({TVDB}), True, False),
        (Generate.AUTO, frozenset(), True, False),
        (Generate.ON, ONLINE, True, True),
        (Generate.OFF, frozenset(), False, False),
    ],
)
def test_posters_are_drawn_from_words_last_of_all(generate, online, has_keys, is_drawn):
    found = asked(on_plex(POSTER), generate=generate, online=online, has_keys=has_keys)
    assert (found[-1] == (TYPOGRAPHIC, POSTER)) is is_drawn
    assert found.count((TYPOGRAPHIC, POSTER)) == is_drawn


@pytest.mark.parametrize("kind", ASSETS)
def test_manual_files_go_before_everything_and_templates_serve_seasons_and_episodes(kind):
    rules = book_with().rules(ASSETS[kind])
    names = [answer.question.provider for answer in ask_all(ASSETS[kind], rules, {})]
    templates = [TEMPLATE] if kind in (SEASON, CARD) else []
    assert names[: 1 + len(templates)] == [MANUAL, *templates]
    assert names.count(TEMPLATE) == len(templates)
