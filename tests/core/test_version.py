import pytest

from app.core.version import ScriptVersion, comparison, is_newer, package_version


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ("2.1.16", "2.1.15"),
        ("2.2.0", "2.1.99"),
        ("2.1.10", "2.1.9"),
        ("3.0", "2.9.9"),
        ("2.1.15", "2.1.15-beta"),
        ("2.1.15-beta10", "2.1.15-beta9"),
        ("2.1.15-rc1", "2.1.15-beta2"),
        ("2.1.16-beta1", "2.1.15"),
        ("v2.1.16", "2.1.15"),
        ("2.1.15.1", "2.1.15"),
    ],
)
def test_versions_are_compared_by_number_and_a_pre_release_comes_first(newer, older):
    assert is_newer(newer, older)
    assert not is_newer(older, newer)


@pytest.mark.parametrize(
    ("one", "other"), [("2.1", "2.1.0"), ("v2.1.15", "2.1.15"), ("2.1.15+build7", "2.1.15")]
)
def test_some_versions_are_the_same(one, other):
    assert not is_newer(one, other)
    assert not is_newer(other, one)


@pytest.mark.parametrize("nonsense", [None, "", "latest", "x.y", "1" * 5000, "-1", "\0"])
def test_nonsense_is_never_newer_and_never_older(nonsense):
    assert not is_newer(nonsense, "2.1.15")
    assert not is_newer("2.1.15", nonsense)


@pytest.mark.parametrize(
    ("local", "remote", "shown", "available"),
    [
        ("2.1.15", "2.1.15", "2.1.15", False),
        ("2.1.14", "2.1.15", "2.1.14", True),
        ("2.2.0", "2.1.15", "2.2.0-dev", False),
        ("2.2.0-dev", "2.1.15", "2.2.0-dev", False),
        ("2.1.15", None, "2.1.15", False),
        (None, "2.1.15", None, False),
    ],
)
def test_what_clients_are_shown(local, remote, shown, available):
    assert comparison(local, remote) == {"local": shown, "remote": remote, "is_update_available": available}


def test_the_built_in_script_has_the_version_of_the_package():
    assert ScriptVersion("").read() == package_version() != ""


@pytest.mark.parametrize(
    "assignment",
    [
        '$CurrentScriptVersion = "2.1.15"',
        "$global:CurrentScriptVersion='2.1.15'",
        '   $Script:currentscriptversion   =   "2.1.15"  # note',
    ],
)
def test_a_power_shell_script_tells_its_own_version(tmp_path, assignment):
    script = tmp_path / "Posterizarr.ps1"
    script.write_text(
        f"\ufeff# CurrentScriptVersion = '9.9.9'\r\nparam()\r\n{assignment}\r\n", encoding="utf-8"
    )
    assert ScriptVersion(str(script)).read() == "2.1.15"


def test_a_new_version_of_the_script_is_seen(tmp_path):
    script = tmp_path / "Posterizarr.ps1"
    script.write_text('$CurrentScriptVersion = "2.1.15"\n')
    version = ScriptVersion(str(script))
    assert version.read() == "2.1.15"
    script.write_text('$CurrentScriptVersion = "2.1.160"\n')
    assert version.read() == "2.1.160"


def test_a_script_that_is_gone_or_tells_nothing_has_no_version(tmp_path):
    script = tmp_path / "Posterizarr.ps1"
    assert ScriptVersion(str(script)).read() is None
    script.write_bytes(b"\xff\xfe\x00 no version here")
    assert ScriptVersion(str(script)).read() is None
