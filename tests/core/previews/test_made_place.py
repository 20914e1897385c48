"""Where a picture that a person made belongs."""

import pytest

from app.core.errors import ApplicationError, Invalid
from app.core.previews.made_place import made_path
from app.poster.kinds import Kind
from app.poster.names import Asset, relative_path

NEW = {"library": "TV Shows", "folder": "Dark (2017)", "season": 1, "episode": 3}
KINDS = {
    "poster": Kind.POSTER,
    "season": Kind.SEASON,
    "title_card": Kind.TITLE_CARD,
    "background": Kind.BACKGROUND,
    "collection": Kind.COLLECTION,
}


@pytest.mark.parametrize("has_folders", [True, False])
@pytest.mark.parametrize("kind", KINDS)
def test_a_new_picture_has_the_name_that_the_poster_script_gives_it(kind, has_folders):
    asset = Asset(KINDS[kind], NEW["library"], NEW["folder"], NEW["season"], NEW["episode"])
    assert made_path(kind, NEW, has_folders) == relative_path(asset, has_folders).as_posix()


@pytest.mark.parametrize(
    ("kind", "place", "said"),
    [
        ("poster", {}, "Say where it belongs"),
        ("poster", {"library": "Movies"}, "Say where it belongs"),
        ("poster", {"library": "a/b", "folder": "x"}, "name of one folder"),
        ("poster", {"library": "Movies", "folder": ".."}, "name of one folder"),
        ("season", {"library": "TV", "folder": "Dark"}, "needs its season"),
        ("title_card", {"library": "TV", "folder": "Dark", "season": 1}, "needs its episode"),
        ("poster", {"asset": "TV/Dark/Season01.jpg"}, "is a season, and what you made is a poster"),
        ("background", {"asset": "TV/Dark/notes.txt"}, "no path of an image"),
    ],
)
def test_what_is_missing_or_does_not_fit_is_said(kind, place, said):
    with pytest.raises(Invalid, match=said):
        made_path(kind, place, True)


def test_a_picture_of_the_library_keeps_its_path_and_none_leads_elsewhere():
    assert made_path("season", {"asset": "TV/Dark/Season01.jpg"}, True) == "TV/Dark/Season01.jpg"
    with pytest.raises(ApplicationError):
        made_path("poster", {"asset": "../poster.jpg"}, True)
