"""A picture is recognised however it comes back, and no other one is taken for it."""

import io

import pytest

from app.services.passports import PassportDesk
from tests.api.conftest import configure
from tests.drawn_shelf import changed_pictures, cropped, drawn_shelf, foreign_picture
from tests.trees import catalogue, make_image

FILM, SEASON = "Films/Alien (1980)/poster.jpg", "Shows/Dark (2017)/Season03.jpg"
SHOW = [f"Shows/Dark (2017)/Season{number:02}.jpg" for number in range(1, 7)]


@pytest.fixture
def shelf(machine):
    """The drawn pictures in the asset folder, catalogued."""
    folder = machine.paths.data.parent / "assets"
    configure(machine, AssetPath=str(folder))
    for path, content in drawn_shelf().items():
        make_image(folder, path, content)
    catalogue(machine)
    return folder


def recognised_as(machine, content):
    """(by what, the paths of the assets)."""
    found = PassportDesk().passport(machine, io.BytesIO(content))
    return found.by, sorted(each.path for each in found.sightings)


def test_a_picture_is_recognised_however_it_comes_back_and_no_other_one_for_it(machine, shelf):
    pictures = drawn_shelf()
    found, wanted = {}, {}
    for path in (FILM, SEASON):
        for change, content in changed_pictures(pictures[path]):
            found[path, change] = recognised_as(machine, content)
            wanted[path, change] = ("bytes" if change == "renamed" else "picture", [path])
    found["cropped"], wanted["cropped"] = (
        recognised_as(machine, cropped(pictures[FILM], 0.03)),
        (
            "likeness",
            [FILM],
        ),
    )
    # Which of the seasons it was cannot be seen when a picture does not lie where it lay.
    found["cropped season"] = recognised_as(machine, cropped(pictures[SEASON], 0.02))
    wanted["cropped season"] = ("likeness", SHOW)
    found["foreign"], wanted["foreign"] = recognised_as(machine, foreign_picture()), ("nothing", [])
    assert found == wanted
