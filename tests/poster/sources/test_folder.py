"""A folder of libraries is a source: what is in it is found, and what is none of it is left out."""

import os

import pytest

from app.poster.kinds import Kind
from app.poster.records.candidate import CandidateRefused
from app.poster.records.ids import Medium
from app.poster.records.import_event import ImportEvent
from app.poster.records.library import EpisodeOrder, LibraryContent, SourceArt
from app.poster.sources.folder import FolderSource
from app.poster.sources.source import SourceTrouble
from app.poster.sources.written_ids import ids_in_name
from tests.poster.sources.media import ALL_KINDS, lay_out, listed


def places(items):
    return [(item.extra_folder, item.root_folder) for item in items]


def test_libraries_are_recognised_by_what_is_in_them(tmp_path):
    lay_out(tmp_path, "Films/Alien (1979)/Alien.mkv", "Serien/Dark/Season 1/Dark S01E01.mkv", "Photos/a.jpg")
    lay_out(
        tmp_path, "Both/Up (2009)/Up.mkv", "Both/Dark/Dark S01E01.mkv", "Music/x.mp3", ".hidden/Up/Up.mkv"
    )
    found = {library.name: library.content for library in FolderSource(tmp_path).libraries()}
    assert found == {
        "Films": LibraryContent.FILMS,
        "Serien": LibraryContent.SHOWS,
        "Both": LibraryContent.MIXED,
    }


def test_a_film_has_its_own_folder_at_any_depth(tmp_path):
    lay_out(tmp_path, "M/Alien (1979)/a.mkv", "M/A/B/Up (2009)/u.mkv", "M/Loose (2001).mkv")
    assert places(listed(tmp_path)) == [("", "Loose (2001).mkv"), ("A/B", "Up (2009)"), ("", "Alien (1979)")]


def test_a_show_has_its_own_folder_at_any_depth(tmp_path):
    lay_out(tmp_path, "TV/Anime/Dark (2017)/Season 01/Dark S01E01.mkv", "TV/Fargo/Fargo.S01E01.mkv")
    assert places(listed(tmp_path)) == [("Anime", "Dark (2017)"), ("", "Fargo")]


def test_ids_come_from_folder_file_and_nfo_in_this_order(tmp_path):
    lay_out(tmp_path, "M/Alien (1979) {tmdb-348}/Alien [imdbid-tt0078748].mkv")
    nfo = tmp_path / "M/Alien (1979) {tmdb-348}/movie.nfo"
    nfo.write_text("<movie><title>Alien!</title><tmdbid>999</tmdbid><tag>SKIP_posterizarr</tag></movie>")
    (film,) = listed(tmp_path)
    assert [str(one) for one in film.ids] == ["tmdb:movie:348", "imdb:movie:tt0078748", "tmdb:movie:999"]
    assert (film.title, film.year, film.labels) == ("Alien!", 1979, ("SKIP_posterizarr",))


def test_what_is_no_item(tmp_path):
    lay_out(
        tmp_path,
        "M/Alien (1979)/Alien.mkv",
        "M/Alien (1979)/Alien-trailer.mkv",
        "M/Alien (1979)/sample.mkv",
        "M/Alien (1979)/Sample/alien-sample.mkv",
        "M/Alien (1979)/Behind The Scenes/Making of.mkv",
        "M/Alien (1979)/Featurettes/Cut.mkv",
        "M/Ignored (2000)/.ignore",
        "M/.hidden/Secret (2000)/Secret.mkv",
        "M/@eaDir/Other (2000)/Other.mkv",
        "M/Empty (2000)/readme.txt",
        "M/._Alien (1979).mkv",
    )
    lay_out(
        tmp_path, "M/Ignored (2000)/film.mkv", "M/Partly/Up (2009)/Up.mkv", "M/Partly/Down (2010)/Down.mkv"
    )
    (tmp_path / "M/Ignored (2000)/.ignore").write_text("")
    (tmp_path / "M/Partly/.ignore").write_text("# not this one\nDown*\n")
    (tmp_path / "M/Gone (2001)").mkdir()
    (tmp_path / "M/Gone (2001)/Gone.mkv").symlink_to(tmp_path / "nowhere.mkv")
    assert places(listed(tmp_path)) == [("", "Alien (1979)"), ("Partly", "Up (2009)")]


def test_an_interview_in_the_title_is_no_extra(tmp_path):
    lay_out(
        tmp_path, "M/The Interview/The Interview.mkv", "TV/Extras/Season 1/Extras S01E02 - The Sample.mkv"
    )
    assert [item.title for item in listed(tmp_path)] == ["The Interview", "Extras"]


