import pytest

from app.core.exports.sheets import EPISODES, LIBRARIES, LONGEST_SORT_KEY, OTHER, PLEX, SHEETS, searchable
from tests.exported import make_row

ALL = [sheet for pair in SHEETS.values() for sheet in pair]
OF_PLEX_LIBRARY = (
    "library_name library_type library_language title resolution original_title season_names season_numbers"
    " season_rating_keys year tvdbid imdbid tmdbid rating_key path root_foldername extra_folder"
    " multiple_versions plex_poster_url plex_background_url plex_season_urls labels"
)
OF_OTHER_LIBRARY = (
    "library_name library_type library_language media_id title original_title year resolution imdbid tmdbid"
    " tvdbid path root_foldername extra_folder other_media_poster_url other_media_background_url labels"
)
OF_PLEX_EPISODES = (
    "show_name type tvdbid tmdbid library_name season_number episodes title rating_keys plex_titlecard_urls"
    " resolutions"
)
OF_OTHER_EPISODES = OF_PLEX_EPISODES.replace("plex_titlecard", "other_media_titlecard") + " imdbid"


@pytest.mark.parametrize(
    ("sheet", "names"),
    [
        (LIBRARIES[PLEX], OF_PLEX_LIBRARY),
        (LIBRARIES[OTHER], OF_OTHER_LIBRARY),
        (EPISODES[PLEX], OF_PLEX_EPISODES),
        (EPISODES[OTHER], OF_OTHER_EPISODES),
    ],
)
def test_no_column_is_missing_that_clients_know(sheet, names):
    assert set(names.split()) <= set(sheet.columns)


@pytest.mark.parametrize("sheet", ALL, ids=lambda sheet: sheet.file)
def test_a_sheet_names_only_columns_that_it_has(sheet):
    named = {*sheet.required, *sheet.identity, *sheet.order, *sheet.searched}
    assert named <= set(sheet.columns) <= set(sheet.table.c.keys())
    headings = ["".join(name.split()).casefold() for name in sheet.columns.values()]
    assert len(headings) == len(set(headings))


def test_rows_are_sorted_by_one_name_after_the_other():
    sheet = EPISODES[PLEX]
    rows = [("Dark", "1"), ("Dark", "10"), ("Dark", "2"), ("Dark Matter", "0"), ("dark", "1")]
    keys = [sheet.sort_key(make_row(sheet, show_name=show, season_number=number)) for show, number in rows]
    assert keys == sorted(keys)
    assert LIBRARIES[OTHER].sort_key(make_row(LIBRARIES[OTHER], library_name="A", title="Z")) == "A\x01Z"


def test_a_sort_key_fits_an_index():
    assert len(LIBRARIES[PLEX].sort_key({"title": "x" * 1000})) == LONGEST_SORT_KEY


def test_capitals_do_not_matter_to_a_search_in_any_script():
    assert searchable("ÄRGER Straße ΑΘΗΝΑ") == searchable("ärger STRASSE αθηνα")
