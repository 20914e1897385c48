"""Runs for one event make exactly what was imported."""

import pytest

from app.poster.pipeline.triggered_run import arr_event, tautulli_event
from app.poster.records.ids import Authority, Medium, ProviderId
from app.poster.records.import_event import ImportEvent
from app.poster.script.arguments import parse
from app.poster.script.exits import ExitCode, HandledExit
from tests.poster.pipeline.media import add_film, add_show, configure, made, run_over

RADARR = ("-ArrTrigger", "-arr_platform", "Radarr")
SONARR = ("-ArrTrigger", "-arr_platform", "Sonarr")


def arr(*words: str) -> ImportEvent:
    return arr_event(parse(["-ArrTrigger", *words]))


def test_radarr_tells_ids_title_year_and_paths():
    told = arr(
        *("-arr_platform", "Radarr", "-arr_movie_title", " -Alien", "-arr_movie_tmdb", "348"),
        *(
            "-arr_movie_imdb",
            "tt0078748",
            "-arr_movie_year",
            "1979",
            "-arr_movie_path",
            "/movies/Alien (1979)",
        ),
    )
    assert told == ImportEvent(
        Medium.FILM,
        title="-Alien",
        year=1979,
        ids=(
            ProviderId(Authority.TMDB, Medium.FILM, "348"),
            ProviderId(Authority.IMDB, Medium.FILM, "tt0078748"),
        ),
        path="/movies/Alien (1979)",
    )


def test_sonarr_tells_the_season_and_all_episodes():
    told = arr(
        *("-arr_platform", "Sonarr", "-arr_series_title", "Dark", "-arr_series_tvdb", "334824"),
        *("-arr_episode_season", "0", "-arr_episode_numbers", "1,3, 4", "-arr_series_imdb", "None"),
    )
    assert (told.medium, told.season, told.episodes) == (Medium.SHOW, 0, (1, 3, 4))
    assert told.ids == (ProviderId(Authority.TVDB, Medium.SHOW, "334824"),)


@pytest.mark.parametrize(
    ("words", "key", "part", "medium"),
    [
        (("movie", "-RatingKey", "7"), "7", "", Medium.FILM),
        (("show", "-RatingKey", "7"), "7", "", Medium.SHOW),
        (("season", "-RatingKey", "8", "-parentratingkey", "7"), "7", "8", Medium.SHOW),
        (
            ("episode", "-RatingKey", "9", "-parentratingkey", "8", "-grandparentratingkey", "7"),
            "7",
            "9",
            Medium.SHOW,
        ),
    ],
)
def test_tautulli_names_the_film_or_show_and_the_part_of_it(words, key, part, medium):
    told = tautulli_event(parse(["-Tautulli", "-mediatype", *words]))
    assert (told.key, told.part_key, told.medium) == (key, part, medium)


@pytest.mark.parametrize(
    ("read", "words", "complaint"),
    [
        (arr_event, ["-ArrTrigger"], "title, an id or a path"),
        (arr_event, ["-ArrTrigger", "-arr_platform", "Radarr", "-arr_movie_tmdb", "0"], "title"),
        (tautulli_event, ["-Tautulli", "-mediatype", "track", "-RatingKey", "1"], "movie, show"),
        (tautulli_event, ["-Tautulli", "-mediatype", "season", "-RatingKey", "1"], "parentratingkey"),
    ],
)
def test_an_event_that_names_nothing_is_refused(read, words, complaint):
    with pytest.raises(HandledExit, match=complaint) as refused:
        read(parse(words))
    assert refused.value.code is ExitCode.BAD_ARGUMENTS


@pytest.fixture
def media(tmp_path):
    folder = tmp_path / "media"
    add_film(folder, "Nosferatu (1922)")
    add_film(folder, "Nosferatu (1979)")
    add_show(folder, "Dark (2017)", {"S01E01": "Secrets", "S01E02": "Lies", "S02E01": "Beginnings"})
    configure(tmp_path / "data", TitleCards="true")
    return folder


def test_a_film_gets_its_pictures_and_no_other_film_does(tmp_path, media):
    words = ("-arr_movie_title", "Nosferatu", "-arr_movie_year", "1979")
    result = run_over(tmp_path / "data", media, *RADARR, *words)
    assert result.returncode == ExitCode.DONE, result.stdout
    assert made(tmp_path / "data") == ["Movies/Nosferatu (1979)/poster.jpg"]


def test_episodes_get_their_cards_with_season_and_show(tmp_path, media):
    words = ("-arr_series_title", "Dark", "-arr_episode_season", "1", "-arr_episode_numbers", "2")
    run_over(tmp_path / "data", media, *SONARR, *words)
    assert made(tmp_path / "data") == [
        f"TV/Dark (2017)/{name}.jpg" for name in ("S01E02", "Season01", "poster")
    ]


def test_a_title_that_fits_twice_or_nowhere_is_no_item(tmp_path, media):
    for title in ("Nosferatu", "Metropolis"):
        result = run_over(tmp_path / "data", media, *RADARR, "-arr_movie_title", title)
        assert result.returncode == ExitCode.FAILED
        assert title in result.stderr and "scan the library" in result.stderr
    result = run_over(tmp_path / "data", media, "-Tautulli", "-mediatype", "movie", "-RatingKey", "7")
    assert "set UsePlex to true" in result.stderr
    assert made(tmp_path / "data") == []


@pytest.mark.parametrize(("switch", "is_made_again"), [("true", False), ("false", True)])
def test_what_is_there_is_made_again_only_where_the_setting_asks(tmp_path, media, switch, is_made_again):
    data = tmp_path / "data"
    words = (*RADARR, "-arr_movie_title", "Nosferatu", "-arr_movie_year", "1979")
    configure(data, FileTestOnTrigger=switch)
    run_over(data, media, *words)
    before = (data / "assets" / "Movies" / "Nosferatu (1979)" / "poster.jpg").stat().st_mtime_ns
    result = run_over(data, media, *words)
    after = (data / "assets" / "Movies" / "Nosferatu (1979)" / "poster.jpg").stat().st_mtime_ns
    assert ("asked for by name" in result.stdout) is is_made_again
    assert (after != before) is is_made_again
