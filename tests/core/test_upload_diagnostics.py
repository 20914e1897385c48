import os

import pytest

from app.core.paths import Paths
from app.core.upload_diagnostics import folder_rights, name_of_id, upload_diagnostics


def test_every_folder_is_described_and_nothing_is_written(tmp_path):
    paths = Paths(tmp_path / "data")
    paths.create()
    before = sorted(path for path in paths.data.rglob("*"))
    found = upload_diagnostics(paths, tmp_path, {"TZ": "Europe/Berlin"}, in_container=True)
    assert sorted(path for path in paths.data.rglob("*")) == before
    names = ["BASE_DIR", "UPLOADS_DIR", "OVERLAYFILES_DIR", "ASSETS_DIR", "LOGS_DIR", "TEMP_DIR"]
    assert list(found["directories"]) == names
    for name, folder in found["directories"].items():
        assert folder["name"] == name and folder["exists"] and folder["is_docker"] and folder["error"] is None
    assert found["environment"] == {"TZ": "Europe/Berlin"}
    assert found["user"]["uid"] == os.getuid() and found["user"]["username"]


def test_a_missing_folder_is_named(tmp_path):
    assert folder_rights("x", None)["error"] == "No folder is set."
    missing = folder_rights("x", tmp_path / "none")
    assert (missing["exists"], missing["readable"], missing["writable"]) == (False, False, False)
    assert missing["error"] == "The folder does not exist."


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_folder_without_rights_is_named(tmp_path):
    tmp_path.chmod(0o500)
    found = folder_rights("x", tmp_path)
    tmp_path.chmod(0o700)
    assert (found["readable"], found["writable"]) == (True, False)
    assert "may not" in found["error"]


def test_a_user_without_a_name_is_a_number():
    def none():
        raise KeyError

    assert name_of_id(none, 4711) == "4711"
