"""A design is taken whole and undone with one press, and no file of the user's is overwritten."""

import pytest

from app.core.designs.offering import offered_designs
from app.core.designs.shelf import design_of_id, packaged_designs
from app.core.designs.taking import take_design, undo_taking
from app.core.errors import Conflict, NotFound
from app.core.settings.editing import save
from app.core.settings.store import snapshot
from tests.core.designs.making import make_design

DESIGNS = [record.id for record in packaged_designs()]


def setting(paths, section, key):
    return snapshot(paths).values[section][key]


def present(paths):
    return [one["id"] for one in offered_designs(paths)["designs"] if one["is_present"]]


@pytest.mark.parametrize("design", DESIGNS)
def test_each_design_of_the_package_is_the_present_one_once_taken_and_undone_with_one_press(
    design, paths, checks
):
    before = snapshot(paths).values
    record = design_of_id(paths, design)
    taken = take_design(paths, record, checks)
    assert present(paths) == [design] and offered_designs(paths)["undoable"] == design
    assert {name: (paths.overlays / name).read_bytes() for name in taken.installed.values()} == {
        name: (record.folder / name).read_bytes() for name in record.files
    }
    assert undo_taking(paths, checks).changed
    assert snapshot(paths).values == before and present(paths) == []
    with pytest.raises(Conflict, match="No design was taken"):
        undo_taking(paths, checks)


def test_another_design_leaves_nothing_of_the_one_before(paths, checks):
    for design in reversed(DESIGNS):
        take_design(paths, design_of_id(paths, design), checks)
        assert present(paths) == [design]


def test_a_file_that_the_user_changed_stays_and_the_design_takes_another_name(paths, checks):
    (paths.overlays / "own.png").write_bytes(b"changed by the user")
    (paths.overlays / "Own.ttf").write_bytes(b"font")
    record = make_design(paths)
    taken = take_design(paths, record, checks)
    assert taken.installed == {"own.png": "own-2.png", "Own.ttf": "Own.ttf"}
    assert (paths.overlays / "own.png").read_bytes() == b"changed by the user"
    assert setting(paths, "PrerequisitePart", "overlayfile") == "own-2.png"
    assert setting(paths, "EnginePart", "LabelFont") == "Own.ttf"
    assert present(paths) == ["mine"]
    assert take_design(paths, record, checks).saved.changed == ()


def test_undo_leaves_what_was_changed_since(paths, checks):
    take_design(paths, make_design(paths), checks)
    save(paths, {"PosterFontcolor": "red"}, checks)
    undo_taking(paths, checks)
    assert setting(paths, "PosterOverlayPart", "fontcolor") == "red"
    assert setting(paths, "PosterOverlayPart", "AddBorder") == "true"
    assert setting(paths, "EnginePart", "LetterSpacing") == "0"


def test_settings_that_are_no_design_stay(paths, checks):
    save(paths, {"tmdbtoken": "secret", "SkipAddText": "true"}, checks)
    take_design(paths, make_design(paths), checks)
    assert setting(paths, "ApiPart", "tmdbtoken") == "secret"
    assert setting(paths, "PrerequisitePart", "SkipAddText") == "true"


def test_a_stale_page_takes_nothing(paths, checks):
    with pytest.raises(Conflict, match="another edit"):
        take_design(paths, make_design(paths), checks, {"past"})
    assert present(paths) == []


@pytest.mark.parametrize("name", ["nothing", "../classic", "", "x" * 400])
def test_there_is_no_design_of_another_name(name, paths):
    with pytest.raises(NotFound):
        design_of_id(paths, name)
