"""Which picture is chosen, by languages, textless first, votes, sizes and stand-ins."""

import pytest

from app.poster.choosing.asking import next_question
from app.poster.choosing.deciding import decide
from app.poster.choosing.losing import MOST_CONSIDERED
from app.poster.kinds import Kind
from app.poster.records.candidate import Lettered, ProviderAnswer, Question
from app.poster.records.ids import Authority, Medium, ProviderId
from app.poster.records.library import Library, LibraryContent, SourceName
from app.poster.records.reasons import Reason
from app.poster.records.wanted import WantedAsset
from tests.poster.items import film
from tests.poster.offers import (
    ASSETS,
    BESIDE,
    FANART,
    MANUAL,
    TMDB,
    TVDB,
    answer_to,
    book_with,
    choose,
    offered,
    picture,
)

POSTER, SEASON, BACKGROUND, CARD = Kind.POSTER, Kind.SEASON, Kind.BACKGROUND, Kind.TITLE_CARD
FILM = ASSETS[POSTER]
XX = ["xx", "en", "de"]


@pytest.mark.parametrize(
    ("languages", "seen", "chosen"),
    [
        (XX, [(TMDB, "en"), (FANART, ""), (TVDB, "")], (FANART, "")),
        (XX, [(TMDB, "de"), (TVDB, "en")], (TVDB, "en")),
        (XX, [(TMDB, "ja"), (TVDB, "de")], (TVDB, "de")),
        (["xx"], [(TMDB, "en"), (TVDB, "de")], None),
        (["xx"], [(TMDB, "en"), (TVDB, "")], (TVDB, "")),
        (["en", "de"], [(TMDB, "de"), (FANART, "en")], (FANART, "en")),
        (["en", "de"], [(TMDB, ""), (FANART, "")], None),
        (["de", "xx"], [(TMDB, ""), (TVDB, "de")], (TVDB, "de")),
        (["de", "xx"], [(TMDB, ""), (TVDB, "en")], (TMDB, "")),
        (["fr", "en"], [(TMDB, "en"), (FANART, "fr-CA")], (FANART, "fr-CA")),
    ],
)
def test_languages_go_in_order_each_over_the_providers_in_order(languages, seen, chosen):
    candidates = [picture(name, language) for name, language in seen]
    decision = choose(FILM, book_with(PreferredLanguageOrder=languages), *candidates)
    assert decision.chosen == (picture(*chosen) if chosen else None)
    assert decision.reason is (None if chosen else Reason.NOTHING_FOUND)
    assert all(one.why_not for one in decision.considered)


CANADIAN, FRENCH, NONE = picture(language="fr-CA"), picture(language="fr-FR"), picture(language="fr")
VOTED = [
    picture(language="fr-CA", votes=7.9),
    picture(language="fr-FR", votes=5.1),
    picture(language="fr", votes=6.0),
]


@pytest.mark.parametrize(
    ("library", "languages", "seen", "language"),
    [
        ("fr-FR", ["fr"], (0, 1, 2), "fr-FR"),
        ("fr", ["fr"], (0, 1, 2), "fr"),
        ("en-CA", ["fr"], (0, 1, 2), "fr"),
        ("fr-FR", ["fr"], (0, 2), "fr"),
        ("fr-FR", ["fr"], (0,), "fr-CA"),
        ("", ["fr"], (0, 1), "fr-CA"),
        ("fr-FR", ["fr-CA", "fr"], (0, 1, 2), "fr-CA"),
        ("fr-FR", ["fr-CA", "en"], (1, 2), "fr"),
        ("fr-FR", ["fr-CA", "fr"], (1,), "fr-FR"),
        ("fr-FR", ["fr_ca"], (1,), None),
    ],
)
def test_a_bare_language_takes_the_librarys_region_then_none_then_others(library, languages, seen, language):
    item = film(library=Library(SourceName.PLEX, "1", "Films", LibraryContent.FILMS, library))
    wanted = WantedAsset(POSTER, item, "Films/a/poster.jpg")
    book = book_with(PreferredLanguageOrder=languages)
    decision = choose(wanted, book, *(VOTED[place] for place in seen))
    found = decision.chosen and f"{decision.chosen.language}-{decision.chosen.region}".strip("-")
    assert found == language


