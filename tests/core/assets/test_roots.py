import json

import pytest

from app.config import load_settings
from app.core.errors import NotFound
from app.extensions import Machine


@pytest.fixture
def make_machine(tmp_path):
    made = []

    def make(section, **settings):
        data = tmp_path / "data"
        data.mkdir(exist_ok=True)
        (data / "config.json").write_text(json.dumps({"PrerequisitePart": section}))
        made.append(Machine(load_settings({}, APP_DATA=data, **settings)))
        return made[-1]

    yield make
    for machine in made:
        machine.close()


def test_the_config_tells_where_the_trees_are(make_machine, tmp_path):
    roots = make_machine({"AssetPath": "/a", "ManualAssetPath": "/m", "BackupPath": "below"}).roots
    assert str(roots.path("assets")) == "/a"
    assert str(roots.path("manual")) == "/m"
    assert roots.path("backup") == tmp_path / "data" / "below"


def test_the_environment_overrides_the_config(make_machine, tmp_path):
    chosen = {"ASSET_PATH": "/x", "MANUAL_ASSET_PATH": "/y", "BACKUP_PATH": "/z"}
    roots = make_machine({"AssetPath": "/a", "ManualAssetPath": "/m", "BackupPath": "/b"}, **chosen).roots
    assert [str(roots.path(name)) for name in ("assets", "manual", "backup")] == ["/x", "/y", "/z"]


def test_a_setting_in_whose_place_the_environment_names_another_folder_is_told(make_machine):
    section = {"AssetPath": "/a", "ManualAssetPath": "/m", "BackupPath": ""}
    machine = make_machine(section, ASSET_PATH="/x", MANUAL_ASSET_PATH="/m", BACKUP_PATH="/b")
    assert machine.roots.overridden() == ["AssetPath"]
    assert make_machine(section).roots.overridden() == []


def test_a_config_that_cannot_be_read_overrides_nothing(make_machine):
    machine = make_machine({}, ASSET_PATH="/x")
    machine.paths.config.write_text("{")
    assert machine.roots.overridden() == []


@pytest.mark.parametrize("entry", ["", "  ", None, 7])
def test_an_entry_that_is_no_path_is_no_root(make_machine, entry):
    roots = make_machine({"AssetPath": entry}).roots
    assert roots.path("assets") is None
    with pytest.raises(NotFound, match="AssetPath"):
        roots.existing("assets")


def test_a_changed_config_counts_at_once(make_machine, tmp_path):
    machine = make_machine({"AssetPath": "/before", "FollowSymlink": "false"})
    assert not machine.roots.follow_links()
    machine.paths.config.write_text(
        '{"PrerequisitePart": {"AssetPath": "/after it", "FollowSymlink": "true"}}'
    )
    assert str(machine.roots.path("assets")) == "/after it"
    assert machine.roots.follow_links()
