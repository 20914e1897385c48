"""What an engine run exports is what the server imports, for Plex and for all other sources."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.core.exports.csv_files import SheetRows, open_sheet
from app.core.exports.sheets import EPISODES, LIBRARIES, OTHER, PLEX
from app.poster.kinds import Kind
from app.poster.records.ids import Medium
from app.poster.records.library import Episode, Item, Library, LibraryContent, Season, SourceArt, SourceName
from app.poster.sources.exports import ExportSheets
from app.poster.sources.written_ids import ids_in_name

MOVIES = Library(SourceName.PLEX, "1", "Movies", LibraryContent.FILMS, "en-US", ("/data/movies", "/data"))
ALIEN = Item(
    MOVIES,
    "1234",
    Medium.FILM,
    'Alien; "the" film',
    "Étranger",
    1979,
    ids_in_name("{tmdb-348} {imdb-tt0078748}", Medium.FILM),
    "/data/movies/A/Alien (1979)/Alien.mkv",
    "Alien (1979)",
    "A",
    labels=("Overlay", "a,b"),
    resolution="4K DoVi/HDR10",
    several_versions=True,
    art=(SourceArt(Kind.POSTER, "/library/metadata/1234/thumb/1"), SourceArt(Kind.BACKGROUND, "/art/1")),
)
SEASON = Season(
    "21",
    1,
    "Season 1, the first",
    episodes=(
        Episode(
            "22",
            1,
            (1, 2),
            ("Secrets; all", "Lies"),
            resolution="4K",
            art=(SourceArt(Kind.TITLE_CARD, "/t/22"),),
        ),
        Episode("24", 1, (3,), (), resolution="1080p"),
    ),
    art=(SourceArt(Kind.SEASON, "/thumb/21"),),
)
DARK = Item(
    MOVIES,
    "20",
    Medium.SHOW,
    "Dark",
    ids=ids_in_name("tvdb-334824", Medium.SHOW),
    path="/data/movies/Dark",
    root_folder="Dark",
    seasons=(SEASON, Season("25", 0, "Specials")),
)


def rows_of(logs, sheet):
    with open_sheet(logs / sheet.file) as file:
        found = SheetRows(file, sheet, settled=True)
        rows = list(found)
    assert not found.is_cut and not found.misshapen
    return rows


def exported(logs, source, *items, with_episodes=True):
    sheets = ExportSheets(logs, source, with_episodes)
    for item in items:
        sheets.add(replace(item, library=replace(item.library, source=source)))
    sheets.close()
    kind = PLEX if source is SourceName.PLEX else OTHER
    return rows_of(logs, LIBRARIES[kind]), rows_of(logs, EPISODES[kind])


@pytest.mark.parametrize("source", SourceName)
def test_the_facts_of_a_film_arrive(tmp_path, source):
    (film,), episodes = exported(tmp_path, source, ALIEN)
    assert episodes == []
    expected = {
        "library_name": "Movies",
        "library_language": "en",
        "title": 'Alien; "the" film',
        "original_title": "Étranger",
        "year": "1979",
        "tmdbid": "348",
        "imdbid": "tt0078748",
        "tvdbid": "",
        "path": "/data/movies/",
        "root_foldername": "Alien (1979)",
        "extra_folder": "A",
        "resolution": "4K DoVi/HDR10",
        "labels": "Overlay,a;b",
    }
    assert {name: film[name] for name in expected} == expected


def test_the_words_of_plex_and_of_others(tmp_path):
    (film, show), _ = exported(tmp_path, SourceName.PLEX, ALIEN, DARK)
    assert (film["library_type"], show["library_type"]) == ("movie", "show")
    assert (film["rating_key"], film["multiple_versions"]) == ("1234", "True")
    assert (film["plex_poster_url"], film["plex_background_url"]) == (
        "/library/metadata/1234/thumb/1",
        "/art/1",
    )
    assert (show["season_names"], show["season_numbers"]) == ("Season 1, the first;Specials", "1,0")
    assert (show["season_rating_keys"], show["plex_season_urls"]) == ("21,25", "/thumb/21,")
    (film, show), _ = exported(tmp_path, SourceName.JELLYFIN, ALIEN, DARK)
    assert (film["library_type"], show["library_type"]) == ("Movie", "Series")
    assert (film["media_id"], film["other_media_poster_url"]) == ("1234", "/library/metadata/1234/thumb/1")


@pytest.mark.parametrize("source", [SourceName.PLEX, SourceName.EMBY])
def test_a_season_has_one_row_whose_lists_stay_parallel(tmp_path, source):
    _, (season,) = exported(tmp_path, source, DARK)
    expected = {
        "show_name": "Dark",
        "type": "episode",
        "season_number": "1",
        "episodes": "1,2,3",
        "title": "Secrets, all;Lies;",
        "resolutions": "4K,4K,1080p",
        "tvdbid": "334824",
        "show_id": "20",
        "root_foldername": "Dark",
    }
    assert {name: season[name] for name in expected} == expected
    is_plex = source is SourceName.PLEX
    keys = "rating_keys" if is_plex else "episode_ids"
    cards = "plex_titlecard_urls" if is_plex else "other_media_titlecard_urls"
    assert (season[keys], season[cards]) == ("22,22,24", "/t/22,/t/22,")


def test_without_title_cards_or_items_the_files_have_their_headers(tmp_path):
    (show,), episodes = exported(tmp_path, SourceName.PLEX, DARK, with_episodes=False)
    assert show["title"] == "Dark" and episodes == []
    assert exported(tmp_path, SourceName.FOLDER) == ([], [])


def test_files_of_an_earlier_run_are_replaced_and_grow_row_by_row(tmp_path):
    (tmp_path / "PlexLibexport.csv").write_text("old")
    sheets = ExportSheets(tmp_path, SourceName.PLEX, with_episodes=True)
    sheets.add(ALIEN)
    assert not Path(tmp_path / "PlexLibexport.csv").read_text().startswith("old")
    sheets.close()


def test_an_item_outside_of_every_root_tells_its_path(tmp_path):
    (film,), _ = exported(tmp_path, SourceName.PLEX, replace(ALIEN, path=r"D:\Films\Alien.mkv"))
    assert film["path"] == r"D:\Films\Alien.mkv"
    windows = replace(ALIEN, path=r"D:\Films\Alien.mkv", library=replace(MOVIES, roots=("D:\\Films",)))
    assert exported(tmp_path, SourceName.PLEX, windows)[0][0]["path"] == "D:\\Films\\"