def test_the_record_names_the_rule_of_the_region():
    item = film(library=Library(SourceName.PLEX, "1", "Films", LibraryContent.FILMS, "fr-FR"))
    wanted = WantedAsset(POSTER, item, "Films/a/poster.jpg")
    decision = choose(wanted, book_with(PreferredLanguageOrder=["fr"]), *VOTED)
    assert "rule: fr takes the library's own region FR first" in decision.notes
    assert {one.why_not for one in decision.considered} == {
        "region none comes after FR",
        "region CA comes after FR",
    }


@pytest.mark.parametrize(
    ("sorting", "best"),
    [("vote_average", "/b.jpg"), ("", "/b.jpg"), ("vote_count", "/c.jpg"), ("primary", "/a.jpg")],
)
def test_votes_decide_among_pictures_of_one_language(sorting, best):
    seen = [
        picture(address="/a.jpg", votes=1, vote_count=3, rank=0),
        picture(address="/b.jpg", votes=9, vote_count=2, rank=1),
        picture(address="/c.jpg", votes=5, vote_count=8, rank=2),
    ]
    assert choose(FILM, book_with(tmdb_vote_sorting=sorting), *seen).chosen.address == best


def test_fanart_gives_its_most_liked_and_tvdb_its_best_scored_picture():
    liked = [picture(FANART, address=f"/{likes}.jpg", likes=likes, rank=likes) for likes in (3, 11, 7)]
    scored = [picture(TVDB, address=f"/{votes}.jpg", votes=votes, rank=votes) for votes in (3, 11, 7)]
    assert choose(FILM, book_with(), *liked).chosen.address == "/11.jpg"
    assert choose(FILM, book_with(), *scored).chosen.address == "/11.jpg"


SMALL = {"width": 1000, "height": 1500}
LARGE = {"width": 2000, "height": 3000}


@pytest.mark.parametrize(
    ("kind", "provider", "size", "serves"),
    [
        (POSTER, TMDB, (2000, 3000), True),
        (POSTER, TMDB, (1999, 3000), False),
        (POSTER, TVDB, (2000, 2999), False),
        (POSTER, FANART, (1000, 1426), True),
        (POSTER, TMDB, (0, 0), True),
        (SEASON, TMDB, (680, 1000), False),
        (BACKGROUND, TMDB, (3840, 2160), True),
        (BACKGROUND, TVDB, (1920, 1080), False),
        (CARD, TMDB, (1920, 1080), False),
        (CARD, TVDB, (640, 360), True),
    ],
)
def test_the_size_filter_measures_what_the_documentation_says(kind, provider, size, serves):
    small = picture(provider, kind=kind, width=size[0], height=size[1])
    off = {"BackgroundFallback": "false"}
    decision = choose(ASSETS[kind], book_with(WidthHeightFilter="true", **off), small)
    assert bool(decision.chosen) is serves
    assert choose(ASSETS[kind], book_with(**off), small).chosen == small
    if not serves:
        assert "is smaller than" in decision.considered[0].why_not


def test_a_small_favourite_yields_to_a_large_picture_of_the_next_language():
    seen = [picture(**SMALL), picture(language="en", **LARGE)]
    assert choose(FILM, book_with(WidthHeightFilter="true"), *seen).chosen.language == "en"