def test_versions_parts_and_discs_of_one_film_are_one_item(tmp_path):
    lay_out(tmp_path, "M/Alien (1979)/Alien (1979) - 1080p.mkv", "M/Alien (1979)/Alien (1979) - 4K.mkv")
    lay_out(tmp_path, "M/Up (2009)/Up CD1.avi", "M/Up (2009)/Up CD2.avi")
    lay_out(tmp_path, "M/Brazil (1985)/VIDEO_TS/VTS_01_1.VOB", "M/Ran (1985)/BDMV/STREAM/00001.m2ts")
    films = {film.title: film for film in listed(tmp_path)}
    assert set(films) == {"Alien", "Up", "Brazil", "Ran"}
    assert films["Alien"].several_versions and not films["Up"].several_versions
    assert films["Brazil"].root_folder == "Brazil (1985)"


def test_films_that_share_a_folder_are_items_of_their_own_with_their_own_art(tmp_path):
    folder = "M/Alien Collection"
    lay_out(tmp_path, f"{folder}/Alien (1979).mkv", f"{folder}/Aliens (1986).mkv", f"{folder}/poster.jpg")
    lay_out(tmp_path, f"{folder}/Aliens (1986)-poster.jpg")
    alien, aliens = listed(tmp_path)
    assert alien.key != aliens.key and alien.root_folder == aliens.root_folder == "Alien Collection"
    assert (alien.title, alien.year, alien.art) == ("Alien", 1979, ())
    assert [art.where.rsplit("/", 1)[1] for art in aliens.art] == ["Aliens (1986)-poster.jpg"]


def test_seasons_and_episodes_of_a_show(tmp_path):
    show = "TV/Dark (2017) {tvdb-334824}"
    lay_out(
        tmp_path,
        f"{show}/Season 01/Dark - S01E01-E02 - Secrets.2160p.mkv",
        f"{show}/Season 01/Dark - S01E03 - Past.mkv",
        f"{show}/Season 01/Dark - S01E03 - Past (720p).mkv",
        f"{show}/Staffel 02/Dark.S02E10/Dark.S02E10.mkv",
        f"{show}/Specials/Dark - S00E01.mkv",
        f"{show}/Extras/Making of.mkv",
        f"{show}/Season 03/readme.txt",
    )
    (dark,) = listed(tmp_path)
    assert [(season.number, season.name) for season in dark.seasons] == [
        (0, "Specials"),
        (1, "Season 1"),
        (2, "Staffel 2"),
    ]
    rows = [(row.season, row.numbers, row.titles) for season in dark.seasons for row in season.episodes]
    assert rows == [(0, (1,), ()), (1, (1, 2), ("Secrets",)), (1, (3,), ("Past",)), (2, (10,), ())]
    assert dark.seasons[1].episodes[0].resolution == "4K"
    assert [str(one) for one in dark.ids] == ["tvdb:show:334824"]


def test_only_what_is_wanted_is_read(tmp_path):
    lay_out(tmp_path, "TV/Dark/Season 01/Dark S01E01.mkv")
    (posters,) = listed(tmp_path, kinds=frozenset((Kind.POSTER,)))
    (seasons,) = listed(tmp_path, kinds=frozenset((Kind.SEASON,)))
    assert posters.seasons == () and [season.episodes for season in seasons.seasons] == [()]


def test_the_nfo_of_an_episode_names_it(tmp_path):
    lay_out(tmp_path, "TV/News/News 2023-01-05.mkv", "TV/News/News 2023-01-06.mkv", "TV/News/Extra thing.mkv")
    facts = "<title>First</title><season>2023</season><episode>4</episode><tvdbid>77</tvdbid>"
    nfo = tmp_path / "TV/News/News 2023-01-05.nfo"
    nfo.write_text(f"<episodedetails>{facts}</episodedetails>")
    notes = []
    (news,) = listed(tmp_path, notes=notes)
    first, second = news.seasons[0].episodes
    assert (first.numbers, first.titles, first.aired) == ((4,), ("First",), None)
    assert [str(one) for one in first.ids] == ["tvdb:episode:77"]
    assert (second.season, second.numbers, str(second.aired)) == (2023, (106,), "2023-01-06")
    assert len(notes) and all("Extra thing.mkv has no episode number" in note for note in notes)


def test_absolute_numbers_without_any_season_are_of_the_absolute_order(tmp_path):
    lay_out(tmp_path, "TV/Frieren/[Grp] Frieren - 01 [1080p].mkv", "TV/Frieren/[Grp] Frieren - 12v2.mkv")
    (frieren,) = listed(tmp_path)
    assert frieren.order is EpisodeOrder.ABSOLUTE
    assert [row.numbers for row in frieren.seasons[0].episodes] == [(1,), (12,)]


def test_a_folder_of_films_in_a_numbered_folder_is_no_show(tmp_path):
    lay_out(tmp_path, "M/War/1/1917 (2019)/1917.mkv", "M/Alien/Alien 1.mkv", "M/Alien/Alien 2.mkv")
    assert {item.medium for item in listed(tmp_path)} == {Medium.FILM}


