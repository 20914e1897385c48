"""Trigger files that scripts of others put into the folder."""

import os
import shutil
import stat

import pytest

from app.core.triggers import adoption
from app.core.triggers.files import content
from app.dispatcher import Dispatcher
from app.inbox import Inbox
from app.models.base import now
from tests.driving import drive_to_launch, rows, tick_until
from tests.triggers import (
    asked,
    be_due,
    consume,
    deliver,
    make_episodes,
    make_film,
    make_tautulli,
    trigger,
    triggers,
    watched,
)

SHELL = """[arr_series_imdb]: tt5753856
[event]: Download
[arr_platform]: Sonarr
[arr_episode_numbers]: 3,4
[arr_series_title]: Dark
[arr_episode_season]: 1
[arr_series_tvdb]: 334824
"""


@pytest.fixture
def drop(data):
    """Puts an old file below the watcher folder."""

    def put(name, text, seconds_ago=60):
        path = data / "watcher" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        moment = path.stat().st_mtime - seconds_ago
        os.utime(path, (moment, moment))
        return path

    return put


def survey(dispatcher, times=2):
    """Look at the folder so often, without waiting for it to be time."""
    for _ in range(times):
        dispatcher.consumer.survey_due = 0.0
        dispatcher.consumer.step()


def through(machine):
    dispatcher = Dispatcher(machine)
    survey(dispatcher)
    return consume(machine, dispatcher)


def test_a_file_of_a_shell_script_becomes_a_run_and_goes(quick, drop):
    drop("recently_added_20251206120000123_a1b2c3.posterizarr", SHELL)
    (run,) = through(quick)
    assert (run.mode, run.status) == ("arr", "completed")
    assert asked(quick)[0]["-arr_episode_numbers"] == "3,4"
    assert watched(quick) == [] and [found.status for found in triggers(quick)] == ["done"]


def test_a_file_of_tautulli_in_a_folder_below_is_run_once(quick, drop):
    drop("plex/today/x.posterizarr", "[RatingKey]: 77\n[mediatype]: movie\n")
    (run,) = through(quick)
    assert run.mode == "tautulli" and watched(quick) == []
    dispatcher = Dispatcher(quick)
    survey(dispatcher, 3)
    assert len(rows(quick)) == 1


def test_webhook_and_shell_script_of_the_same_import_are_one_run(quick, drop):
    drop("recently_added_20251206120000123_a1b2c3.posterizarr", SHELL)
    dispatcher = Dispatcher(quick)
    deliver(quick, make_episodes(3), make_episodes(4))
    quick_consumer = dispatcher.consumer
    quick_consumer.prepare()
    quick_consumer.survey()
    quick_consumer.survey_due = 0.0
    quick_consumer.survey()
    consume(quick, dispatcher)
    assert [arguments["-arr_episode_numbers"] for arguments in asked(quick)] == ["3,4"]


def test_a_file_is_left_alone_while_somebody_writes_it(quick, drop):
    path = drop("new.posterizarr", SHELL[:40], seconds_ago=0)
    dispatcher = Dispatcher(quick)
    survey(dispatcher, 1)
    path.write_text(SHELL)
    survey(dispatcher, 1)
    assert triggers(quick) == []


@pytest.mark.parametrize(
    "name", ["notes.txt", ".half.posterizarr", "failed/x.posterizarr", "x.posterizarr.tmp"]
)
def test_other_files_are_none_of_ours(quick, drop, name):
    drop(name, SHELL)
    survey(Dispatcher(quick), 3)
    assert triggers(quick) == [] and watched(quick) == [name]


def test_a_link_is_not_followed(quick, drop, tmp_path):
    (tmp_path / "secret.posterizarr").write_text(SHELL)
    (quick.paths.watcher / "link.posterizarr").symlink_to(tmp_path / "secret.posterizarr")
    survey(Dispatcher(quick), 3)
    assert triggers(quick) == []


@pytest.mark.parametrize(
    "text", ["", "hello", "[RatingKey]: x\n", b"\xff\xfe\x00", "[arr_platform]: Sonarr\n"]
)
def test_a_file_that_nobody_understands_is_kept_with_a_reason(quick, drop, text):
    drop("odd.posterizarr", text)
    survey(Dispatcher(quick), 3)
    (found,) = triggers(quick)
    assert found.status == "failed" and "cannot be understood" in found.last_error
    assert watched(quick) == [f"failed/{found.id}-odd.failed", f"failed/{found.id}-odd.reason.txt"]
    assert rows(quick) == []


