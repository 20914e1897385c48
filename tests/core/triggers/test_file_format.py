import os
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from app.core.errors import Invalid
from app.core.senders import Ignored, read_arr, read_tautulli
from app.core.triggers.file_format import LARGEST_FILE, content, read_trigger, trigger_file_name
from tests.payloads import make_import_complete, make_movie, make_radarr, make_sonarr, make_tautulli

MOMENT = datetime(2025, 12, 6, 12, 0, 0, 123_456, ZoneInfo("Europe/Berlin"))


def only(reading):
    (event,) = reading
    return event


@pytest.fixture
def file_of(tmp_path):
    def write(text, name="recently_added_20251206120000123_a1b2c3.posterizarr"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_the_name_of_a_file_is_that_of_upstream():
    arr, item = only(read_arr(make_radarr())), only(read_tautulli(make_tautulli()))
    assert trigger_file_name(arr, MOMENT, "a1b2c3") == "recently_added_20251206120000123_a1b2c3.posterizarr"
    assert (
        trigger_file_name(item, MOMENT, "f0e1d2") == "tautulli_trigger_20251206120000123_f0e1d2.posterizarr"
    )


def test_the_name_tells_milliseconds_with_all_their_digits():
    event = only(read_arr(make_radarr()))
    assert "_20251206120000007_" in trigger_file_name(event, MOMENT.replace(microsecond=7_999), "a1b2c3")


def test_the_lines_are_those_of_the_contract():
    folder = "/movies/Alien (1979)"
    movie = make_movie(folderPath=folder)
    payload = make_radarr(movie=movie, movieFile={"id": 7, "relativePath": "Alien.mkv", "path": "/dl/x.mkv"})
    assert content(only(read_arr(payload))).decode() == (
        "[arr_platform]: Radarr\n"
        "[event]: Download\n"
        "[arr_movie_title]: Alien\n"
        "[arr_movie_tmdb]: 348\n"
        "[arr_movie_imdb]: tt0078748\n"
        "[arr_movie_year]: 1979\n"
        "[arr_movie_path]: /movies/Alien (1979)\n"
        "[arr_moviefile_path]: /movies/Alien (1979)/Alien.mkv\n"
        "[arr_moviefile_id]: 7\n"
    )
    assert content(only(read_tautulli(make_tautulli()))) == b"[RatingKey]: 1234\n[mediatype]: movie\n"


@pytest.mark.parametrize(
    "payload", [make_sonarr(), make_sonarr("2.0.0"), make_import_complete(), make_radarr("0.2.0")]
)
def test_an_event_is_read_back_as_it_was(payload, file_of):
    event = only(read_arr(payload))
    assert read_trigger(file_of(content(event))) == event


def test_an_item_of_plex_is_read_back_as_it_was(file_of):
    event = only(read_tautulli(make_tautulli(mediatype="season", parentratingkey="12")))
    assert read_trigger(file_of(content(event))) == event


def test_a_file_of_the_shell_script_is_understood(file_of):
    text = (
        "[arr_episode_numbers]: 3,1,2\n[arr_series_title]: Dark\n[arr_platform]: Sonarr\n[event]: Download\n"
        "[arr_series_tvdb]: 334824\n[arr_sonarr_series_year]: 2017\n[arr_episode_season]: 1\n"
        "[arr_series_path]: /tv/Dark\n[arr_episode_titles]: c|a|b\n[arr_series_imdb]: \n"
    )
    event = read_trigger(file_of(text))
    assert event.identity == only(read_arr(make_sonarr())).identity
    assert (event.episodes, event.year, event.ids) == ((1, 2, 3), 2017, {"tvdb": "334824"})
    assert dict(event.fields)["arr_episode_numbers"] == "3,1,2"


def test_a_file_of_upstreams_webhook_is_understood(file_of):
    text = (
        "[arr_platform]: Radarr\n[event]: Download\n[arr_movie_title]: Alien\n[arr_movie_tmdb]: 0\n"
        "[arr_movie_imdb]: None\n[arr_movie_year]: None\n[arr_movie_path]: \n"
    )
    event = read_trigger(file_of(text))
    assert (event.ids, event.year, event.folder) == ({}, None, None)
    assert event.identity == "Radarr:title:alien:"
    assert [key for key, _ in event.fields] == ["arr_platform", "event", "arr_movie_title"]


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("[RatingKey]: 1234\n[mediatype]: movie\n", "Tautulli:movie:1234"),
        ("[mediatype]: season\n[parentratingkey]: 77\n", "Tautulli:season:77"),
        ("[mediatype]: Show\r\n[RatingKey]: 5\r\n[title]: x\r\n", "Tautulli:show:5"),
    ],
)
def test_a_file_of_tautullis_script_is_understood(file_of, text, identity):
    assert read_trigger(file_of(text)).identity == identity


