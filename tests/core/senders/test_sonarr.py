import pytest

from app.core.errors import Invalid
from app.core.senders import read_arr
from app.core.senders.sonarr import MOST_EPISODES, MOST_SEASONS
from tests.payloads import (
    DOWNLOADS,
    EPISODE_FILE,
    SERIES_FOLDER,
    SONARR_VERSIONS,
    make_episode,
    make_episode_file,
    make_import_complete,
    make_series,
    make_sonarr,
    since,
)


def only(payload):
    (event,) = read_arr(payload)
    return event


def lines(payload):
    return dict(only(payload).fields)


@pytest.mark.parametrize("version", SONARR_VERSIONS)
@pytest.mark.parametrize("upgrade", [False, True])
def test_every_version_tells_series_season_episode_and_the_file_in_the_library(version, upgrade):
    payload = make_sonarr(version, isUpgrade=upgrade, deletedFiles=[make_episode_file()] if upgrade else None)
    event = only(payload)
    assert (event.sender, event.kind, event.name) == ("Sonarr", "arr", "Download")
    assert (event.identity, event.title, event.folder) == (
        "Sonarr:tvdb:334824:season:1",
        "Dark",
        SERIES_FOLDER,
    )
    assert (event.season, event.episodes) == (1, (1,))
    told = dict(event.fields)
    assert told["arr_episode_path"] == f"{SERIES_FOLDER}/{EPISODE_FILE}"
    assert told["event"] == "Download"


def test_the_lines_have_the_names_and_the_order_of_the_contract():
    assert only(make_sonarr()).fields == (
        ("arr_platform", "Sonarr"),
        ("event", "Download"),
        ("arr_series_title", "Dark"),
        ("arr_series_tvdb", "334824"),
        ("arr_series_path", SERIES_FOLDER),
        ("arr_series_imdb", "tt5753856"),
        ("arr_episode_season", "1"),
        ("arr_episode_numbers", "1"),
        ("arr_episode_titles", "Part 1"),
        ("arr_episode_path", f"{SERIES_FOLDER}/{EPISODE_FILE}"),
        ("arr_sonarr_series_year", "2017"),
        ("arr_series_tmdb", "70523"),
    )


@pytest.mark.parametrize("version", SONARR_VERSIONS)
def test_year_and_ids_are_kept_from_the_version_on_that_tells_them(version):
    event, told = only(make_sonarr(version)), lines(make_sonarr(version))
    assert event.year == (2017 if since(version, 4) else None)
    assert ("arr_sonarr_series_year" in told) is since(version, 4)
    assert event.ids.get("tmdb") == ("70523" if since(version, 4, 0, 6) else None)
    assert event.ids.get("imdb") == ("tt5753856" if since(version, 3) else None)


def test_what_is_unknown_is_absent():
    series = make_series(tvdbId=0, tmdbId=0, imdbId="", year=0)
    event = only(make_sonarr(series=series, episodeFile=None))
    assert (event.ids, event.year) == ({}, None)
    assert [key for key, _ in event.fields] == [
        "arr_platform",
        "event",
        "arr_series_title",
        "arr_series_path",
        "arr_episode_season",
        "arr_episode_numbers",
        "arr_episode_titles",
    ]
    assert event.identity == "Sonarr:title:dark::season:1"


def test_null_counts_as_absent_though_no_version_sends_it():
    told = lines(
        make_sonarr() | {"series": {**make_series(), "imdbId": None, "year": None}, "episodeFile": None}
    )
    assert not {"arr_series_imdb", "arr_sonarr_series_year", "arr_episode_path"} & told.keys()
    assert "None" not in told.values()


def test_all_episodes_of_a_file_count_in_order_and_once():
    episodes = [make_episode(3), make_episode(1), make_episode(2), make_episode(1, title="again")]
    event, told = only(make_sonarr(episodes=episodes)), lines(make_sonarr(episodes=episodes))
    assert event.episodes == (1, 2, 3)
    assert told["arr_episode_numbers"] == "1,2,3"
    assert told["arr_episode_titles"] == "Part 1|Part 2|Part 3"


def test_specials_and_an_episode_zero_are_what_they_are():
    event = only(make_sonarr(episodes=[make_episode(0, season=0)]))
    assert (event.season, event.episodes) == (0, (0,))
    assert dict(event.fields)["arr_episode_season"] == dict(event.fields)["arr_episode_numbers"] == "0"
    assert event.identity.endswith(":season:0")


def test_an_episode_without_a_title_leaves_its_place_free():
    untitled = [make_episode(1, title=None), make_episode(2, title="A|B")]
    assert lines(make_sonarr(episodes=untitled))["arr_episode_titles"] == "|A/B"
    assert "arr_episode_titles" not in lines(make_sonarr(episodes=untitled[:1]))


@pytest.mark.parametrize("version", [version for version in SONARR_VERSIONS if since(version, 4, 0, 6)])
def test_import_complete_is_one_event_with_all_episodes(version):
    event = only(make_import_complete(version, episodes=24))
    assert event.episodes == tuple(range(1, 25))
    assert dict(event.fields)["arr_episode_numbers"] == ",".join(map(str, range(1, 25)))
    assert dict(event.fields)["arr_episode_path"] == f"{SERIES_FOLDER}/Season 01/Dark - S01E01.mkv"


def test_import_complete_and_the_download_of_one_file_have_one_identity():
    assert only(make_import_complete()).identity == only(make_sonarr()).identity


def test_a_pack_of_several_seasons_is_an_event_a_season():
    episodes = [make_episode(2, season=2), make_episode(1, season=1), make_episode(1, season=2)]
    events = read_arr(make_import_complete(episodes=0) | {"episodes": episodes})
    assert [(event.season, event.episodes) for event in events] == [(1, (1,)), (2, (1, 2))]
    assert len({event.identity for event in events}) == 2