def test_a_name_that_no_database_can_hold_harms_nobody(quick, drop):
    (quick.paths.watcher / os.fsdecode(b"\xff.posterizarr")).write_text(SHELL)
    drop("good.posterizarr", SHELL)
    (run,) = through(quick)
    assert run.status == "completed" and quick.state.read()["problems"] == []


def test_a_file_that_changes_while_its_run_waits_is_a_trigger_again(quick, drop):
    path = drop("same.posterizarr", "[RatingKey]: 1\n[mediatype]: movie\n")
    dispatcher = Dispatcher(quick)
    survey(dispatcher)
    shutil.copy(path, path.with_suffix(".old"))
    drop("same.posterizarr", "[RatingKey]: 22\n[mediatype]: movie\n")
    consume(quick, dispatcher)
    survey(dispatcher)
    consume(quick, dispatcher)
    assert [arguments["-RatingKey"] for arguments in asked(quick)] == ["1", "22"]


def test_a_folder_that_leads_elsewhere_by_now_holds_up_no_other_trigger(quick, drop, tmp_path):
    outside = tmp_path / "x.posterizarr"
    outside.touch()
    drop("theirs/x.posterizarr", content(make_tautulli(1)))
    dispatcher = Dispatcher(quick)
    survey(dispatcher)
    shutil.rmtree(quick.paths.watcher / "theirs")
    (quick.paths.watcher / "theirs").symlink_to(tmp_path)
    (other,) = deliver(quick, make_tautulli(2))
    tick_until(dispatcher, lambda: trigger(quick, other).status == "done")
    (problem,) = quick.state.read()["problems"]
    assert problem["source"] == "triggers" and "outside" in problem["message"] and outside.exists()


def test_a_file_of_a_year_that_no_calendar_has_is_read_like_any_other(quick, drop):
    path = drop("a.posterizarr", content(make_tautulli(1)))
    facts = list(path.stat())
    facts[stat.ST_MTIME] = 2**40  # disks differ in what they keep
    found = adoption.read(quick.paths, path.name, os.stat_result(facts))
    assert found.told == make_tautulli(1) and found.written > now()


def test_what_somebody_writes_late_counts_in_place_of_the_half_that_was_read(patient, drop):
    half, whole = SHELL[:32], SHELL.replace("3,4", "3,4,5")
    dispatcher = Dispatcher(patient)
    for text, seconds_ago in ((half, 60), (SHELL, 40), (whole, 20)):
        drop("slow.posterizarr", text, seconds_ago)
        survey(dispatcher, 3)
    (found,) = triggers(patient)
    assert (found.title, found.episodes, found.status) == ("Dark", [3, 4, 5], "waiting")
    be_due(patient)
    assert len(consume(patient, dispatcher)) == 1 and watched(patient) == []


def test_what_is_written_anew_during_its_run_is_a_trigger_again(lasting_quick, drop):
    drop("same.posterizarr", content(make_tautulli(1)))
    dispatcher = Dispatcher(lasting_quick)
    survey(dispatcher)
    drive_to_launch(dispatcher, 1)
    drop("same.posterizarr", content(make_tautulli(22)), seconds_ago=30)
    survey(dispatcher, 3)
    consume(lasting_quick, dispatcher)
    assert [arguments["-RatingKey"] for arguments in asked(lasting_quick)] == ["1", "22"]
    assert watched(lasting_quick) == []


def test_the_same_name_later_is_a_new_trigger(quick, drop):
    for key in ("1", "2"):
        drop("same.posterizarr", f"[RatingKey]: {key}\n[mediatype]: movie\n")
        through(quick)
    assert [arguments["-RatingKey"] for arguments in asked(quick)] == ["1", "2"]


def test_files_wait_from_when_they_were_written(patient, drop):
    old = patient.paths.watcher / "old.posterizarr"
    young = patient.paths.watcher / "young.posterizarr"
    for path, film, age in ((old, make_film(1), 400), (young, make_film(2, "Aliens"), 30)):
        path.write_bytes(content(film))
        moment = path.stat().st_mtime - age
        os.utime(path, (moment, moment))
    dispatcher = Dispatcher(patient)
    survey(dispatcher)
    tick_until(dispatcher, lambda: any(found.status == "done" for found in triggers(patient)))
    assert {found.title: found.status for found in triggers(patient)} == {
        "Alien": "done",
        "Aliens": "waiting",
    }


