"""Trigger files that scripts of others put into the folder."""

import os
import shutil

import pytest

from app.background.dispatcher import Dispatcher
from app.core.triggers.file_format import content
from tests.background.trigger_consumer.dropping import SHELL, survey, through
from tests.driving import drive_to_launch, rows, tick_until
from tests.triggers import (
    asked,
    be_due,
    consume,
    deliver,
    make_episodes,
    make_film,
    make_tautulli,
    triggers,
    watched,
)


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


@pytest.mark.parametrize(
    "text", ["", "hello", "[RatingKey]: x\n", b"\xff\xfe\x00", "[arr_platform]: Sonarr\n"]
)
def test_a_file_that_nobody_understands_is_kept_with_a_reason(quick, drop, text):
    drop("odd.posterizarr", text)
    survey(Dispatcher(quick), 3)
    (found,) = triggers(quick)
    assert found.status == "failed" and "not a valid trigger file" in found.last_error
    assert watched(quick) == [f"failed/{found.id}-odd.failed", f"failed/{found.id}-odd.reason.txt"]
    assert rows(quick) == []


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


def test_a_beginning_that_tells_nothing_yet_is_not_given_up_while_its_writer_may_go_on(quick, data, drop):
    drop("slow.posterizarr", "[event]: Download\n", seconds_ago=10)
    dispatcher = Dispatcher(quick)
    with (data / "watcher" / "slow.posterizarr").open("a") as file:
        survey(dispatcher, 3)
        file.write(SHELL)
    os.utime(file.name, (0, 0))
    survey(dispatcher)
    assert len(consume(quick, dispatcher)) == 1 and watched(quick) == []


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


@pytest.mark.parametrize("text", ["[event]: Grab\n[arr_series_tvdb]: 5\n", "[mediatype]: album\n"])
def test_a_file_about_something_else_goes_without_a_run(quick, drop, text):
    drop("other.posterizarr", text)
    survey(Dispatcher(quick), 3)
    assert watched(quick) == [] and triggers(quick) == [] and rows(quick) == []
