"""Jellyfin and Emby as sources, with the shapes and the misbehaviour of real servers."""

import json
from dataclasses import replace

import pytest

from app.poster.kinds import Kind
from app.poster.records.candidate import CandidateRefused
from app.poster.records.ids import Medium
from app.poster.records.import_event import ImportEvent
from app.poster.records.library import EpisodeOrder, LibraryContent, SourceArt, SourceName
from app.poster.sources.emby import EmbySource, with_api_path
from app.poster.sources.jellyfin import JellyfinSource
from app.poster.sources.media_server import ServerSettings, base_address
from app.poster.sources.source import SourceTrouble
from app.poster.sources.written_ids import ids_in_name
from app.poster.web.endpoint import Limits
from tests.doubles.coded_pictures import code_of, read_code
from tests.doubles.loopback import hanging, serving
from tests.doubles.media_jellyfin import TOKEN, MediaJellyfin
from tests.doubles.media_world import (
    FILM,
    SHOW,
    MediaEpisode,
    MediaItem,
    MediaLibrary,
    MediaWorld,
    alien,
    dark,
    many_films,
    small_media,
)
from tests.doubles.scripted import answering, breaking_off, resetting
from tests.poster.sources.media import ALL_KINDS

PATIENT = Limits(connect=5, read=20, whole=60, tries=2)
QUICK = Limits(connect=1, read=0.3, whole=1, tries=2)
CLASSES = {SourceName.JELLYFIN: (JellyfinSource, ""), SourceName.EMBY: (EmbySource, "/emby")}


@pytest.fixture(params=CLASSES, ids=lambda name: name.value)
def server(request):
    double = MediaJellyfin(small_media(), CLASSES[request.param][1])
    double.kind = request.param
    with serving(double):
        yield double


@pytest.fixture
def jellyfin():
    double = MediaJellyfin(small_media())
    double.kind = SourceName.JELLYFIN
    with serving(double):
        yield double


def source_of(double, notes=None, limits=PATIENT, **facts):
    name = double.kind.value
    known = {"key": TOKEN, "key_setting": f"ApiPart.{name}APIKey"}
    settings = ServerSettings(double.kind, f"{name}Part", facts.pop("url", double.url), **{**known, **facts})
    note = notes.append if notes is not None else lambda text: None
    return CLASSES[double.kind][0](settings, limits, note)


def all_items(source, kinds=ALL_KINDS):
    return [item for library in source.libraries() for item in source.items(library, kinds)]


def only_item(double, item, kinds=ALL_KINDS, notes=None):
    root = "/movies" if item.kind == FILM else "/tv"
    double.world = MediaWorld([MediaLibrary("One", item.kind, (root,), [item])])
    (found,) = all_items(source_of(double, notes), kinds)
    return found


def numbers(show):
    return {season.number: [row.numbers for row in season.episodes] for season in show.seasons}


def test_libraries_with_their_sizes_and_languages(server):
    kinds = {"Home": "homevideos", "Sets": "boxsets", "Lists": "playlists", "Songs": "music"}
    server.world.libraries += [MediaLibrary(name, kind, ("/x",)) for name, kind in kinds.items()]
    server.world.libraries.append(MediaLibrary("Kids", FILM, ("/k",)))
    server.world.number()
    notes = []
    movies, shows = source_of(server, notes, excluded=("KIDS",)).libraries()
    assert (movies.name, movies.content, movies.language, movies.size) == (
        "Movies",
        LibraryContent.FILMS,
        "en-US",
        1,
    )
    assert (shows.content, shows.language, shows.roots) == (LibraryContent.SHOWS, "de-DE", ("/tv",))
    assert [note.split()[1] for note in notes] == list(kinds)


def test_a_library_without_a_language_has_the_servers(jellyfin):
    jellyfin.world.libraries[0].language = ""
    assert source_of(jellyfin).libraries()[0].language == "en-US"
    jellyfin.misbehave("/System/Configuration", answering(403), always=True)
    assert source_of(jellyfin).libraries()[0].language == ""


def test_a_mixed_library_has_films_and_shows(server):
    server.world = MediaWorld([MediaLibrary("Both", None, ("/movies", "/tv"), [dark(), alien()])])
    source = source_of(server)
    (library,) = source.libraries()
    assert (library.content, library.size) == (LibraryContent.MIXED, 2)
    assert [item.medium for item in source.items(library, ALL_KINDS)] == [Medium.FILM, Medium.SHOW]