def test_files_of_several_seasons_are_not_guessed_apart():
    several = make_import_complete(episodes=2) | {"episodes": [make_episode(1), make_episode(1, season=2)]}
    assert all("arr_episode_path" not in dict(event.fields) for event in read_arr(several))


def test_an_import_without_episodes_is_one_of_the_series():
    event = only(make_sonarr(episodes=[]))
    assert (event.season, event.episodes, event.identity) == (None, (), "Sonarr:tvdb:334824")
    assert dict(event.fields)["arr_episode_path"].endswith(EPISODE_FILE)


def test_an_episode_that_is_not_numbered_is_left_out():
    episodes = [make_episode(), {"title": "no number"}, make_episode(seasonNumber=None), {"seasonNumber": 1}]
    assert only(make_sonarr(episodes=episodes)).episodes == (1,)


@pytest.mark.parametrize(
    ("folder", "relative", "expected"),
    [
        ("C:\\TV\\Dark", "Season 01\\a.mkv", "C:\\TV\\Dark\\Season 01\\a.mkv"),
        ("C:\\TV\\Dark\\", "a.mkv", "C:\\TV\\Dark\\a.mkv"),
        ("C:/TV/Dark", "a.mkv", "C:/TV/Dark/a.mkv"),
        ("\\\\nas\\tv\\Dark", "Season 01\\a.mkv", "\\\\nas\\tv\\Dark\\Season 01\\a.mkv"),
        ("/tv/Dark/", "Season 01/a.mkv", "/tv/Dark/Season 01/a.mkv"),
        ("/tv/back\\slash", "a.mkv", "/tv/back\\slash/a.mkv"),
        ("/", "a.mkv", "/a.mkv"),
    ],
)
def test_the_path_is_made_of_the_folder_and_what_lies_below_it(folder, relative, expected):
    file = make_episode_file(relative=relative)
    assert (
        lines(make_sonarr(series=make_series(path=folder), episodeFile=file))["arr_episode_path"] == expected
    )


def test_the_path_of_the_download_is_never_taken():
    old = make_episode_file("3.0.10", relativePath=None)
    assert old["path"].startswith(DOWNLOADS)
    assert "arr_episode_path" not in lines(make_sonarr("3.0.10", episodeFile=old))
    new = make_episode_file(relativePath=None)
    assert lines(make_sonarr(episodeFile=new))["arr_episode_path"] == f"{SERIES_FOLDER}/{EPISODE_FILE}"


@pytest.mark.parametrize("relative", ["../../etc/passwd", "a/../../b", "..\\x", ".."])
def test_a_path_that_leaves_the_folder_is_not_told(relative):
    file = {"id": 1, "relativePath": relative, "path": "/etc/passwd"}
    assert "arr_episode_path" not in lines(make_sonarr(episodeFile=file))


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"series": "Dark"}, "series"),
        ({"series": ["Dark"]}, "series"),
        ({"series": make_series() | {"title": 5}}, "title"),
        ({"series": make_series() | {"title": {"a": 1}}}, "title"),
        ({"series": make_series() | {"tvdbId": "334824"}}, "tvdbId"),
        ({"series": make_series() | {"tvdbId": 1.5}}, "tvdbId"),
        ({"series": make_series() | {"tvdbId": True}}, "tvdbId"),
        ({"series": make_series() | {"tvdbId": 10**15}}, "tvdbId"),
        ({"series": make_series() | {"year": 20170}}, "year"),
        ({"series": make_series() | {"year": -2017}}, "year"),
        ({"series": make_series() | {"imdbId": 5753856}}, "imdbId"),
        ({"series": make_series() | {"path": []}}, "path"),
        ({"episodes": {}}, "episodes"),
        ({"episodes": [1]}, "episodes"),
        ({"episodes": [{"episodeNumber": "1", "seasonNumber": 1}]}, "episodeNumber"),
        ({"episodes": [{"episodeNumber": 1, "seasonNumber": 10**6}]}, "seasonNumber"),
        ({"episodes": [{"episodeNumber": 1, "seasonNumber": 1, "title": 1}]}, "title"),
        ({"episodeFile": []}, "episodeFile"),
        ({"episodeFile": {"relativePath": 1}}, "relativePath"),
        ({"episodeFiles": {}}, "episodeFiles"),
    ],
)
def test_what_has_the_wrong_type_is_refused_by_its_name(change, name):
    with pytest.raises(Invalid, match=name):
        read_arr(make_sonarr() | change)


def test_a_series_that_tells_nothing_of_itself_is_refused():
    with pytest.raises(Invalid, match="an id, a title or a folder"):
        read_arr(make_sonarr(series={"id": 5, "tvdbId": 0, "title": ""}))


def test_a_series_without_title_and_ids_goes_by_its_folder():
    event = only(make_sonarr(series={"id": 5, "path": SERIES_FOLDER}))
    assert event.identity == f"Sonarr:folder:{SERIES_FOLDER}:season:1"


def test_more_than_anybody_watches_is_refused():
    many = [make_episode(number) for number in range(1, MOST_EPISODES + 2)]
    with pytest.raises(Invalid, match="too many"):
        read_arr(make_sonarr(episodes=many))
    with pytest.raises(Invalid, match="too many"):
        read_arr(make_sonarr(episodes=[make_episode(1, season) for season in range(MOST_SEASONS + 1)]))
    assert len(only(make_sonarr(episodes=many[:-1])).episodes) == MOST_EPISODES