def test_a_link_back_to_its_own_folder_ends(tmp_path):
    lay_out(tmp_path, "M/Alien (1979)/Alien.mkv")
    (tmp_path / "M/again").symlink_to(tmp_path / "M")
    assert places(listed(tmp_path)) == [("", "Alien (1979)")]


def test_the_size_of_a_library_is_told_where_its_layout_shows_it(tmp_path):
    lay_out(tmp_path, *(f"Many/Film {number} (2000)/x.mkv" for number in range(120)))
    lay_out(tmp_path, *(f"Deep/{number % 5}/Film {number} (2000)/x.mkv" for number in range(120)))
    lay_out(tmp_path, "Few/Alien (1979)/x.mkv", "Few/nothing/readme.txt", "Few/A/Up (2009)/x.mkv")
    sizes = {library.name: library.size for library in FolderSource(tmp_path).libraries()}
    assert sizes == {"Many": 120, "Deep": None, "Few": 2}


def test_the_order_of_items_is_the_same_in_every_run(tmp_path):
    lay_out(tmp_path, *(f"M/{name} (2000)/x.mkv" for name in ("b", "A", "ä", "C", "é")))
    assert listed(tmp_path) == listed(tmp_path)


def test_names_stay_as_the_media_has_them(tmp_path):
    decomposed = "Amélie (2001)"
    lay_out(tmp_path, f"M/{decomposed}/x.mkv", "M/$(rm) \"quoted\" 'it' (2002)/x.mkv")
    assert {item.root_folder for item in listed(tmp_path)} == {decomposed, "$(rm) \"quoted\" 'it' (2002)"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_that_cannot_be_read_makes_the_listing_incomplete(tmp_path):
    lay_out(tmp_path, "M/Alien (1979)/x.mkv", "M/Locked/Up (2009)/x.mkv")
    (tmp_path / "M/Locked").chmod(0)
    with pytest.raises(SourceTrouble, match="listing of M is incomplete.*Locked") as raised:
        listed(tmp_path)
    (tmp_path / "M/Locked").chmod(0o700)
    assert not raised.value.stops_run


def test_a_library_that_is_gone_fails_alone(tmp_path):
    lay_out(tmp_path, "M/Alien (1979)/x.mkv", "N/Up (2009)/x.mkv")
    source = FolderSource(tmp_path)
    gone, other = source.libraries()
    (tmp_path / "M").rename(tmp_path / "away")
    with pytest.raises(SourceTrouble, match="incomplete: .*M .*No such file"):
        list(source.items(gone, ALL_KINDS))
    assert len(list(source.items(other, ALL_KINDS))) == 1


@pytest.mark.parametrize(("folder", "words"), [("missing", "cannot be read"), ("empty", "no sub-folder")])
def test_no_library_stops_the_run_with_what_to_set(tmp_path, folder, words):
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceTrouble, match=f"{words}.*MEDIA_PATH|MEDIA_PATH.*{words}") as raised:
        FolderSource(tmp_path / folder).libraries()
    assert raised.value.stops_run


def test_art_is_read_within_limits_and_only_from_the_media_folder(tmp_path):
    lay_out(tmp_path / "media", "M/Alien (1979)/x.mkv", "M/Alien (1979)/poster.jpg")
    (tmp_path / "secret.jpg").write_text("secret")
    source = FolderSource(tmp_path / "media")
    (film,) = listed(tmp_path / "media")
    assert source.read_art(film.art[0]) == b"x"
    for where in (tmp_path / "media/../secret.jpg", tmp_path / "secret.jpg", tmp_path / "media/M/gone.jpg"):
        with pytest.raises(CandidateRefused):
            source.read_art(SourceArt(Kind.POSTER, str(where)))


def test_an_event_finds_its_film_and_its_episodes_only(tmp_path):
    lay_out(tmp_path, "M/Alien (1979) {tmdb-348}/x.mkv", "M/Aliens (1986)/x.mkv")
    lay_out(
        tmp_path,
        *(f"TV/Dark {{tvdb-334824}}/Season {s}/Dark S0{s}E0{e}.mkv" for s in (1, 2) for e in (1, 2, 3)),
    )
    source = FolderSource(tmp_path)
    film = ImportEvent(Medium.FILM, title="Other words", ids=ids_in_name("tmdb-348", Medium.FILM))
    assert [item.title for item in source.find(film, ALL_KINDS)] == ["Alien"]
    episodes = ImportEvent(
        Medium.SHOW, ids=ids_in_name("tvdb-334824", Medium.SHOW), season=2, episodes=(1, 3)
    )
    (dark,) = source.find(episodes, ALL_KINDS)
    assert [(row.season, row.numbers) for season in dark.seasons for row in season.episodes] == [
        (2, (1,)),
        (2, (3,)),
    ]
