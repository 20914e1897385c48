"""The logs that are kept, with the rotated ones."""

import pytest

from app.core.errors import ApplicationError, Forbidden
from app.core.kept_logs import kept_log, kept_logs, log_identity, log_of_identity
from app.core.paths import Paths

ROTATED = "Logs_20261129_170838"


@pytest.fixture
def paths(tmp_path):
    paths = Paths(tmp_path / "data")
    paths.create()
    (paths.rotated_logs / ROTATED).mkdir()
    for place in (
        paths.logs / "Scriptlog.log",
        paths.interface_logs / "BackendServer.log.1",
        paths.rotated_logs / ROTATED / "Scriptlog.log",
    ):
        place.write_text(f"{place.name}\n")
    return paths


def test_rotated_logs_are_listed_with_the_others(paths):
    for other in ("normal.json", "Scriptlog.log.1234", ".BackendServer.log.lock"):
        (paths.logs / other).write_text("no log")
    (paths.logs / "link.log").symlink_to("/etc/passwd")
    (paths.rotated_logs / "link").symlink_to("/etc")
    assert {(entry["directory"], entry["name"]) for entry in kept_logs(paths)} == {
        ("Logs", "Scriptlog.log"),
        ("UILogs", "BackendServer.log.1"),
        ("RotatedLogs", f"{ROTATED}/Scriptlog.log"),
    }


def test_no_folder_is_no_log(tmp_path):
    assert kept_logs(Paths(tmp_path / "nowhere")) == []


def test_each_listed_log_is_found_by_its_name(paths):
    for entry in kept_logs(paths):
        assert kept_log(paths, entry["name"]).stat().st_size == entry["size"]


@pytest.mark.parametrize(
    "name",
    [
        "",
        "normal.json",
        "../config.json",
        "../../x.log",
        "a/b/c.log",
        "./x.log",
        "/etc/passwd",
        "x\0.log",
        "x.log/",
    ]
    + [f"../{ROTATED}/x.log", f"{ROTATED}\\Scriptlog.log", "y" * 5000 + ".log"],
)
def test_what_is_no_log_is_refused(paths, name):
    with pytest.raises(ApplicationError):
        kept_log(paths, name)


def test_a_link_out_of_the_folder_is_refused(paths, tmp_path):
    (tmp_path / "secret.log").write_text("secret\n")
    (paths.rotated_logs / ROTATED / "link.log").symlink_to(tmp_path / "secret.log")
    with pytest.raises(Forbidden):
        kept_log(paths, f"{ROTATED}/link.log")


def test_a_log_is_found_by_its_identity_after_it_was_rotated(paths):
    path = paths.logs / "Scriptlog.log"
    identity = log_identity(path)
    assert log_of_identity(paths, "Scriptlog.log", identity)[::2] == ("Scriptlog.log", True)
    (paths.rotated_logs / "Logs_20261130_170838").mkdir()
    path.rename(paths.rotated_logs / "Logs_20261130_170838" / "Scriptlog.log")
    for _ in range(2):  # while no other log has its name yet, and after that
        found = log_of_identity(paths, "Scriptlog.log", identity)
        assert found[::2] == ("Logs_20261130_170838/Scriptlog.log", False)
        path.write_text("new\n")
    assert log_of_identity(paths, "Scriptlog.log", "gone")[::2] == ("Scriptlog.log", True)