def test_a_full_inbox_leaves_files_where_they_are(quick, drop, monkeypatch):
    monkeypatch.setattr("app.core.triggers.adoption.CAP", 1)
    for key in (1, 2):
        drop(f"{key}.posterizarr", content(make_tautulli(key)))
    dispatcher = Dispatcher(quick)
    survey(dispatcher)
    assert len(triggers(quick)) == 1 and len(watched(quick)) == 2
    monkeypatch.undo()
    survey(dispatcher)
    consume(quick, dispatcher)
    assert sorted(arguments["-RatingKey"] for arguments in asked(quick)) == ["1", "2"]


@pytest.fixture
def refused(quick, drop, monkeypatch):
    """A file that the server's user may not read."""
    path = drop("a.posterizarr", SHELL)
    real = type(path).read_bytes

    def read_bytes(asked):
        if asked.name == path.name:
            raise PermissionError(13, "Permission denied")
        return real(asked)

    monkeypatch.setattr(type(path), "read_bytes", read_bytes)
    return path


def test_a_file_that_may_not_be_read_holds_up_no_other_and_is_told(quick, drop, refused, monkeypatch):
    drop("b.posterizarr", content(make_tautulli(2)))
    dispatcher = Dispatcher(quick)
    survey(dispatcher)
    consume(quick, dispatcher)
    assert [arguments["-RatingKey"] for arguments in asked(quick)] == ["2"]
    (problem,) = quick.state.read()["problems"]
    assert (problem["source"], problem["message"]) == (
        "watcher",
        "A trigger file is left out: a.posterizarr: Permission denied",
    )
    dispatcher.consumer.step()
    assert quick.state.read()["problems"] == [problem], "between two looks it is still there"
    monkeypatch.undo()
    survey(dispatcher)
    consume(quick, dispatcher)
    assert len(asked(quick)) == 2 and watched(quick) == [] and quick.state.read()["problems"] == []


def test_dead_letters_that_cannot_be_kept_hold_up_no_trigger(quick, drop):
    quick.paths.watcher.mkdir(exist_ok=True)
    (quick.paths.watcher / "failed").touch()
    drop("a.posterizarr", "nonsense")
    drop("b.posterizarr", SHELL)
    (run,) = through(quick)
    assert run.status == "completed" and watched(quick) == ["a.posterizarr", "failed"]
    assert [problem["source"] for problem in quick.state.read()["problems"]] == ["watcher"]


def test_the_longest_name_becomes_a_dead_letter_that_can_be_forgotten(quick, drop):
    drop("ü" * 121 + "x.posterizarr", "nonsense")
    survey(Dispatcher(quick), 3)
    (found,) = triggers(quick)
    assert found.status == "failed" and found.file in watched(quick)
    Inbox(quick).forget(found.id)
    assert watched(quick) == []


@pytest.mark.parametrize("text", ["[event]: Grab\n[arr_series_tvdb]: 5\n", "[mediatype]: album\n"])
def test_a_file_about_something_else_goes_without_a_run(quick, drop, text):
    drop("other.posterizarr", text)
    survey(Dispatcher(quick), 3)
    assert watched(quick) == [] and triggers(quick) == [] and rows(quick) == []


def test_a_file_that_cannot_be_removed_holds_up_nobody_and_is_not_run_again(quick, drop, monkeypatch):
    stuck = drop("stuck.posterizarr", content(make_tautulli(1)))
    real = type(stuck).unlink

    def unlink(path, missing_ok=False):
        if path.name == "stuck.posterizarr":
            raise PermissionError(13, "Permission denied")
        real(path, missing_ok=missing_ok)

    monkeypatch.setattr(type(stuck), "unlink", unlink)
    dispatcher = Dispatcher(quick)
    survey(dispatcher)
    (other,) = deliver(quick, make_tautulli(2))
    tick_until(dispatcher, lambda: trigger(quick, other).status == "done")
    survey(dispatcher, 3)
    assert len(rows(quick)) == 2
    (problem,) = quick.state.read()["problems"]
    assert problem["source"] == "triggers" and "Permission denied" in problem["message"]
    monkeypatch.undo()
    consume(quick, dispatcher)
    assert watched(quick) == [] and quick.state.read()["problems"] == []