def test_a_rejected_picture_makes_room_for_the_next_and_keeps_its_reason():
    best, next_best = picture(address="best", votes=9), picture(address="next", votes=8)
    decision = choose(FILM, book_with(), best, next_best, best="one flat color")
    assert decision.chosen == next_best
    assert [(one.candidate, one.why_not) for one in decision.considered] == [(best, "one flat color")]
    nothing = choose(FILM, book_with(), best, best="one flat color")
    assert (nothing.chosen, nothing.reason) == (None, Reason.NOTHING_FOUND)


def test_what_the_favourite_offers_is_no_fallback_and_everything_else_is():
    assert not choose(FILM, book_with(), picture(TMDB)).fallback
    assert choose(FILM, book_with(), picture(FANART)).fallback
    assert choose(FILM, book_with(), picture(BESIDE, lettered=Lettered.UNKNOWN)).fallback
    assert not choose(FILM, book_with(), picture(MANUAL)).fallback
    keyless = book_with(online=frozenset())
    assert not choose(FILM, keyless, picture(BESIDE, lettered=Lettered.UNKNOWN)).fallback
    assert not choose(FILM, book_with(online=frozenset({TVDB})), picture(TVDB)).fallback


@pytest.mark.parametrize(
    ("kind", "values", "stand_in"),
    [
        (SEASON, {"ShowFallback": "true"}, POSTER),
        (SEASON, {"ShowFallback": "false"}, None),
        (CARD, {}, BACKGROUND),
        (CARD, {"BackgroundFallback": "false"}, None),
    ],
)
def test_the_shows_picture_stands_in_only_where_it_is_set(kind, values, stand_in):
    seen = [picture(TMDB, kind=POSTER), picture(TMDB, kind=BACKGROUND)]
    decision = choose(ASSETS[kind], book_with(**values), *seen)
    assert (decision.chosen and decision.chosen.kind) is stand_in
    assert decision.fallback is bool(stand_in)


def test_a_title_card_of_a_background_is_no_fallback_where_backgrounds_were_asked_for():
    seen = [picture(TMDB, kind=CARD), picture(TMDB, kind=BACKGROUND)]
    decision = choose(ASSETS[CARD], book_with(UseBackgroundAsTitleCard="true"), *seen)
    assert (decision.chosen.kind, decision.fallback) == (BACKGROUND, False)


@pytest.mark.parametrize("languages", [["de", "en"], ["xx"], XX])
@pytest.mark.parametrize("kind", [BACKGROUND, CARD])
def test_lists_inherited_from_posters_take_textless_stills_and_backgrounds(kind, languages):
    decision = choose(ASSETS[kind], book_with(PreferredLanguageOrder=languages), picture(TMDB, kind=kind))
    assert decision.language == "Textless"


def test_pictures_that_tell_no_language_come_after_all_languages():
    unknown = picture(lettered=Lettered.UNKNOWN, address="/unknown.jpg")
    assert choose(FILM, book_with(), unknown, picture(TVDB, "de")).chosen.language == "de"
    assert choose(FILM, book_with(), unknown, picture(TVDB, "ja")).chosen == unknown
    assert choose(FILM, book_with(PreferredLanguageOrder=["xx"]), unknown).chosen is None


def test_nothing_is_asked_beyond_what_decides():
    book = book_with()
    rules = book.rules(FILM)
    manual = ProviderAnswer(Question(MANUAL, POSTER))
    tmdb = answer_to(Question(TMDB, POSTER), offered(picture()))
    assert next_question(FILM, rules, [manual], {}) == Question(TMDB, POSTER)
    assert next_question(FILM, rules, [manual, tmdb], {}) is None
    rejected = {picture().address: "a page instead of a picture"}
    assert next_question(FILM, rules, [manual, tmdb], rejected) == Question(FANART, POSTER)


def test_an_asset_that_is_skipped_asks_nobody_and_says_why():
    wanted = WantedAsset(POSTER, film(), "Movies/Alien (1979)/poster.jpg", skip=Reason.LABELLED)
    decision = choose(wanted, book_with(), picture())
    assert (decision.chosen, decision.reason, decision.considered) == (None, Reason.LABELLED, ())


