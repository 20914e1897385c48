"""A path says which item's picture it is, in both layouts."""

import pytest

from app.poster.cleaning.asset_names import is_collection, readings
from app.poster.kinds import Kind

READINGS = [
    (True, "Movies/Alien (1979)/poster.jpg", [("Movies/Alien (1979)", Kind.POSTER, "Movies")]),
    (True, "TV/Anime/Dark/Season00.jpg", [("TV/Anime/Dark", Kind.SEASON, "TV")]),
    (True, "TV/Dark/S2023E105.jpg", [("TV/Dark", Kind.TITLE_CARD, "TV")]),
    (True, "TV/Dark/season01.jpg", []),
    (True, "TV/Dark/poster.png", []),
    (True, "TV/Dark/logo.jpg", []),
    (True, "Dark/poster.jpg", []),
    (True, "poster.jpg", []),
    (False, "Alien (1979).jpg", [("Alien (1979)", Kind.POSTER, "")]),
    (False, "A/Dark_S01E02.jpg", [("A/Dark_S01E02", Kind.POSTER, ""), ("A/Dark", Kind.TITLE_CARD, "")]),
    (False, "A_background.jpg", [("A_background", Kind.POSTER, ""), ("A", Kind.BACKGROUND, "")]),
]


@pytest.mark.parametrize(("by_library", "path", "expected"), READINGS)
def test_a_path_is_read_in_every_way_in_which_the_layout_may_have_made_it(by_library, path, expected):
    found = readings(path, by_library)
    assert [(one.folder, one.kind, one.library) for one in found] == expected


def test_numbers_are_read_off_seasons_and_title_cards():
    (season,) = readings("TV/Dark/Season1984.jpg", by_library=True)
    (card,) = readings("TV/Dark/S02E100.jpg", by_library=True)
    assert (season.season, season.episode, card.season, card.episode) == (1984, None, 2, 100)


def test_collections_lie_in_a_folder_of_their_own():
    paths = (
        "Collections/Movies/Alien/poster.jpg",
        "collections/Alien_poster.jpg",
        "Movies/Collections/poster.jpg",
    )
    assert [is_collection(path) for path in paths] == [True, True, False]
