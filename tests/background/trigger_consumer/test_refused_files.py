"""Files that cannot be dealt with hold up no other, and somebody is told."""

import os
import shutil
import stat

import pytest

from app.background.dispatcher import Dispatcher
from app.core.triggers import adoption
from app.core.triggers.file_format import content
from app.models.base import now
from app.services.inbox import Inbox
from tests.background.trigger_consumer.dropping import SHELL, survey, through
from tests.driving import rows, tick_until
from tests.triggers import (
    asked,
    consume,
    deliver,
    make_tautulli,
    trigger,
    triggers,
    watched,
)


def test_a_link_is_not_followed(quick, drop, tmp_path):
    (tmp_path / "secret.posterizarr").write_text(SHELL)
    (quick.paths.watcher / "link.posterizarr").symlink_to(tmp_path / "secret.posterizarr")
    survey(Dispatcher(quick), 3)
    assert triggers(quick) == []


def test_a_name_that_no_database_can_hold_harms_nobody(quick, drop):
    (quick.paths.watcher / os.fsdecode(b"\xff.posterizarr")).write_text(SHELL)
    drop("good.posterizarr", SHELL)
    (run,) = through(quick)
    assert run.status == "completed" and quick.state.read()["problems"] == []


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
    found = adoption.read_trigger_file(quick.paths, path.name, os.stat_result(facts))
    assert found.event == make_tautulli(1) and found.written > now()


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
        "A trigger file cannot be processed: a.posterizarr: Permission denied",
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
