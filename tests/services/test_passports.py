"""A picture is recognised however it comes back, and no other one is taken for it."""

import io

import pytest

from app.background.cataloguer import Cataloguer
from app.core.catalogue.prints import PRINTS, nearest_prints, store_prints
from app.core.decisions.versions import asset_file
from app.core.errors import Invalid
from app.services.passports import PassportDesk
from tests.api.conftest import configure
from tests.core.decisions.test_versions import FILM as POSTER
from tests.core.decisions.test_versions import sha, write
from tests.drawn_shelf import changed_pictures, cropped, drawn_shelf, foreign_picture, saved
from tests.pictures import make_picture, opened
from tests.trees import catalogue, make_image

FILM, SEASON = "Films/Alien (1980)/poster.jpg", "Shows/Dark (2017)/Season03.jpg"
OLD, NEW, OTHER = (make_picture((300, 450), noisy=True) for _ in range(3))
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
    found = passport_of(machine, content)
    return found.by, sorted(each.path for each in found.sightings)


@pytest.mark.slow
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


@pytest.mark.slow
def test_what_is_like_the_shelf_and_not_on_it_is_never_certain(machine, shelf):
    """A season that was never made, and a film of the same design."""
    pictures = drawn_shelf()
    for path in (SEASON, FILM):
        (shelf / path).unlink()
    catalogue(machine)
    for path, wanted in ((SEASON, "likeness"), (FILM, "nothing")):
        for change, content in changed_pictures(pictures[path]):
            if change in ("quality 60", "Plex transcode"):
                assert recognised_as(machine, content)[0] == wanted, (path, change)


@pytest.fixture
def film(machine):
    """A poster that run 1 made and run 2 replaced; the store keeps the first one."""
    folder = machine.paths.data.parent / "assets"
    configure(machine, AssetPath=str(folder))
    asset = asset_file(machine.paths.engine, folder, POSTER)
    write(asset, OLD, 1)
    catalogue(machine)
    write(asset, NEW, 2)
    catalogue(machine)
    return asset


def test_an_earlier_version_is_found_by_its_bytes_and_in_others_and_restorable(machine, film):
    (found,) = passport_of(machine, OLD).sightings
    assert (found.origin, found.disk, found.version.run, found.can_restore) == ("made", "another", 1, True)
    assert (found.source["provider"], found.title, found.is_as_now) == ("TMDB", "Alien", True)
    again = passport_of(machine, encoded_anew(OLD))
    assert (again.by, again.sightings[0].version.sha256) == ("picture", sha(OLD))


def test_a_version_whose_bytes_are_gone_is_certain_by_its_bytes_and_only_alike_in_others(machine, film):
    film.kept(sha(OLD)).unlink()
    assert not passport_of(machine, OLD).sightings[0].can_restore
    assert [passport_of(machine, each).by for each in (OLD, encoded_anew(OLD))] == ["bytes", "likeness"]


def test_what_was_made_before_there_were_prints_is_read_in_the_background(machine, film):
    with machine.database.writing() as session:
        session.execute(PRINTS.delete())
    assert passport_of(machine, encoded_anew(NEW)).unread == 1
    thread = Cataloguer(machine)
    while thread.read_prints():
        pass
    for content in (OLD, NEW):
        assert passport_of(machine, encoded_anew(content)).by == "picture"
    assert not thread.read_prints()


def test_a_file_that_a_person_put_there_is_not_made_here(machine, film):
    (film.root / "Other").mkdir()
    (film.root / "Other" / "poster.jpg").write_bytes(OTHER)
    catalogue(machine)
    (found,) = passport_of(machine, OTHER).sightings
    assert (found.origin, found.disk, found.source, found.can_redraw) == ("foreign", "this", None, False)


def test_a_picture_that_several_assets_have_names_all_of_them_up_to_some(machine, film):
    for number in range(20):
        make_image(film.root, f"Copy {number:02}/poster.jpg", NEW)
    catalogue(machine)
    found = passport_of(machine, NEW)
    assert (len(found.sightings), found.more) == (12, 9)


@pytest.mark.parametrize("content", [b"", b"no picture", make_picture((6001, 6001), color=9, mode="L")])
def test_what_is_no_picture_or_too_large_is_refused(machine, content):
    with pytest.raises(Invalid):
        passport_of(machine, content)


def test_a_journal_that_is_older_or_damaged_leaves_what_the_catalogue_knows(machine, film):
    (machine.paths.engine / "engine.db").write_bytes(b"damaged")
    found = passport_of(machine, NEW)
    assert found.by == "bytes" and found.sightings[0].path == POSTER


def test_prints_are_compared_by_their_bits(machine):
    with machine.database.writing() as session:
        store_prints(session, {"a": bytes(32), "b": b"\x01" * 32, "c": b"", "d": b"\xff" * 32})
        store_prints(session, {"a": b"\xff" * 32})
        assert nearest_prints(session, bytes(32), 9, 64) == [(0, "a"), (32, "b")]


def passport_of(machine, content):
    return PassportDesk().passport(machine, io.BytesIO(content))


def encoded_anew(content):
    return saved(opened(content), quality=80)
