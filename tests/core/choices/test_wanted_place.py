"""A choice without artwork says where its picture belongs: where the script looks for it."""

from types import SimpleNamespace

import pytest

from app.core.choices.wanted_place import wanted_path
from app.poster.kinds import Kind
from app.poster.names import Asset, relative_path


def make_choice(**changes):
    known = {"type": "Movie", "title": "Alien", "rootfolder": "Alien (1979)", "library_name": "Movies"}
    return SimpleNamespace(**known | changes)


@pytest.mark.parametrize("is_flat", [False, True])
@pytest.mark.parametrize(
    ("choice", "kind", "numbers"),
    [
        ({}, Kind.POSTER, {}),
        ({"type": "Movie Background"}, Kind.BACKGROUND, {}),
        ({"type": "Season", "title": "Dark | Season 2"}, Kind.SEASON, {"season": 2}),
        ({"type": "Episode", "title": "S01E02 | Dark"}, Kind.TITLE_CARD, {"season": 1, "episode": 2}),
        ({"type": "Collection"}, Kind.COLLECTION, {}),
    ],
)
def test_it_is_the_path_that_the_script_gives_it(choice, kind, numbers, is_flat):
    asset = Asset(kind, "Movies", "Alien (1979)", **numbers)
    assert wanted_path(make_choice(**choice), is_flat) == relative_path(asset, not is_flat).as_posix()


@pytest.mark.parametrize(
    "choice",
    [
        {"rootfolder": ""},
        {"library_name": ""},
        {"rootfolder": ".."},
        {"library_name": "a/../../b"},
        {"rootfolder": "a\x00b"},
        {"type": "Season", "title": "Dark"},
    ],
)
def test_what_names_no_path_has_none(choice):
    assert wanted_path(make_choice(**choice), False) is None