def test_a_film_with_all_its_facts(server):
    film = only_item(
        server,
        alien(labels=("Skip_Posterizarr",), size=(3836, 1604), dynamic_range="DOVIWithHDR10", watched=True),
    )
    assert (film.title, film.year, film.root_folder) == ("Alien", 1979, "Alien (1979)")
    assert [str(one) for one in film.ids] == ["imdb:movie:tt0078748", "tmdb:movie:348", "tvdb:movie:31"]
    assert (film.labels, film.resolution, film.watched) == (("Skip_Posterizarr",), "4K DoVi/HDR10", True)
    assert [(art.kind, art.validator) for art in film.art] == [(Kind.POSTER, "t1"), (Kind.BACKGROUND, "t2")]


def test_tags_may_stand_in_tag_items_only(server):
    server.tag_items = True
    assert only_item(server, alien(labels=("skip_posterizarr", "x"))).labels == ("skip_posterizarr", "x")


def test_every_member_may_be_null(server):
    server.nulls = True
    film = only_item(server, MediaItem(FILM, "Bare", path="/movies/Bare/b.mkv", size=None))
    assert (film.year, film.original_title, film.ids, film.labels, film.resolution, film.art) == (
        None,
        "",
        (),
        (),
        "",
        (),
    )
    show = only_item(server, dark(episodes=[MediaEpisode(1, 1, file="/tv/x.mkv", width=None)], seasons={}))
    assert numbers(show) == {1: [(1,)]}
    null = {
        "ProviderIds": None,
        "ImageTags": None,
        "Tags": None,
        "MediaStreams": None,
        "BackdropImageTags": None,
        "UserData": None,
    }
    assert only_item(server, alien(facts=null)).ids == ()


def test_a_library_without_locations_takes_the_last_folder(jellyfin):
    jellyfin.world = MediaWorld([MediaLibrary("One", None, (), [alien(), dark()])])
    assert [item.root_folder for item in all_items(source_of(jellyfin))] == ["Alien (1979)", "Dark (2017)"]


def test_the_folder_of_a_disc_is_the_films_own(jellyfin):
    film = alien(path="/movies/A/Alien (1979)", facts={"VideoType": "Dvd"})
    found = only_item(jellyfin, film)
    assert (found.root_folder, found.extra_folder) == ("Alien (1979)", "A")


def test_emby_tells_network_paths(server):
    library = MediaLibrary("One", FILM, ("/movies",), [alien(path="\\\\nas\\films\\A\\Alien (1979)\\a.mkv")])
    server.world = MediaWorld([library])
    row = server.folder(library)
    row["LibraryOptions"]["PathInfos"] = [{"Path": "/movies", "NetworkPath": "\\\\nas\\films"}]
    server.folder = lambda one: row
    (film,) = all_items(source_of(server))
    assert (film.root_folder, film.extra_folder) == ("Alien (1979)", "A")


def test_a_show_with_seasons_episodes_and_their_own_ids(server):
    show = only_item(server, dark(order="dvd", season_names={2: "Staffel Zwei"}))
    assert [(season.number, season.name) for season in show.seasons] == [
        (0, "Specials"),
        (1, "Season 1"),
        (2, "Staffel Zwei"),
    ]
    first, second = show.seasons[1].episodes
    assert (first.numbers, first.titles, first.resolution) == ((1,), ("Secrets",), "1080p")
    assert [str(one) for one in first.ids] == ["tvdb:episode:7101"]
    assert (second.resolution, show.order) == ("4K", EpisodeOrder.DVD)
    assert [art.kind for art in (*show.seasons[1].art, *first.art)] == [Kind.SEASON, Kind.TITLE_CARD]


def test_only_what_is_wanted_is_asked_for(server):
    all_items(source_of(server), frozenset((Kind.POSTER,)))
    assert not [
        query for _, query, _ in server.asked if query.get("IncludeItemTypes") in ("Season", "Episode")
    ]
    seasons = only_item(server, dark(), frozenset((Kind.SEASON,)))
    assert [season.episodes for season in seasons.seasons] == [(), (), ()]


def test_rows_that_stand_for_nothing_make_nothing(server):
    virtual = {"LocationType": "Virtual"}
    rows = [
        MediaEpisode(0, 2, facts=virtual),
        MediaEpisode(1, 1, "Secrets", file="/tv/Dark/S01E01.mkv"),
        MediaEpisode(1, 2, facts={"IsMissing": True}),
        MediaEpisode(1, 3, facts={"LocationType": None}),
        MediaEpisode(3, 1, file="/x", facts={"LocationType": "virtual"}),
    ]
    assert numbers(only_item(server, dark(episodes=rows, seasons={4: "x.jpg"}))) == {1: [(1,)]}
    server.world = MediaWorld(
        [MediaLibrary("One", FILM, ("/movies",), [alien(facts=virtual), alien(title="Real")])]
    )
    assert [item.title for item in all_items(source_of(server))] == ["Real"]


