"""Plex as a source, with the shapes and the misbehaviour of real servers."""

from dataclasses import replace

import pytest

from app.poster.kinds import Kind
from app.poster.records.candidate import CandidateRefused
from app.poster.records.ids import Medium
from app.poster.records.import_event import ImportEvent
from app.poster.records.library import EpisodeOrder, LibraryContent, SourceArt, SourceName
from app.poster.sources.media_server import ServerSettings
from app.poster.sources.plex import PlexSource
from app.poster.sources.source import SourceTrouble
from app.poster.sources.written_ids import ids_in_name
from app.poster.web.endpoint import Limits
from tests.doubles.coded_pictures import code_of, read_code
from tests.doubles.loopback import hanging, serving
from tests.doubles.media_plex import TOKEN, MediaPlex
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


@pytest.fixture
def plex():
    with serving(MediaPlex(small_media())) as server:
        yield server


def source_of(server, notes=None, limits=PATIENT, **facts):
    known = {"key": TOKEN, "key_setting": "ApiPart.PlexToken"}
    settings = ServerSettings(SourceName.PLEX, "PlexPart", facts.pop("url", server.url), **{**known, **facts})
    return PlexSource(settings, limits, notes.append if notes is not None else lambda text: None)


def all_items(source, kinds=ALL_KINDS):
    return [item for library in source.libraries() for item in source.items(library, kinds)]


def only_item(server, item, kinds=ALL_KINDS, notes=None):
    root = "/movies" if item.kind == FILM else "/tv"
    server.world = MediaWorld([MediaLibrary("One", item.kind, (root,), [item])])
    (found,) = all_items(source_of(server, notes), kinds)
    return found


def test_libraries_with_their_sizes_and_languages(plex):
    plex.world.libraries += [MediaLibrary("Music", "artist", ("/m",)), MediaLibrary("Kids", FILM, ("/k",))]
    plex.world.number()
    notes = []
    movies, shows = source_of(plex, notes, excluded=("kids ",)).libraries()
    assert (movies.name, movies.content, movies.language, movies.size) == (
        "Movies",
        LibraryContent.FILMS,
        "en-US",
        1,
    )
    assert (shows.name, shows.content, shows.language, shows.roots) == (
        "TV Shows",
        LibraryContent.SHOWS,
        "de-DE",
        ("/tv",),
    )
    assert notes == ["Library Music holds neither films nor shows (artist) and is left out"]


def test_a_film_with_all_its_facts(plex):
    film = only_item(
        plex,
        alien(labels=("Skip_Posterizarr", "Overlay"), resolution="4K HDR10 (HEVC Main 10)", watched=True),
    )
    assert (film.title, film.year, film.medium) == ("Alien", 1979, Medium.FILM)
    assert [str(one) for one in film.ids] == ["imdb:movie:tt0078748", "tmdb:movie:348", "tvdb:movie:31"]
    assert (film.root_folder, film.labels, film.resolution) == (
        "Alien (1979)",
        ("Skip_Posterizarr", "Overlay"),
        "4K HDR10",
    )
    assert film.watched and not film.several_versions
    assert [art.kind for art in film.art] == [Kind.POSTER, Kind.BACKGROUND]


def test_a_show_with_seasons_episodes_and_their_own_ids(plex):
    show = only_item(plex, dark(order="tvdbDvd"))
    assert (show.root_folder, show.order) == ("Dark (2017)", EpisodeOrder.DVD)
    assert [(season.number, season.name) for season in show.seasons] == [
        (0, "Specials"),
        (1, "Season 1"),
        (2, "Season 2"),
    ]
    first, second = show.seasons[1].episodes
    assert (first.numbers, first.titles, first.resolution) == ((1,), ("Secrets",), "1080p")
    assert [str(one) for one in first.ids] == ["tvdb:episode:7101"]
    assert second.resolution == "4K"
    assert [art.kind for art in (*show.seasons[1].art, *first.art)] == [Kind.SEASON, Kind.TITLE_CARD]


def test_only_what_is_wanted_is_asked_for(plex):
    all_items(source_of(plex), frozenset((Kind.POSTER,)))
    assert not plex.paths("children")
    seasons = only_item(plex, dark(), frozenset((Kind.SEASON,)))
    assert [season.episodes for season in seasons.seasons] == [(), (), ()]
    assert len(plex.paths("children")) == 1