def test_a_file_of_windows_is_understood(file_of):
    lines = "\ufeff[arr_platform]: Radarr\r\n\r\n[arr_movie_title]: Léon\r\nno line at all\r\n"
    assert read_trigger(file_of(lines)).title == "Léon"


def test_what_looks_like_the_end_of_a_key_is_part_of_the_title(file_of):
    event = read_trigger(file_of("[arr_platform]: Radarr\n[arr_movie_title]: [REC]: Genesis [x]: y\n"))
    assert (event.title, event.fields[0]) == ("[REC] : Genesis [x] : y", ("arr_platform", "Radarr"))


def test_what_others_write_is_made_harmless(file_of):
    text = (
        "[arr_platform]: Sonarr\n[arr_series_title]: -Force\x1b[2J\u2028x\n[-evil]: 1\n[arr_x y]: 2\n"
        "[arr_series_path]: ../..\n[arr_series_tvdb]: $(id)\n[arr_episode_season]: one\n"
    )
    event = read_trigger(file_of(text))
    assert dict(event.fields) == {
        "arr_platform": "Sonarr",
        "arr_series_title": "Force [2J x",
        "arr_series_path": "../..",
    }
    assert event.season is None


def test_a_sender_that_nobody_knows_is_none(file_of):
    event = read_trigger(file_of("[arr_platform]: Otherarr\n[arr_series_title]: Dark\n"))
    assert (event.sender, event.identity) == ("", "Otherarr:title:dark:")
    assert read_trigger(file_of("[arr_series_title]: Dark\n")).identity == "Arr:title:dark:"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nothing\n",
        "[arr_platform]: Sonarr\n",
        "arr_ somewhere\n",
        "[RatingKey]: 1; id\n[mediatype]: movie\n",
        "[RatingKey]: 1\n",
        "[mediatype]: movie\n",
        b"\xff\xfe\x00",
    ],
)
def test_a_file_that_tells_no_item_is_refused(file_of, text):
    with pytest.raises(Invalid):
        read_trigger(file_of(text))


@pytest.mark.parametrize(
    "event", ["Grab", "Rename", "EpisodeFileDelete", "SeriesAdd", "MovieFileDelete", "HealthIssue"]
)
def test_a_file_about_anything_but_an_import_asks_for_nothing(file_of, event):
    lines = f"[event]: {event}\n[arr_platform]: Sonarr\n[arr_series_title]: \n"
    assert read_trigger(file_of(lines)) == Ignored(f"Ignored event type: {event}")
    assert read_trigger(file_of(lines + "[arr_series_tvdb]: 334824\n")).message.endswith(event)


def test_an_event_that_nobody_knows_counts_as_an_import(file_of):
    event = read_trigger(file_of("[event]: Import\n[arr_series_tvdb]: 334824\n"))
    assert (event.name, event.ids) == ("Import", {"tvdb": "334824"})


def test_a_file_about_music_asks_for_nothing(file_of):
    lines = "[RatingKey]: 1\n[mediatype]: Track\n"
    assert read_trigger(file_of(lines)) == Ignored("Ignored media type: track")


def test_a_season_that_no_database_can_hold_is_not_told(file_of):
    event = read_trigger(file_of("[arr_series_tvdb]: 1\n[arr_episode_season]: 99999999999\n"))
    assert event.season is None and event.identity == "Arr:tvdb:1"


def test_a_file_without_end_is_not_read(file_of):
    with pytest.raises(Invalid, match="too large"):
        read_trigger(file_of(b"[arr_movie_title]: " + b"x" * LARGEST_FILE))


def test_nothing_but_a_regular_file_is_read(tmp_path, file_of):
    link, pipe = tmp_path / "link.posterizarr", tmp_path / "pipe.posterizarr"
    link.symlink_to(file_of("[arr_movie_title]: Alien\n"))
    os.mkfifo(pipe)
    for path in (link, pipe, tmp_path):
        with pytest.raises(Invalid, match="no regular file"):
            read_trigger(path)


def test_a_file_that_is_gone_is_no_refusal(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_trigger(tmp_path / "gone.posterizarr")