def test_a_server_that_tells_no_paths_still_has_episodes(server):
    assert numbers(only_item(server, dark(episodes=[MediaEpisode(1, 1), MediaEpisode(1, 2)]))) == {
        1: [(1,), (2,)]
    }


def test_two_episodes_in_one_row_and_the_next_row(server):
    rows = [
        MediaEpisode(1, 1, "A / B", end=2),
        MediaEpisode(1, 3, "C"),
        MediaEpisode(1, 4, "D", end=20230105),
    ]
    show = only_item(server, dark(episodes=rows))
    assert numbers(show) == {1: [(1, 2), (3,), (4,)]}
    (found,) = source_of(server).find(
        ImportEvent(Medium.SHOW, title="Dark", season=1, episodes=(2,)), ALL_KINDS
    )
    assert numbers(found) == {1: [(1, 2)]}


def test_rows_without_numbers_make_nothing_and_one_line_says_why(server):
    rows = [
        MediaEpisode(None, 1),
        MediaEpisode(None, None),
        MediaEpisode(1, None),
        MediaEpisode(0, 0, "Pilot"),
    ]
    notes = []
    assert numbers(only_item(server, dark(episodes=rows), notes=notes)) == {0: [(0,)]}
    assert notes == [
        "Dark: 1 season(s) and 1 episode(s) without a number on the server; nothing is made of them"
    ]


def test_an_episode_without_the_number_of_its_season_belongs_to_the_season_it_names(server):
    rows = [MediaEpisode(2, 1, "x", facts={"ParentIndexNumber": None})]
    assert numbers(only_item(server, dark(episodes=rows))) == {2: [(1,)]}


@pytest.mark.parametrize(
    ("written", "order"),
    [
        ("", EpisodeOrder.UNKNOWN),
        ("aired", EpisodeOrder.UNKNOWN),
        ("Absolute", EpisodeOrder.ABSOLUTE),
        ("storyArc", EpisodeOrder.OTHER),
    ],
)
def test_the_order_of_a_show(jellyfin, written, order):
    assert only_item(jellyfin, dark(order=written)).order is order


def test_seasons_by_year(server):
    assert numbers(only_item(server, dark(episodes=[MediaEpisode(1984, 105, "News")]))) == {1984: [(105,)]}


def test_two_thousand_five_hundred_items_come_in_pages_each_once(server):
    server.world = many_films(2500)
    keys = [item.key for item in all_items(source_of(server))]
    assert len(keys) == len(set(keys)) == 2500
    assert [query["StartIndex"] for path, query, _ in server.asked if path.endswith("/Items")] == [
        "0",
        "0",
        "500",
        "1000",
        "1500",
        "2000",
    ]


def test_episodes_come_in_pages(server):
    rows = [MediaEpisode(1, number, f"Part {number}") for number in range(1, 1201)]
    assert len(only_item(server, dark(episodes=rows)).seasons[0].episodes) == 1200


def test_the_key_travels_in_the_newest_header_only(server):
    all_items(source_of(server))
    assert not any(TOKEN in f"{path}{query}" for path, query, _ in server.asked)
    assert all(headers["Authorization"] == f'MediaBrowser Token="{TOKEN}"' for _, _, headers in server.asked)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("http://host:8096", "http://host:8096/emby"),
        (" http://host:8096/ ", "http://host:8096/emby"),
        ("http://host:8096/emby", "http://host:8096/emby"),
        ("http://host:8096/emby/emby/", "http://host:8096/emby"),
        ("https://host/media/emby/", "https://host/media/emby"),
        ("https://host/media", "https://host/media"),
    ],
)
def test_the_address_of_emby_has_its_path_once(written, expected):
    assert with_api_path(base_address(written)) == expected


def test_a_path_before_the_api_survives():
    double = MediaJellyfin(small_media(), "/media/jellyfin")
    double.kind = SourceName.JELLYFIN
    with serving(double):
        assert len(all_items(source_of(double, url=base_address(f"{double.url}//")))) == 2
        assert not any("//" in path for path in double.paths())


