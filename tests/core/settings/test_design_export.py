import pytest

from app.core.settings.design_export import PRIVATE_KEYS, PRIVATE_SECTIONS, exported_design
from app.core.settings.editing import import_settings
from tests.core.settings.making import make_checks, make_config, stored, write_config


def test_servers_secrets_folders_and_foreign_settings_stay_at_home():
    given = exported_design(make_config(Mine={"token": "x"}, OverlayPart={"apikey": "x"}) | {"version": 1})
    assert not set(given) & {*PRIVATE_SECTIONS, "Mine", "version"}
    assert not set(given["PrerequisitePart"]) & set(PRIVATE_KEYS)
    assert given["OverlayPart"] == {"ImageProcessing": "true", "outputQuality": "92%"}
    assert len(given) == 11
    assert sum(map(len, given.values())) == 259 - 3 - 21 - 4 - 5 - 5 - 6 - 5


@pytest.mark.parametrize("broken", [None, "text", []])
def test_a_broken_section_gives_nothing(broken):
    assert exported_design({"OverlayPart": broken})["OverlayPart"] == {}


def test_a_design_can_be_given_to_another_installation(paths):
    design = make_config(PosterOverlayPart={"fontcolor": "gold"}, PrerequisitePart={"AssetPath": "/mine"})
    write_config(paths, make_config(ApiPart={"PlexToken": "own"}))
    saved = import_settings(paths, exported_design(design), make_checks(paths))
    assert saved.changed == ("PosterFontcolor",)
    assert stored(paths)["ApiPart"]["PlexToken"] == "own"
    assert stored(paths)["PrerequisitePart"]["AssetPath"] == "/assets"
    assert exported_design(stored(paths)) == exported_design(design)
