"""The rows of ImageChoices.csv, and what the server makes of them."""

import pytest

from app.core.choices.importing import import_if_changed
from app.poster.choosing.rows import choice_row
from app.poster.kinds import Kind
from app.poster.records.candidate import Lettered
from app.poster.records.ids import Authority, Medium, ProviderId
from app.poster.records.journal_entry import AssetRecord, DrawnFacts
from app.poster.records.reasons import Action, Reason
from app.poster.records.wanted import WantedAsset
from app.poster.script.choices import COLUMNS, Choices
from tests.choices import by_column, stored
from tests.poster.items import film, show
from tests.poster.offers import ASSETS, BESIDE, MANUAL, TMDB, TVDB, book_with, choose, picture

POSTER, SEASON, BACKGROUND, CARD = Kind.POSTER, Kind.SEASON, Kind.BACKGROUND, Kind.TITLE_CARD
IDS = (
    ProviderId(Authority.TMDB, Medium.SHOW, "1"),
    ProviderId(Authority.TMDB, Medium.FILM, "348"),
    ProviderId(Authority.IMDB, Medium.FILM, "tt0078748"),
    ProviderId(Authority.TVDB, Medium.EPISODE, "99"),
)


def record(decision, truncated: bool = False) -> AssetRecord:
    return AssetRecord(
        decision.path, decision, Action.CREATE, Reason.NEW, drawn=DrawnFacts(truncated=truncated)
    )


def row(kind: Kind, *candidates, **values) -> dict[str, str]:
    return choice_row(record(choose(ASSETS[kind], book_with(**values), *candidates)))


def cells(found: dict[str, str], *columns: str) -> tuple[str, ...]:
    return tuple(found[column] for column in columns)


FACTS = ("Title", "Type", "Language", "Fallback", "Download Source", "Manual")


@pytest.mark.parametrize(
    ("kind", "candidate", "values", "expected"),
    [
        (
            POSTER,
            picture(),
            {},
            ("Alien", "Movie", "Textless", "false", "/TMDB-poster-textless.jpg", "false"),
        ),
        (POSTER, picture(TVDB, "de"), {}, ("Alien", "Movie", "de", "true", "/TVDB-poster-de.jpg", "false")),
        (POSTER, None, {}, ("Alien", "Movie", "false", "false", "false", "false")),
        (
            POSTER,
            picture(MANUAL, address="/manual/poster.png"),
            {},
            ("Alien", "Movie", "false", "false", "/manual/poster.png", "true"),
        ),
        (
            BACKGROUND,
            picture(kind=BACKGROUND),
            {},
            ("Alien", "Movie Background", "Textless", "false", "/TMDB-background-textless.jpg", "false"),
        ),
        (
            SEASON,
            picture(),
            {"ShowFallback": "true"},
            ("Dark | Season 1", "Season", "Textless", "True-Show", "/TMDB-poster-textless.jpg", "false"),
        ),
        (
            CARD,
            picture(kind=BACKGROUND),
            {},
            (
                "S01E01 | Secrets",
                "Episode",
                "Textless",
                "True-Background",
                "/TMDB-background-textless.jpg",
                "false",
            ),
        ),
    ],
)
def test_a_row_follows_from_the_record_alone(kind, candidate, values, expected):
    found = row(kind, *([candidate] if candidate else []), **values)
    assert tuple(found) == COLUMNS
    assert cells(found, *FACTS) == expected


def test_a_row_has_the_ids_of_the_film_and_no_others():
    wanted = WantedAsset(POSTER, film(ids=IDS), "Movies/Alien (1979)/poster.jpg")
    found = choice_row(record(choose(wanted, book_with(), picture())))
    assert cells(found, "tmdbid", "tvdbid", "imdbid") == ("348", "false", "tt0078748")
    wanted = WantedAsset(POSTER, show(ids=IDS), "TV/Dark (2017)/poster.jpg")
    found = choice_row(record(choose(wanted, book_with(), picture())))
    assert cells(found, "Type", "tmdbid", "tvdbid", "imdbid") == ("Show", "1", "false", "false")


def test_a_language_whose_region_the_user_named_is_written_with_it():
    found = row(POSTER, picture(TMDB, "fr-CA"), PreferredLanguageOrder=["fr-CA"])
    assert found["Language"] == "fr-CA"
    assert row(POSTER, picture(TMDB, "fr-CA"), PreferredLanguageOrder=["fr"])["Language"] == "fr"


def test_a_picture_of_unknown_language_leaves_the_cell_blank():
    found = row(POSTER, picture(BESIDE, lettered=Lettered.UNKNOWN))
    assert cells(found, "Language", "Fallback") == ("", "true")


def test_the_server_reads_back_exactly_what_was_written(machine):
    decisions = [
        choose(ASSETS[kind], book_with(), picture(kind=kind), picture(TVDB, "de", kind)) for kind in ASSETS
    ]
    rows = [choice_row(record(decision, truncated=True)) for decision in decisions]
    machine.paths.logs.mkdir(parents=True, exist_ok=True)
    choices = Choices(machine.paths.logs / "ImageChoices.csv")
    choices.begin()
    for one in rows:
        choices.add(one)
    assert import_if_changed(machine.database, machine.paths) == len(rows)
    read = [{column: one[column] for column in by_column(rows[0])} for one in stored(machine)]
    assert read == [by_column(one) for one in rows]