def test_newer_servers_of_emby_answer_libraries_in_a_page(server):
    rows = [server.folder(library) for library in server.world.libraries]
    plain, paged = f"{server.root}/Library/VirtualFolders", f"{server.root}/Library/VirtualFolders/Query"
    document = json.dumps({"Items": rows, "TotalRecordCount": 2}).encode()
    server.misbehave(paged, answering(200, document))
    server.misbehave(plain, answering(404))
    assert len(source_of(server).libraries()) == 2


@pytest.mark.parametrize(
    "fault",
    [answering(500), resetting, breaking_off, hanging, answering(200, b"<html>"), answering(200, b"[]")],
)
def test_a_library_that_cannot_be_listed_fails_alone_with_one_sentence(jellyfin, fault):
    source = source_of(jellyfin, limits=QUICK)
    movies, shows = source.libraries()
    jellyfin.misbehave("/Items", fault, always=True)
    with pytest.raises(
        SourceTrouble, match=r"^The listing of Movies is incomplete: Jellyfin: .*check"
    ) as raised:
        list(source.items(movies, ALL_KINDS))
    assert not raised.value.stops_run and TOKEN not in str(raised.value)
    jellyfin.faults.clear()
    assert len(list(source.items(shows, ALL_KINDS))) == 1


def test_fewer_items_than_told_are_an_incomplete_listing(jellyfin):
    source = source_of(jellyfin)
    movies, _ = source.libraries()
    jellyfin.misbehave("/Items", answering(200, b'{"Items":[],"TotalRecordCount":7,"StartIndex":0}'))
    with pytest.raises(SourceTrouble, match="listing of Movies is incomplete: Jellyfin gave 0 of 7 rows"):
        list(source.items(movies, ALL_KINDS))


def test_a_wrong_key_stops_the_run_and_names_the_setting(server):
    with pytest.raises(
        SourceTrouble, match=f"refused the key; set ApiPart.{server.kind.value}APIKey"
    ) as raised:
        source_of(server, key="wrong").libraries()
    assert raised.value.stops_run


def test_a_wrong_address_stops_the_run_and_names_what_to_check(server):
    with pytest.raises(SourceTrouble, match="check that 127.0.0.1:9 can be reached") as raised:
        source_of(server, url="http://127.0.0.1:9").libraries()
    assert raised.value.stops_run


def test_no_library_stops_the_run(server):
    with pytest.raises(SourceTrouble, match="no library of films or shows") as raised:
        source_of(server, excluded=("Movies", "TV Shows")).libraries()
    assert raised.value.stops_run


def test_pictures_of_the_server_are_read(server):
    source = source_of(server)
    film, show = all_items(source)
    assert read_code(source.read_art(film.art[0])) == code_of("alien-server-poster.jpg")
    assert read_code(source.read_art(film.art[1])) == code_of("alien-server-background.jpg")
    assert read_code(source.read_art(show.seasons[1].episodes[0].art[0])) == code_of(
        "dark-server-still-1.jpg"
    )
    for where in ("/Items/999/Images/Primary", "/System/Info"):
        with pytest.raises(CandidateRefused):
            source.read_art(SourceArt(Kind.POSTER, where))


def test_an_event_is_found_by_id_where_the_title_is_another(server):
    ids = ids_in_name("tmdb-348", Medium.FILM)
    event = ImportEvent(Medium.FILM, title="Das unheimliche Wesen", ids=ids)
    assert [item.title for item in source_of(server).find(event, ALL_KINDS)] == ["Alien"]


def test_an_item_in_two_libraries_is_found_in_both_and_not_in_one_that_is_left_out(server):
    again = [MediaLibrary(name, FILM, ("/movies",), [alien()]) for name in ("4K", "Kids")]
    server.world.libraries += again
    server.world.number()
    source = source_of(server, excluded=("Kids",))
    found = source.find(ImportEvent(Medium.FILM, title="Alien", year=1979), ALL_KINDS)
    assert [item.library.name for item in found] == ["Movies", "4K"]


def test_two_that_fit_and_no_year_are_none_and_it_says_so(server):
    server.world.libraries[1].items = [
        MediaItem(SHOW, "Doctor Who", year, f"/tv/Who {year}") for year in (1963, 2005)
    ]
    server.world.number()
    notes = []
    assert list(source_of(server, notes).find(ImportEvent(Medium.SHOW, title="Doctor Who"), ALL_KINDS)) == []
    assert "fits several items" in notes[0]
    dated = replace(ImportEvent(Medium.SHOW, title="Doctor Who"), year=2005)
    assert [item.year for item in source_of(server).find(dated, ALL_KINDS)] == [2005]