def test_two_thousand_five_hundred_items_come_in_pages_each_once(plex):
    plex.world = many_films(2500)
    keys = [item.key for item in all_items(source_of(plex))]
    assert len(keys) == len(set(keys)) == 2500
    starts = [
        headers.get("X-Plex-Container-Start") for path, _, headers in plex.asked if path.endswith("/all")
    ]
    assert starts == ["0", "0", "1000", "2000"]


def test_a_server_that_answers_one_key_at_a_time_is_asked_one_by_one(plex):
    plex.world, plex.takes_batches = many_films(60), False
    assert len(all_items(source_of(plex))) == 60
    assert sum("," in path for path in plex.paths("metadata")) == 1


def test_the_listing_streams(plex):
    plex.world = many_films(2500)
    source = source_of(plex)
    next(source.items(source.libraries()[0], ALL_KINDS))
    assert len(plex.paths("/all")) == 2 and len(plex.paths("metadata")) == 1


def test_the_token_travels_in_a_header_only(plex):
    all_items(source_of(plex))
    assert not any(TOKEN in f"{path}{query}" for path, query, _ in plex.asked)


@pytest.mark.parametrize("suffix", ["/", "//", " ", "/plex", "/plex/"])
def test_the_address_keeps_its_path_and_gets_no_doubled_slash(plex, suffix):
    from app.poster.sources.media_server import base_address

    path = suffix.strip().strip("/")
    source = source_of(plex, url=base_address(f" {plex.url}{suffix}"))
    if path:
        with pytest.raises(SourceTrouble):
            source.libraries()
        assert plex.paths() == ["/plex/library/sections"]
    else:
        assert len(source.libraries()) == 2
        assert not any("//" in asked for asked in plex.paths())


def test_optional_facts_may_be_missing(plex):
    film = MediaItem(FILM, "Bare", path="/movies/Bare/b.mkv", size=None)
    found = only_item(plex, film)
    assert (found.year, found.original_title, found.art, found.resolution, found.ids) == (
        None,
        "",
        (),
        "",
        (),
    )
    assert only_item(plex, replace(film, path="")).root_folder == ""


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ('It\'s "$(rm -rf)" / `x`', "/movies/$(x)/a.mkv"),
        ("أفاتار", "/movies/أفاتار/a.mkv"),
        ("千と千尋 & <b>", "/movies/千と千尋 & <b>/a.mkv"),
        ("Emoji 🎬", "/movies/🎬/a.mkv"),
    ],
)
def test_odd_titles_and_paths(plex, title, path):
    found = only_item(plex, MediaItem(FILM, title, 2000, path))
    assert (found.title, found.root_folder) == (title, path.split("/")[2])


def test_two_files_of_a_film_are_versions_and_the_one_that_plex_converted_is_not_its_path(plex):
    made = "/movies/Alien (1979)/Plex Versions/Mobile/a.mp4"
    film = only_item(plex, alien(path=made, more_paths=("/movies/Alien (1979)/Alien.mkv",)))
    assert film.several_versions and film.path == "/movies/Alien (1979)/Alien.mkv"


@pytest.mark.parametrize(
    ("guid", "ids"),
    [
        ("com.plexapp.agents.hama://tvdb-79145?lang=en", ["tvdb:show:79145"]),
        ("com.plexapp.agents.thetvdb://81189?lang=en", ["tvdb:show:81189"]),
        ("com.plexapp.agents.hama://anidb-69?lang=en", ["anidb:show:69"]),
        ("local://3051", ["tmdb:show:5"]),
    ],
)
def test_old_agents_and_unmatched_items(plex, guid, ids):
    path = "/tv/Show {tmdb-5}" if guid.startswith("local") else "/tv/Show"
    show = only_item(plex, MediaItem(SHOW, "Show", path=path, guid=guid))
    assert [str(one) for one in show.ids] == ids


def test_rows_of_one_file_are_one_row_with_both_numbers_and_titles(plex):
    file = "/tv/Dark (2017)/Season 1/Dark S01E01-E02.mkv"
    rows = [
        MediaEpisode(1, 2, "Lies", file=file),
        MediaEpisode(1, 1, "Secrets", file=file),
        MediaEpisode(1, 3, "Past", file="/x"),
    ]
    (season,) = only_item(plex, dark(episodes=rows)).seasons
    assert [(row.numbers, row.titles) for row in season.episodes] == [
        ((1, 2), ("Secrets", "Lies")),
        ((3,), ("Past",)),
    ]


