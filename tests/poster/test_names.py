from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.poster.kinds import Kind
from app.poster.names import (
    Asset,
    BadName,
    asset_path,
    component,
    episode_number,
    relative_path,
    season_number,
)
from app.poster.records.ids import Medium
from app.poster.records.library import Item, Library, LibraryContent, SourceName
from app.poster.worklist.layout import Layout

MOVIES = Library(SourceName.FOLDER, "1", "Movies", LibraryContent.FILMS)

FOLDER = "Dark (2017) {tvdb-334824}"


def make_asset(kind=Kind.POSTER, library="TV Shows", folder=FOLDER, season=1, episode=2) -> Asset:
    return Asset(kind, library, folder, season, episode)


def path_of(asset: Asset, by_library: bool) -> str:
    return str(asset_path(Path("/assets"), asset, by_library, follow_links=False).relative_to("/assets"))


@pytest.mark.parametrize(
    ("kind", "by_library", "flat"),
    [
        (Kind.POSTER, f"TV Shows/{FOLDER}/poster.jpg", f"{FOLDER}.jpg"),
        (Kind.BACKGROUND, f"TV Shows/{FOLDER}/background.jpg", f"{FOLDER}_background.jpg"),
        (Kind.SEASON, f"TV Shows/{FOLDER}/Season01.jpg", f"{FOLDER}_Season01.jpg"),
        (Kind.TITLE_CARD, f"TV Shows/{FOLDER}/S01E02.jpg", f"{FOLDER}_S01E02.jpg"),
    ],
)
def test_names_follow_the_two_layouts(kind, by_library, flat):
    assert path_of(make_asset(kind), True) == by_library
    assert path_of(make_asset(kind), False) == flat


def test_collections_have_their_own_folder_and_lose_more_signs():
    asset = make_asset(Kind.COLLECTION, library="Movies", folder="What/If? [1]")
    assert path_of(asset, True) == "Collections/Movies/What_If_ _1_/poster.jpg"
    assert path_of(asset, False) == "Collections/What_If_ _1__poster.jpg"


def test_large_numbers_keep_their_digits():
    assert path_of(make_asset(Kind.TITLE_CARD, season=12, episode=100), True).endswith("S12E100.jpg")


@pytest.mark.parametrize("by_library", [True, False])
@pytest.mark.parametrize("name", ["Alien (1979)", "R.I.P.D.", "Dr. Who: 1/2", "Æon", ".hack", "[REC]"])
def test_a_manual_picture_lies_where_a_full_run_looks_for_it(name, by_library):
    for kind, medium in ((Kind.POSTER, Medium.FILM), (Kind.COLLECTION, Medium.COLLECTION)):
        by_hand = relative_path(Asset(kind, "Movies", name), by_library)
        item = Item(MOVIES, "1", medium, name, root_folder=name)
        assert by_hand.as_posix() == Layout(by_library).path(item, "poster")


@pytest.mark.parametrize("name", ["", " ", ".", "..", "...", "/", "../..", "\x00", ". ."])
def test_a_name_of_which_nothing_is_left_is_refused(name):
    with pytest.raises(BadName):
        component(name)


def test_a_name_that_no_file_system_holds_is_refused():
    with pytest.raises(BadName, match="longer than"):
        component("a" * 201)


@given(st.text(), st.text(), st.sampled_from(Kind), st.booleans())
def test_no_name_leads_out_of_the_asset_folder(library, folder, kind, by_library):
    try:
        path = asset_path(Path("/assets"), make_asset(kind, library, folder), by_library, follow_links=False)
    except BadName:
        return
    assert path.is_relative_to("/assets")
    assert ".." not in path.parts
    assert len(path.relative_to("/assets").parts) <= 4
    # A dot may stand at the end, as in "R.I.P.D.".
    assert not any(part.endswith(" ") for part in path.parts)


def test_a_link_out_of_the_asset_folder_is_followed_only_where_the_user_says_so(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    assets = tmp_path / "assets"
    assets.mkdir()
    (assets / "TV Shows").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(BadName, match="leads out"):
        asset_path(assets, make_asset(), True, follow_links=False)
    assert asset_path(assets, make_asset(), True, follow_links=True).name == "poster.jpg"


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("Season 1", 1),
        ("Staffel 12", 12),
        ("Season01", 1),
        ("2. Staffel", 2),
        ("0", 0),
        ("00", 0),
        ("Specials", 0),
        ("Spezial", 0),
        ("SPECIAL", 0),
        ("Extras", 0),
        ("Season 24 of 25", 25),
        ("Specials 2", 2),
    ],
)
def test_a_season_is_the_number_its_name_ends_with(name, number):
    assert season_number(name) == number


@pytest.mark.parametrize("name", ["", "Season", "Best of"])
def test_a_name_without_a_number_is_no_season(name):
    with pytest.raises(BadName, match="no season number"):
        season_number(name)


def test_an_episode_is_the_first_number():
    assert episode_number("E07 of 10") == 7
    with pytest.raises(BadName, match="no episode number"):
        episode_number("last")
