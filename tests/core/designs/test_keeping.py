"""The user's own designs: saved from the settings, deleted and brought back."""

import pytest

from app.core.designs.keeping import DELETED, MOST_DELETED, delete_design, restore_design
from app.core.designs.offering import offered_designs
from app.core.designs.packing import packed_design
from app.core.designs.saving import save_present_settings
from app.core.designs.shelf import all_designs, design_of_id
from app.core.designs.taking import take_design
from app.core.errors import Conflict, NotFound
from app.core.settings.editing import save
from app.core.settings.store import snapshot
from tests.core.designs.making import make_design, make_font, make_png
from tests.core.designs.test_exchanging import Engine


def names(paths):
    return [record.id for record in all_designs(paths) if record.is_own]


def test_the_present_settings_are_saved_with_what_they_name_and_are_then_the_present_design(paths, checks):
    (paths.overlays / "Glow.png").write_bytes(make_png())
    (paths.overlays / "Mine.ttf").write_bytes(make_font("Only for me"))
    changes = {"overlayfile": "Glow.png", "font": "mine.TTF", "PosterFontcolor": "red", "tmdbtoken": "s3cret"}
    save(paths, changes, checks)
    record = save_present_settings(paths, Engine(), "Mein Entwurf ✨")
    assert (
        record.id == "mein-entwurf" and record.overlays == ("Glow.png",) and names(paths) == ["mein-entwurf"]
    )
    assert [(font.file, font.licence) for font in record.fonts] == [("Mine.ttf", "Only for me")]
    assert b"s3cret" not in packed_design(record)


def test_a_font_of_a_design_keeps_its_licence(paths, checks):
    classic = design_of_id(paths, "classic")
    take_design(paths, classic, checks)
    record = save_present_settings(paths, Engine(), "Classic")
    assert record.id == "classic-2" and record.settings == classic.settings
    assert (record.fonts, record.overlays) == (classic.fonts, classic.overlays)
    assert (record.folder / "Cinzel.LICENSE.txt").is_file()
    present = [one["id"] for one in offered_designs(paths)["designs"] if one["is_present"]]
    assert present == ["classic", "classic-2"]


def test_one_that_is_deleted_can_be_brought_back_with_its_files(paths, checks):
    make_design(paths)
    before = snapshot(paths).values
    delete_design(paths, "mine")
    assert names(paths) == [] and snapshot(paths).values == before
    restore_design(paths, "mine")
    assert names(paths) == ["mine"] and (paths.designs / "mine" / "Own.ttf").read_bytes() == b"font"
    with pytest.raises(NotFound):
        restore_design(paths, "mine")


def test_only_the_last_deleted_ones_are_kept(paths):
    for number in range(MOST_DELETED + 2):
        make_design(paths, f"mine-{number}")
        delete_design(paths, f"mine-{number}")
    assert len(list((paths.designs / DELETED).iterdir())) == MOST_DELETED
    with pytest.raises(NotFound):
        restore_design(paths, "mine-0")


def test_the_designs_of_the_package_stay(paths):
    with pytest.raises(Conflict, match="package"):
        delete_design(paths, "classic")


@pytest.mark.parametrize("name", ["..", "nothing", ".deleted", "A"])
def test_nothing_else_is_deleted_or_brought_back(name, paths):
    for act in (delete_design, restore_design):
        with pytest.raises(NotFound):
            act(paths, name)


def test_a_folder_that_holds_no_design_is_none(paths):
    (paths.designs / "broken").mkdir(parents=True)
    (paths.designs / "broken" / "design.json").write_text("{")
    make_design(paths)
    assert names(paths) == ["mine"]