def test_rows_without_a_number_and_seasons_without_a_file_are_left_out_with_one_line(plex):
    rows = [
        MediaEpisode(None, 1),
        MediaEpisode(1, None),
        MediaEpisode(1, None),
        MediaEpisode(1, 0, "Zero"),
        MediaEpisode(2, 1, facts={"deletedAt": 1}),
    ]
    notes = []
    show = only_item(plex, dark(episodes=rows, seasons={5: ""}), notes=notes)
    assert [(season.number, [row.numbers for row in season.episodes]) for season in show.seasons] == [
        (1, [(0,)])
    ]
    assert notes == [
        "Dark: 1 season(s) and 2 episode(s) without a number on the server; nothing is made of them"
    ]


def test_rows_whose_files_are_gone_are_left_out_and_counted(plex):
    trashed = {"deletedAt": 1}
    shows = [dark(episodes=[MediaEpisode(1, 1), MediaEpisode(1, 2, facts=trashed)]), dark(facts=trashed)]
    plex.world = MediaWorld([MediaLibrary("One", SHOW, ("/tv",), shows)])
    source = source_of(plex)
    (library,) = source.libraries()
    for _ in range(2):
        assert len(list(source.items(library, ALL_KINDS))) == 1
        assert source.files_gone(library) == 2


def test_seasons_by_year(plex):
    (season,) = only_item(plex, dark(episodes=[MediaEpisode(2023, 105, "News")])).seasons
    assert (season.number, season.episodes[0].numbers) == (2023, (105,))


def test_control_characters_in_a_page_are_passed_over(plex):
    plex.control_characters = True
    assert len(all_items(source_of(plex))) == 2
    plex.misbehave(
        "/library/sections/1/all", answering(200, b'<MediaContainer size="0" title="\x04"/>'), always=True
    )
    assert len(all_items(source_of(plex))) == 1


def test_cut_xml_is_an_incomplete_listing_and_other_libraries_go_on(plex):
    source = source_of(plex)
    movies, shows = source.libraries()
    plex.cut_after = 300
    with pytest.raises(
        SourceTrouble, match="listing of Movies is incomplete: Plex: the answer was cut off"
    ) as raised:
        list(source.items(movies, ALL_KINDS))
    assert not raised.value.stops_run
    plex.cut_after = None
    assert len(list(source.items(shows, ALL_KINDS))) == 1


def test_fewer_items_than_told_are_an_incomplete_listing(plex):
    source = source_of(plex)
    movies, _ = source.libraries()
    plex.misbehave("/library/sections/1/all", answering(200, b'<MediaContainer size="0" totalSize="7"/>'))
    with pytest.raises(SourceTrouble, match="Plex gave 0 of 7 items"):
        list(source.items(movies, ALL_KINDS))


@pytest.mark.parametrize(
    "fault", [answering(500), resetting, breaking_off, hanging, answering(200, b"<html>hi")]
)
def test_a_library_that_cannot_be_listed_fails_alone_with_one_sentence(plex, fault):
    source = source_of(plex, limits=QUICK)
    movies, shows = source.libraries()
    plex.misbehave("/library/sections/1/all", fault, always=True)
    with pytest.raises(
        SourceTrouble, match=r"^The listing of Movies is incomplete: Plex: .*PlexUrl|check that"
    ) as raised:
        list(source.items(movies, ALL_KINDS))
    assert not raised.value.stops_run and TOKEN not in str(raised.value)
    assert len(list(source.items(shows, ALL_KINDS))) == 1


def test_a_server_that_fails_once_is_asked_again(plex):
    plex.misbehave("/library/sections/1/all", answering(500), resetting)
    assert len(all_items(source_of(plex))) == 2


def test_a_wrong_token_stops_the_run_and_names_the_setting(plex):
    with pytest.raises(SourceTrouble, match=r"Plex refused the key; set ApiPart\.PlexToken") as raised:
        source_of(plex, key="wrong").libraries()
    assert raised.value.stops_run


