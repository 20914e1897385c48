"""A request for a replacement, and the shape that its picture must have."""

import pytest

from app.core.errors import ApplicationError, Forbidden, Invalid
from app.core.replacing.picture_content import Measured
from app.core.replacing.replacement import manual_asset_path, read_replacement, require_ratio

FILM, EPISODE = "Movies/Alien (1979)/poster.jpg", "TV/Dark (2017)/S01E02.jpg"


def wanted(path=FILM, **overrides):
    texts = dict.fromkeys(
        ("asset_type", "title_text", "folder_name", "library_name", "episode_title", "mediaType"), ""
    )
    numbers = {"season_number": None, "episode_number": None}
    return read_replacement(
        {
            "asset_path": path,
            **texts,
            **numbers,
            "process_with_overlays": True,
            "add_to_queue": False,
            **overrides,
        }
    )


@pytest.mark.parametrize(
    ("path", "given", "kind", "season", "episode"),
    [
        (FILM, {}, "standard", "", ""),
        (EPISODE, {}, "titlecard", "Season 1", "2"),
        # A number of zero is one that was given.
        (EPISODE, {"season_number": 0, "episode_number": 0}, "titlecard", "Season 0", "0"),
        (EPISODE, {"asset_type": "background"}, "background", "Season 1", "2"),
        ("TV/Dark (2017)/Season03.jpg", {"asset_type": "nonsense"}, "season", "Season 3", ""),
        ("TV/Dark (2017)/Season03.jpg", {"season_title": "Staffel 3 "}, "season", "Staffel 3 | Season 3", ""),
        (FILM, {"season_title": "Staffel 3"}, "standard", "", ""),
        ("Collections/Movies/Alien/poster.jpg", {"asset_type": "poster"}, "collection", "", ""),
        ("Collections/Movies/Alien/poster.jpg", {"asset_type": "background"}, "background", "", ""),
    ],
)
def test_what_the_request_leaves_out_is_that_of_the_path(path, given, kind, season, episode):
    form = wanted(path, **given).manual_form
    assert (form["posterType"], form["seasonPosterName"], form["episodeNumber"]) == (kind, season, episode)


def test_texts_lose_control_characters_and_a_blank_name_is_that_of_the_path():
    found = wanted(title_text="Al\ni\0en", folder_name=" \t", library_name="Films")
    assert found.manual_form["folderName"] == "Alien (1979)" and found.manual_form["libraryName"] == "Films"
    assert (
        found.manual_form["titletext"].isprintable() and found.overlay_params["folder_name"] == "Alien (1979)"
    )
    assert wanted("Movies\\Alien (1979)\\poster.jpg").path == FILM


@pytest.mark.parametrize(
    "path", ["", "poster.txt", "../poster.jpg", "a\n.jpg", "\ud800.jpg", "x" * 4097 + ".jpg", "a/"]
)
def test_what_is_no_path_of_an_image_is_refused(path):
    with pytest.raises(ApplicationError) as caught:
        wanted(path)
    assert isinstance(caught.value, Forbidden if path.startswith("..") else Invalid)


@pytest.mark.parametrize(
    ("kind", "size", "fits"),
    [
        ("standard", (1000, 1500), True),
        ("standard", (1000, 1426), True),
        ("standard", (1061, 1500), False),
        ("standard", (939, 1500), False),
        ("season", (1500, 1000), False),
        ("collection", (2, 3), True),
        ("background", (1920, 1080), True),
        ("titlecard", (1920, 1200), False),
        ("background", (89_000_000, 1), False),
    ],
)
def test_a_picture_has_the_shape_of_its_asset_within_six_percent(kind, size, fits):
    measured = Measured("JPEG", *size)
    if fits:
        require_ratio(measured, kind)
        return
    with pytest.raises(Invalid, match=f"this one has {size[0]} x {size[1]} pixels"):
        require_ratio(measured, kind)


@pytest.mark.parametrize(
    ("kind", "season", "episode", "path"),
    [
        ("standard", "", "", "Movies/Alien/poster.jpg"),
        ("background", "", "", "Movies/Alien/background.jpg"),
        ("season", "Season 4", "", "Movies/Alien/Season04.jpg"),
        ("season", "Specials", "", "Movies/Alien/Season00.jpg"),
        ("season", "Staffel 12 (neu)", "", "Movies/Alien/Season12.jpg"),
        ("titlecard", "Season 1", " 2 ", "Movies/Alien/S01E02.jpg"),
        ("titlecard", "Season 100", "1000", "Movies/Alien/S100E1000.jpg"),
        ("collection", "", "", "Collections/Movies/Alien/poster.jpg"),
    ],
)
def test_the_path_of_a_manual_run_is_the_one_its_picture_gets(kind, season, episode, path):
    form = {"posterType": kind, "seasonPosterName": season, "episodeNumber": episode}
    assert manual_asset_path(form | {"libraryName": "Movies", "folderName": "Alien"}) == path
