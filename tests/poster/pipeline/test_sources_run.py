"""Runs of the script over each source, end to end: which of the source's pictures became which file."""

import pytest

from app.poster.script.exits import ExitCode
from tests.doubles.coded_pictures import code_of, read_code
from tests.doubles.loopback import serving
from tests.doubles.media_world import FILM, MediaItem, MediaLibrary
from tests.doubles.scripted import answering
from tests.poster.pipeline.media import contents, made
from tests.poster.pipeline.site import Site
from tests.poster.program import read_log

SOURCES = ("Plex", "Jellyfin", pytest.param("Emby", marks=pytest.mark.slow), "Folder")
EXPORTS = {
    True: ("PlexLibexport.csv", "PlexEpisodeExport.csv"),
    False: ("OtherMediaServerLibExport.csv", "OtherMediaServerEpisodeExport.csv"),
}
ART = {
    "Movies/Alien (1979)/poster.jpg": "alien-server-poster.jpg",
    "Movies/Alien (1979)/background.jpg": "alien-server-background.jpg",
    "TV Shows/Dark (2017)/poster.jpg": "dark-server-poster.jpg",
    "TV Shows/Dark (2017)/background.jpg": "dark-server-background.jpg",
    "TV Shows/Dark (2017)/Season00.jpg": "dark-server-season-0.jpg",
    "TV Shows/Dark (2017)/Season01.jpg": "dark-server-season-1.jpg",
    "TV Shows/Dark (2017)/Season02.jpg": "dark-server-season-2.jpg",
    "TV Shows/Dark (2017)/S01E01.jpg": "dark-server-still-1.jpg",
}
# Episodes without a still get the show's background.
CARDS = [f"TV Shows/Dark (2017)/{name}.jpg" for name in ("S00E01", "S01E02", "S02E01")]


@pytest.fixture(params=SOURCES)
def site(request, tmp_path):
    made = Site(request.param, tmp_path / "data", tmp_path / "media")
    if made.double is None:
        yield made
    else:
        with serving(made.double):
            yield made


@pytest.fixture
def plex(tmp_path):
    made = Site("Plex", tmp_path / "data", tmp_path / "media")
    with serving(made.double):
        yield made


def shown(data):
    """The code of the picture in each made file."""
    return {name: read_code(content) for name, content in contents(data).items()}


def test_a_full_run_gives_each_file_its_own_picture_and_exports_the_libraries(site):
    result = site.run()
    assert result.returncode == ExitCode.DONE, result.stdout
    expected = {**ART, **dict.fromkeys(CARDS, "dark-server-background.jpg")}
    assert shown(site.data) == {name: code_of(art) for name, art in expected.items()}
    library, episodes = (site.data / "Logs" / name for name in EXPORTS[site.name == "Plex"])
    names = [line.split(";")[0] for line in library.read_text("utf-8").splitlines()[1:]]
    assert names == ['"Movies"', '"TV Shows"']
    assert len(episodes.read_text("utf-8").splitlines()) == 1 + 3


def test_a_run_for_an_import_makes_exactly_its_episode_and_exports_nothing(plex):
    series = ("-arr_series_title", "Other words", "-arr_series_tvdb", "334824")
    episode = ("-arr_episode_season", "1", "-arr_episode_numbers", "1")
    result = plex.run("-ArrTrigger", "-arr_platform", "Sonarr", *series, *episode)
    assert result.returncode == ExitCode.DONE, result.stdout
    names = ("S01E01", "Season01", "background", "poster")
    assert made(plex.data) == [f"TV Shows/Dark (2017)/{name}.jpg" for name in names]
    assert not list((plex.data / "Logs").glob("*xport.csv"))


@pytest.mark.slow
def test_libraries_share_no_file_and_fail_alone_and_a_folder_has_one_owner_in_every_run(plex):
    movies, shows = plex.world.libraries
    other = MediaItem(FILM, "Alien again", 1979, "/kids/Alien (1979)/a.mkv", poster="again-poster.jpg")
    movies.items.append(MediaItem(FILM, "3D", 1979, "/movies/Alien (1979)/3d.mkv", poster="3d-poster.jpg"))
    plex.world.libraries.append(MediaLibrary("Kids", FILM, ("/kids",), [other]))
    plex.world.number()
    plex.double.misbehave(f"/library/sections/{shows.key}/all", answering(500), always=True)
    assert plex.run().returncode == ExitCode.SOME_PICTURES_FAILED
    assert "The listing of TV Shows is incomplete" in read_log(plex.data, "Scriptlog.log")
    first = contents(plex.data)
    assert shown(plex.data) == {
        "Kids/Alien (1979)/poster.jpg": code_of("again-poster.jpg"),
        "Movies/Alien (1979)/poster.jpg": code_of("alien-server-poster.jpg"),
        "Movies/Alien (1979)/background.jpg": code_of("alien-server-background.jpg"),
    }
    movies.items.reverse()
    plex.run()
    assert contents(plex.data) == first


def test_a_wrong_address_ends_the_run_at_once_with_what_to_check(plex):
    assert plex.run(PlexUrl="http://127.0.0.1:9").returncode == ExitCode.BAD_CONFIGURATION
    words = "check that 127.0.0.1:9 can be reached from here, or correct PlexPart.PlexUrl"
    assert words in read_log(plex.data, "Scriptlog.log")
    plex.double.misbehave("/", answering(400))
    plex.run()
    assert "; check PlexPart.PlexUrl" in read_log(plex.data, "Scriptlog.log")
    plex.run(LibstoExclude=["Movies", "TV Shows"])
    assert "take one out of that list" in read_log(plex.data, "Scriptlog.log")
