from app.core.modes import command_line
from app.core.senders import read_arr, read_tautulli
from app.core.triggers.consumption import script_arguments
from tests.payloads import make_radarr, make_sonarr, make_tautulli


def test_the_script_is_told_each_line_as_a_name_and_a_value():
    (event,) = read_arr(make_radarr(movieFile=None))
    assert script_arguments(event) == [
        *("-arr_platform", "Radarr"),
        *("-arr_movie_title", "Alien"),
        *("-arr_movie_tmdb", "348"),
        *("-arr_movie_imdb", "tt0078748"),
        *("-arr_movie_year", "1979"),
        *("-arr_movie_path", "/movies/Alien (1979)"),
    ]


def test_the_name_of_the_event_is_no_argument():
    (event,) = read_arr(make_sonarr())
    assert ("event", "Download") in event.fields
    assert "-event" not in script_arguments(event) and "Download" not in script_arguments(event)


def test_an_item_of_plex_is_told_with_its_keys():
    (event,) = read_tautulli(make_tautulli(mediatype="season", parentratingkey="12"))
    assert script_arguments(event) == ["-RatingKey", "1234", "-mediatype", "season", "-parentratingkey", "12"]


def test_the_kind_of_the_event_is_the_mode_of_its_run():
    (event,) = read_tautulli(make_tautulli())
    words = command_line("/opt/Posterizarr.ps1", event.kind, script_arguments(event))
    assert words == ["pwsh", "-File", "/opt/Posterizarr.ps1", "-Tautulli", *script_arguments(event)]
    (event,) = read_arr(make_radarr())
    words = command_line("/opt/Posterizarr.ps1", event.kind, script_arguments(event))
    assert words[3:6] == ["-ArrTrigger", "-arr_platform", "Radarr"]