def test_without_online_search_the_record_says_so():
    decision = choose(FILM, book_with(DisableOnlinePosterFetch="true"))
    assert decision.reason is Reason.ONLINE_OFF


def test_trouble_and_stale_ids_are_noted_and_leave_the_decision_open():
    rules = book_with().rules(FILM)
    stale = ProviderId(Authority.TMDB, Medium.FILM, "348")
    found = ProviderId(Authority.TVDB, Medium.FILM, "31")
    foreign = ProviderId(Authority.TVDB, Medium.SHOW, "31")
    answers = [
        ProviderAnswer(Question(MANUAL, POSTER)),
        ProviderAnswer(Question(TMDB, POSTER), stale=(stale,), ids=(found, foreign)),
        ProviderAnswer(Question(FANART, POSTER), trouble="Fanart.tv did not answer in time", is_final=False),
        answer_to(Question(TVDB, POSTER), offered(picture(TVDB))),
    ]
    decision = decide(FILM, rules, answers, {})
    assert "Fanart.tv did not answer in time" in decision.notes
    assert "TMDB does not know tmdb:movie:348: it is stale" in decision.notes
    assert decision.ids == (stale, found)
    assert not decision.is_final


def test_the_page_is_that_of_the_favourite():
    rules = book_with(FavProvider="tvdb").rules(FILM)
    answers = [
        answer_to(Question(TMDB, POSTER), offered(picture()), page="https://tmdb.example/348"),
        ProviderAnswer(Question(TVDB, POSTER), page="https://tvdb.example/alien"),
    ]
    assert decide(FILM, rules, answers, {}).page == "https://tvdb.example/alien"
    assert decide(FILM, rules, answers[:1], {}).page == ""


def test_a_long_list_is_cut_and_the_record_says_how_much():
    seen = [picture(address=f"/{number}.jpg", votes=number) for number in range(MOST_CONSIDERED + 10)]
    decision = choose(FILM, book_with(), *seen)
    assert len(decision.considered) == MOST_CONSIDERED
    assert decision.considered[0].candidate == seen[-2]
    assert decision.notes[-1] == "9 more candidates came after those that are listed"


@pytest.mark.parametrize(
    ("loser", "why"),
    [
        (picture(TMDB, "en"), "textless pictures come before pictures in en"),
        (picture(TVDB), "a textless poster of Fanart comes before a textless poster of TVDB"),
        (picture(TMDB, "ja-JP"), "its language ja-JP is not in the list xx, en, de"),
        (picture(FANART, address="/other.jpg", likes=1), "the chosen one is rated higher"),
        (picture(FANART, address="/other.jpg", likes=2, rank=1), "the chosen one stands before it in"),
        (picture(TMDB, kind=BACKGROUND), "a background does not serve as a poster"),
    ],
)
def test_every_loser_has_a_reason_in_words(loser, why):
    rules = book_with().rules(FILM)
    names = (MANUAL, TMDB, FANART, TVDB)
    offers = offered(picture(FANART, likes=2), loser)
    answers = [answer_to(Question(name, kind), offers) for name in names for kind in (POSTER, BACKGROUND)]
    decision = decide(FILM, rules, answers, {})
    assert decision.chosen == picture(FANART, likes=2)
    assert [one.why_not[: len(why)] for one in decision.considered] == [why]


def test_a_picture_of_the_season_comes_before_that_of_the_show():
    rules = book_with(ShowFallback="true").rules(ASSETS[SEASON])
    own, shows = picture(TVDB, "de", kind=SEASON), picture(TMDB)
    answers = [answer_to(Question(one.provider, one.kind), offered(one)) for one in (own, shows)]
    decision = decide(ASSETS[SEASON], rules, answers, {})
    assert decision.chosen == own
    assert decision.considered[0].why_not == "a season comes before a poster"