def test_a_wrong_address_stops_the_run_and_names_the_setting(plex):
    with pytest.raises(SourceTrouble, match="Plex: .*; check that 127.0.0.1:9 can be reached") as raised:
        source_of(plex, url="http://127.0.0.1:9").libraries()
    assert raised.value.stops_run


def test_no_library_stops_the_run(plex):
    with pytest.raises(SourceTrouble, match="no library of films or shows") as raised:
        source_of(plex, excluded=("Movies", "TV Shows")).libraries()
    assert raised.value.stops_run


def test_pictures_of_the_server_are_read(plex):
    source = source_of(plex)
    film, show = all_items(source)
    assert read_code(source.read_art(film.art[0])) == code_of("alien-server-poster.jpg")
    assert read_code(source.read_art(show.seasons[1].art[0])) == code_of("dark-server-season-1.jpg")
    for where in ("/library/metadata/999/thumb/1", "/library/sections", "/"):
        with pytest.raises(CandidateRefused):
            source.read_art(SourceArt(Kind.POSTER, where))


def event(medium=Medium.SHOW, **facts):
    return ImportEvent(medium, **facts)


def test_an_event_finds_exactly_its_episodes(plex):
    found = source_of(plex).find(event(title="Dark", year=2017, season=1, episodes=(2,)), ALL_KINDS)
    (show,) = found
    assert [(row.season, row.numbers) for season in show.seasons for row in season.episodes] == [(1, (2,))]


def test_an_event_is_found_by_id_where_the_title_is_another(plex):
    ids = ids_in_name("tmdb-348", Medium.FILM)
    (film,) = source_of(plex).find(event(Medium.FILM, title="Das unheimliche Wesen", ids=ids), ALL_KINDS)
    assert film.title == "Alien"


def test_a_title_in_part_is_not_found_and_it_says_so(plex):
    notes = []
    assert list(source_of(plex, notes).find(event(title="Dar"), ALL_KINDS)) == []
    assert len(notes) == 1 and "was not found" in notes[0]


@pytest.mark.parametrize("which", ["show", "season", "episode"])
def test_a_rating_key_finds_its_show(plex, which):
    item = plex.world.libraries[1].items[0]
    key = {"show": item.key, "season": item.season_key(1), "episode": item.episodes[0].key}[which]
    (show,) = source_of(plex).find(event(key=str(key), season=1), ALL_KINDS)
    assert show.title == "Dark" and [season.number for season in show.seasons] == [1]


def test_the_rating_key_of_a_part_cuts_the_show_to_it(plex):
    item = plex.world.libraries[1].items[0]
    file = "/tv/Dark (2017)/Season 2/both.mkv"
    item.episodes += [MediaEpisode(2, 2, file=file), MediaEpisode(2, 3, file=file)]
    plex.world.number()

    def rows(part):
        wanted = event(key=str(item.key), part_key=str(part))
        return [
            [row.numbers for season in show.seasons for row in season.episodes]
            for show in source_of(plex).find(wanted, ALL_KINDS)
        ]

    assert rows(item.season_key(1)) == [[(1,), (2,)]]
    assert rows(item.episodes[1].key) == [[(1,)]]
    assert rows(item.episodes[-1].key) == [[(2, 3)]]
    assert rows(4711) == [[]]


def test_a_rating_key_that_is_unknown_or_left_out_finds_nothing_and_says_so(plex):
    notes = []
    assert list(source_of(plex, notes).find(event(Medium.FILM, key="4711"), ALL_KINDS)) == []
    key = str(plex.world.libraries[0].items[0].key)
    assert (
        list(source_of(plex, notes, excluded=("Movies",)).find(event(Medium.FILM, key=key), ALL_KINDS)) == []
    )
    assert "rating key 4711" in notes[0] and "left out" in notes[-1]


@pytest.mark.parametrize(("behaviour", "is_lasting"), [(answering(404), True), (resetting, False)])
def test_a_picture_that_could_only_not_be_had_this_time_is_asked_for_again(plex, behaviour, is_lasting):
    (item, *_) = all_items(source_of(plex))
    plex.misbehave("/library/metadata", behaviour, always=True)
    with pytest.raises(CandidateRefused) as refused:
        source_of(plex, limits=QUICK).read_art(item.art[0])
    assert refused.value.is_lasting is is_lasting
