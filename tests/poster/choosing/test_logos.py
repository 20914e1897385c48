"""Logos in place of titles: which one, when one is looked for, and what follows where none serves."""

import pytest

from app.poster.choosing.asking import next_question
from app.poster.kinds import Kind
from app.poster.records.candidate import ProviderAnswer, ProviderName, Question
from app.poster.records.reasons import Reason
from tests.poster.offers import ASSETS, FANART, MANUAL, TMDB, TVDB, ask_all, book_with, choose, picture

POSTER, LOGO, CLEAR_ART = Kind.POSTER, Kind.LOGO, Kind.CLEAR_ART
FILM = ASSETS[POSTER]
ON = {"UseLogo": "true"}


def logo(provider=TMDB, language: str = "en", kind: Kind = LOGO, **facts):
    return picture(provider, language, kind, **facts)


def asked_for_logos(wanted, *candidates, **values) -> list[tuple[ProviderName, Kind]]:
    rules = book_with(**values).rules(wanted)
    offers = {(one.provider, one.kind): [one] for one in candidates}
    questions = [answer.question for answer in ask_all(wanted, rules, offers)]
    return [(one.provider, one.kind) for one in questions if one.kind in (LOGO, CLEAR_ART)]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        (ON, [(TMDB, LOGO), (FANART, LOGO), (TVDB, LOGO)]),
        ({**ON, "FavProvider": "tvdb"}, [(TVDB, LOGO), (TMDB, LOGO), (FANART, LOGO)]),
        ({**ON, "UseClearlogo": "true"}, [(TMDB, LOGO), (FANART, LOGO), (TVDB, LOGO)]),
        ({**ON, "UseClearart": "true"}, [(FANART, CLEAR_ART), (TVDB, CLEAR_ART)]),
        (
            {**ON, "UseClearart": "true", "UseClearlogo": "true"},
            [(TMDB, LOGO), (FANART, LOGO), (TVDB, LOGO), (FANART, CLEAR_ART), (TVDB, CLEAR_ART)],
        ),
        ({**ON, "DisableOnlinePosterFetch": "true"}, []),
        ({**ON, "ImageProcessing": "false"}, []),
        ({**ON, "PosterOverlayPart__AddText": "false"}, []),
    ],
)
def test_logos_are_asked_for_where_a_title_would_be_drawn(values, expected):
    assert asked_for_logos(FILM, picture(MANUAL), **values) == expected
    assert asked_for_logos(FILM, **values) == [], "nobody is asked for the logo of no poster"


def test_each_kind_has_its_switch_and_seasons_have_text():
    values = {"UseBGLogo": "true"}
    for kind, wanted in ASSETS.items():
        found = asked_for_logos(wanted, picture(MANUAL, kind=kind), **values)
        assert bool(found) is (kind is Kind.BACKGROUND)


def test_a_picture_that_shows_its_title_gets_no_logo():
    lettered = picture(TMDB, "en")
    values = {**ON, "SkipAddText": "true"}
    assert choose(FILM, book_with(**values), lettered, logo()).logo is None
    assert choose(FILM, book_with(**ON), lettered, logo()).logo == logo()


@pytest.mark.parametrize(
    ("languages", "seen", "best"),
    [
        (["en", "de"], [logo(language="de"), logo(FANART, "en")], logo(FANART, "en")),
        (["en"], [logo(language="en", votes=1), logo(language="en", votes=7, address="/b")], "/b"),
        (["de"], [logo(FANART, "", likes=60), logo(FANART, "de", likes=1)], logo(FANART, "de", likes=1)),
        (["de"], [logo(FANART, "", likes=60), logo(FANART, "ja", likes=90)], logo(FANART, "", likes=60)),
        (["de"], [logo(FANART, "ja", likes=90)], None),
    ],
)
def test_languages_go_before_likes_and_logos_without_one_come_last(languages, seen, best):
    decision = choose(FILM, book_with(**ON, LogoLanguageOrder=languages), picture(), *seen)
    found = decision.logo and (decision.logo.address if isinstance(best, str) else decision.logo)
    assert found == best


def test_logos_are_never_too_small():
    tiny = logo(width=400, height=155)
    assert choose(FILM, book_with(**ON, WidthHeightFilter="true"), picture(), tiny).logo == tiny


def test_a_logo_that_cannot_be_drawn_gives_way_to_the_next():
    broken, sound = logo(address="broken", votes=9), logo(FANART)
    decision = choose(FILM, book_with(**ON), picture(), broken, sound, broken="the logo is transparent")
    assert (decision.chosen, decision.logo) == (picture(), sound)
    assert [(one.candidate, one.why_not) for one in decision.considered] == [
        (broken, "the logo is transparent")
    ]
    assert "a logo of Fanart in en stands in place of the title" in decision.notes


def test_without_a_logo_the_title_is_text_where_that_is_allowed():
    decision = choose(FILM, book_with(**ON, LogoTextFallback="true"), picture())
    assert (decision.chosen, decision.logo, decision.treatment.with_text) == (picture(), None, True)
    assert "no usable logo was found: the title is drawn as text" in decision.notes


def test_a_poster_is_never_made_without_any_title():
    decision = choose(FILM, book_with(**ON), picture())
    assert (decision.chosen, decision.reason) == (None, Reason.NOTHING_FOUND)
    assert decision.notes == (
        "no usable logo was found; set LogoTextFallback to true to have the title drawn as text",
    )
    assert [one.why_not for one in decision.considered] == ["no usable logo was found to stand for its title"]


def test_logos_that_lost_have_their_reasons_too():
    book = book_with(**ON)
    decision = choose(FILM, book, picture(), logo(votes=5), logo(votes=1, address="/b"), logo(language="ja"))
    assert {one.candidate.address: one.why_not for one in decision.considered} == {
        "/b": "the chosen one is rated higher",
        "/TMDB-logo-ja.jpg": "its language ja is not in the list en, de",
    }


def test_nothing_more_is_asked_once_picture_and_logo_are_known():
    rules = book_with(**ON).rules(FILM)
    answers = [
        ProviderAnswer(Question(MANUAL, POSTER)),
        ProviderAnswer(Question(TMDB, POSTER), (picture(),)),
    ]
    assert next_question(FILM, rules, answers, {}) == Question(TMDB, LOGO)
    answers.append(ProviderAnswer(Question(TMDB, LOGO), (logo(),)))
    assert next_question(FILM, rules, answers, {}) is None
