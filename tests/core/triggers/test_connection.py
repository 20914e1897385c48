import shutil

import pytest

from app.core import script_switches
from app.core.errors import Unavailable
from app.core.triggers.connection import connection_checks, last_run
from app.models import Origin, Status
from tests.past_runs import make_run


@pytest.fixture
def check(machine):
    """Answers the checks by their names."""

    def run(script="", consumes=True, caller="Sonarr", mode="arr", last=None):
        found = connection_checks(machine.paths, machine.config, script, consumes, caller, mode, last)
        return {entry["name"]: entry for entry in found}

    return run


def test_a_person_is_told_what_works(check):
    found = check()
    assert list(found) == ["key", "watcher", "script", "media server", "consumer"]
    assert found["key"]["message"] == "Sonarr may post webhooks."
    assert found["watcher"]["ok"] and found["script"]["ok"] and found["consumer"]["ok"]


def test_the_check_leaves_nothing_behind(check, machine):
    check()
    assert not [path for path in machine.paths.watcher.rglob("*")]
    assert not [path for path in machine.paths.inbox.rglob("*") if path.is_file()]


@pytest.mark.parametrize("name", ["probe", "probe.posterizarr"])
def test_the_check_deletes_no_file_of_a_user(check, machine, name):
    own = machine.paths.watcher / name
    own.write_text("mine")
    check()
    assert own.read_text() == "mine"


def test_a_script_that_is_missing_is_told(check, tmp_path):
    assert not check(script=str(tmp_path / "Posterizarr.ps1"))["script"]["ok"]
    (tmp_path / "Posterizarr.ps1").write_text("param([switch]$ArrTrigger)")
    assert check(script=str(tmp_path / "Posterizarr.ps1"))["script"]["ok"]


@pytest.mark.parametrize(("mode", "switch"), [("arr", "-ArrTrigger"), ("tautulli", "-Tautulli")])
def test_the_built_in_script_is_asked_what_it_can_do(check, monkeypatch, mode, switch):
    assert check(mode=mode)["script"]["message"] == (
        f"The built-in script has the switch {switch}, with which triggers run."
    )
    monkeypatch.setattr(script_switches, "built_in_switches", lambda: frozenset(("-Testing",)))
    found = check(mode=mode)["script"]
    assert not found["ok"] and found["message"].startswith(f"The poster script has no {switch}, so ")


def test_a_script_of_others_is_read_for_what_it_can_do(check, tmp_path):
    script = tmp_path / "Posterizarr.ps1"
    script.write_text("param (\n  [switch]$Manual,\n  [Switch] $tautulli\n)\n# -ArrTrigger is planned")
    assert check(script=str(script), mode="tautulli")["script"]["ok"]
    found = check(script=str(script), mode="arr")["script"]
    assert not found["ok"] and "use the built-in one" in found["message"]


def test_what_a_script_does_not_say_is_not_guessed(check, tmp_path):
    (tmp_path / "other.py").touch()
    found = check(script=str(tmp_path / "other.py"))["script"]
    assert found["ok"] and "shows when the first one runs" in found["message"]


def test_a_script_that_cannot_be_asked_is_told(check, monkeypatch):
    def refuse():
        raise OSError("it gave no answer (TimeoutExpired)")

    monkeypatch.setattr(script_switches, "built_in_switches", refuse)
    assert check()["script"] == {
        "name": "script",
        "ok": False,
        "message": "The poster script cannot be asked for -ArrTrigger: it gave no answer (TimeoutExpired).",
    }


def make_refused(**overrides):
    """A run for a trigger that the built-in script will never do."""
    values = {"mode": "arr", "origin": Origin.WEBHOOK, "status": Status.FAILED, "exit_code": 5}
    return make_run(**{**values, "reason": "The mode arr is not there yet", **overrides})


def test_what_the_script_refuses_is_told_in_its_own_words(check):
    assert check(last=make_refused())["script"] == {
        "name": "script",
        "ok": False,
        "message": "The script refused the last trigger: The mode arr is not there yet.",
    }


@pytest.mark.parametrize("values", [{"exit_code": 1}, {"exit_code": None}, {"exit_code": 0}])
def test_a_failure_that_another_try_may_end_is_no_refusal(check, values):
    assert check(last=make_refused(**values))["script"]["ok"]


def test_what_another_script_means_by_its_exit_code_is_not_guessed(check, tmp_path):
    (tmp_path / "other.py").touch()
    assert check(script=str(tmp_path / "other.py"), last=make_refused())["script"]["ok"]


def test_the_last_run_is_the_newest_that_ended_for_a_trigger_of_the_kind(session):
    session.add_all(
        [
            make_refused(reason="older"),
            make_refused(reason="newer"),
            make_refused(mode="tautulli"),
            make_refused(origin=Origin.API),
            make_refused(status=Status.RUNNING),
        ]
    )
    session.flush()
    assert last_run(session, "arr").reason == "newer"
    assert last_run(session, "manual") is None


def test_media_servers_are_named_as_far_as_they_are_used(check, machine):
    assert not check()["media server"]["ok"]
    text = machine.paths.config.read_text()
    machine.paths.config.write_text(text.replace('"UsePlex": "false"', '"UsePlex": "true"'))
    assert check()["media server"] == {
        "name": "media server",
        "ok": True,
        "message": "config.json uses Plex.",
    }


def test_a_broken_configuration_is_told_and_harms_nothing_else(check, machine):
    machine.paths.config.write_text("{")
    found = check()
    assert not found["media server"]["ok"] and "config.json" in found["media server"]["message"]
    assert found["watcher"]["ok"]


def test_who_runs_the_script_is_told(check):
    assert "This server" in check()["consumer"]["message"]
    assert "TRIGGER_CONSUMER is off" in check(consumes=False)["consumer"]["message"]


def test_a_missing_folder_is_made(check, machine):
    shutil.rmtree(machine.paths.watcher)
    assert check()["watcher"]["ok"] and machine.paths.watcher.is_dir()


def test_where_nothing_can_be_stored_the_test_fails(check, machine):
    machine.paths.watcher.rmdir()
    machine.paths.watcher.touch()
    with pytest.raises(Unavailable, match="No trigger can be stored"):
        check()


def test_a_staging_place_that_cannot_be_written_fails_the_test_too(check, machine):
    shutil.rmtree(machine.paths.inbox, ignore_errors=True)
    machine.paths.inbox.touch()
    with pytest.raises(Unavailable, match="No trigger can be stored"):
        check()
