import json

import pytest

from app.core.errors import Conflict
from app.core.settings.editing import import_settings, replace_by_backup, save
from app.core.settings.mistakes import InvalidSettings
from app.core.settings.store import snapshot
from tests.core.settings.making import make_config, write_config


@pytest.fixture
def stored(paths):
    """Reads what lies in engine.json."""
    return lambda: json.loads(paths.engine_config.read_text())


def test_without_a_file_every_own_setting_has_its_default(paths):
    write_config(paths, make_config())
    assert snapshot(paths).values["EnginePart"] == {
        "MediaPath": "",
        "MediaExclude": "",
        "GenerateMissing": "auto",
        "UnwatchedCards": "show",
        "CollectionArt": "false",
        "SquareArt": "false",
        "PlexCertificate": "",
        "JellyfinCertificate": "",
        "EmbyCertificate": "",
        "KometaOverlay": "keep",
        "StoreMegabytes": "2048",
        "StoreDays": "90",
        "CacheMegabytes": "256",
        "PlansMegabytes": "1024",
        "LetterSpacing": "0",
        "LabelSpacing": "0",
        "LabelFont": "",
        "TextShadow": "0",
        "AlignBaselines": "false",
    }


def test_an_own_setting_is_saved_beside_config_json_which_stays_as_it_is(paths, checks, stored):
    write_config(paths, make_config())
    before, known = paths.config.read_bytes(), snapshot(paths).revision
    saved = save(paths, {"GenerateMissing": "off", "MediaPath": str(paths.data)}, checks)
    assert set(saved.changed) == {"GenerateMissing", "MediaPath"}
    assert saved.revision == snapshot(paths).revision != known
    assert paths.config.read_bytes() == before
    assert (stored()["GenerateMissing"], stored()["MediaPath"]) == ("off", str(paths.data))
    with pytest.raises(Conflict, match="another edit"):
        save(paths, {"GenerateMissing": "on"}, checks, expected=(known,))


def test_an_edit_of_both_files_leaves_no_own_section_in_config_json(paths, checks, stored):
    write_config(paths, make_config())
    import_settings(
        paths, {"EnginePart": {"GenerateMissing": "on"}, "ApiPart": {"FavProvider": "tvdb"}}, checks
    )
    written = json.loads(paths.config.read_text())
    assert "EnginePart" not in written and written["ApiPart"]["FavProvider"] == "tvdb"
    assert stored()["GenerateMissing"] == "on"


def test_a_restored_backup_leaves_the_own_settings_as_they_are(paths, checks):
    write_config(paths, make_config())
    save(paths, {"FavProvider": "tvdb"}, checks)
    save(paths, {"GenerateMissing": "off"}, checks)
    [backup] = paths.config_backups.iterdir()
    assert replace_by_backup(paths, backup.name, checks).changed == ("FavProvider",)
    assert snapshot(paths).values["EnginePart"]["GenerateMissing"] == "off"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GenerateMissing", "sometimes"),
        ("UnwatchedCards", "hide"),
        ("CollectionArt", "perhaps"),
        ("MediaPath", "/no/such/folder"),
        ("PlexCertificate", "no-fingerprint"),
        ("EmbyCertificate", 5),
    ],
)
def test_a_value_that_the_engine_could_not_use_is_refused(paths, checks, name, value):
    write_config(paths, make_config())
    with pytest.raises(InvalidSettings):
        save(paths, {name: value}, checks)
    assert not paths.engine_config.exists()


@pytest.mark.parametrize("content", [b"{", b"[1]", b"\xff\xfe"])
def test_a_damaged_file_is_named_and_never_overwritten(paths, checks, content):
    write_config(paths, make_config())
    paths.engine_config.write_bytes(content)
    with pytest.raises(Conflict, match="engine.json.*Correct the file, or delete it"):
        save(paths, {"GenerateMissing": "off"}, checks)
    assert paths.engine_config.read_bytes() == content
