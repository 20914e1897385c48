"""When the decision of an earlier run stands, and when providers are asked again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.poster.kinds import Kind
from app.poster.planning.recall import asked_digest, recall, standing_rejections
from app.poster.records.candidate import ProviderAnswer, Question
from app.poster.records.journal_entry import AssetRecord, Rejection
from app.poster.records.library import SourceArt
from app.poster.records.reasons import Action, Reason
from app.poster.records.wanted import WantedAsset
from tests.poster.items import episode, film, season, show
from tests.poster.offers import ASSETS, FANART, MANUAL, TMDB, answer_to, book_with, choose, offered, picture

MOMENT = datetime(2026, 11, 29, tzinfo=UTC)
FILM = ASSETS[Kind.POSTER]
BOOK = book_with()
ASKED = asked_digest(FILM, BOOK.rules(FILM))
FOUND = choose(FILM, BOOK, picture(TMDB))
PASSED_OVER = Rejection("/flat.jpg", "the picture is one flat color")


def record(decision=FOUND, asked=ASKED, days: float = 0.5) -> AssetRecord:
    decided = MOMENT - timedelta(days=days)
    return AssetRecord(decision.path, decision, Action.CREATE, Reason.NEW, asked=asked, decided_at=decided)


@pytest.mark.parametrize(
    ("known", "stands"),
    [
        (record(), True),
        (record(days=6.9), True),
        (record(days=14.1), False),
        (record(days=-1), False),
        (record(asked="of other settings"), False),
        (record(replace(FOUND, is_final=False)), False),
        (record(choose(FILM, BOOK, picture(FANART)), days=1.9), True),
        (record(choose(FILM, BOOK, picture(FANART)), days=4.1), False),
        (record(choose(FILM, BOOK), days=0.5), True),
        (record(choose(FILM, BOOK), days=1), False),
        (record(choose(FILM, BOOK, picture(MANUAL))), False),
        (replace(record(days=1.9), rejected=(PASSED_OVER,)), True),
        (replace(record(days=4.1), rejected=(PASSED_OVER,)), False),
        (replace(record(), decided_at=None), False),
        (None, False),
    ],
)
def test_a_decision_stands_while_it_is_young_whole_and_of_the_same_question(known, stands):
    assert recall(known, ASKED, MOMENT) == (known.decision if stands else None)


def wanted_film(**facts) -> WantedAsset:
    return replace(FILM, item=film(**facts))


@pytest.mark.parametrize(
    ("wanted", "is_same"),
    [
        (wanted_film(), True),
        (wanted_film(watched=True), True),
        (wanted_film(labels=("new",)), True),
        (wanted_film(library=replace(FILM.item.library, size=12)), True),
        (wanted_film(title="Aliens"), False),
        (wanted_film(year=1986), False),
        (wanted_film(ids=()), False),
        (wanted_film(resolution="4K"), False),
        (wanted_film(art=(SourceArt(Kind.POSTER, "/thumb/1", "2"),)), False),
        (replace(FILM, kind=Kind.BACKGROUND), False),
    ],
)
def test_everything_that_a_decision_is_made_from_is_in_the_digest(wanted, is_same):
    assert (asked_digest(wanted, BOOK.rules(FILM)) == ASKED) is is_same


@pytest.mark.parametrize(
    "values",
    [
        {"PreferredLanguageOrder": ["en"]},
        {"FavProvider": "fanart"},
        {"WidthHeightFilter": "true"},
        {"tmdb_vote_sorting": "primary"},
        {"SkipAddText": "true"},
        {"UseOriginalTitle": "true"},
        {"DisableOnlineAssetFetch": "true"},
        {"online": frozenset({TMDB})},
    ],
)
def test_every_setting_that_chooses_is_in_the_digest(values):
    assert asked_digest(FILM, book_with(**values).rules(FILM)) != ASKED


def test_a_manual_file_that_appears_is_in_the_digest():
    question = Question(MANUAL, Kind.POSTER)
    nothing = [ProviderAnswer(question)]
    something = [answer_to(question, offered(picture(MANUAL)))]
    rules = BOOK.rules(FILM)
    assert asked_digest(FILM, rules, nothing) != asked_digest(FILM, rules, something)
    assert asked_digest(FILM, rules, nothing) == asked_digest(FILM, rules, [ProviderAnswer(question)])


def test_a_new_episode_changes_nothing_for_its_neighbours():
    first, second = episode(1, 1), episode(1, 2)
    few, many = season(1, first), season(1, first, second)
    for wanted in (ASSETS[Kind.SEASON], ASSETS[Kind.TITLE_CARD]):
        rules = BOOK.rules(wanted)
        before = replace(wanted, season=few, item=show(seasons=(few,)))
        after = replace(wanted, season=many, item=show(seasons=(many,)))
        assert asked_digest(before, rules) == asked_digest(after, rules)


def test_assets_of_one_run_grow_old_at_different_times():
    ages = [timedelta(days=days) for days in range(7, 15)]
    decisions = [replace(FOUND, path=f"Movies/{number}/poster.jpg") for number in range(400)]
    alive = [
        sum(recall(record(one, days=age.days), ASKED, MOMENT) is not None for one in decisions)
        for age in ages
    ]
    assert alive[0] == 400
    assert alive[-1] == 0
    assert all(before - after < 100 for before, after in zip(alive, alive[1:], strict=False))


def test_a_candidate_that_was_of_no_use_gets_another_chance_later():
    known = replace(record(days=1), rejected=(PASSED_OVER,))
    assert standing_rejections(known, MOMENT) == (PASSED_OVER,)
    assert standing_rejections(known, MOMENT + timedelta(days=2)) == ()
    assert standing_rejections(None, MOMENT) == ()
