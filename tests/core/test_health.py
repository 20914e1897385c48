import os
from collections import namedtuple

import pytest

from app.core import health
from app.core.config_file import ConfigFile
from app.core.paths import Paths
from app.core.processes import identify
from app.models import StoredDocument

Usage = namedtuple("Usage", "total used free")
GIB = 1024**3


@pytest.fixture
def paths(tmp_path):
    paths = Paths(tmp_path / "data")
    paths.create()
    return paths


def kinds(problems):
    return [(found["type"], found["source"]) for found in problems]


def complete(problem):
    shown = {name: problem[name] for name in ("type", "source", "message", "advice", "text")}
    return problem.keys() == {*shown, "values"} and all(shown.values())


def test_an_unreadable_config_says_what_is_wrong_with_it(paths):
    paths.config.write_text('{"WebUI": ')
    problems = health.config_problems(ConfigFile(paths.config))
    assert kinds(problems) == [("error", "config")]
    assert "line 1" in problems[0]["message"]
    assert complete(problems[0])


def test_a_readable_config_is_no_problem(paths):
    paths.config.write_text("{}")
    assert health.config_problems(ConfigFile(paths.config)) == []


def test_the_password_that_everybody_knows_is_a_warning_to_the_owner(paths):
    paths.config.write_text('{"WebUI": {"basicAuthEnabled": true, "basicAuthPassword": "posterizarr"}}')
    problems = health.login_warnings(ConfigFile(paths.config), "")
    assert kinds(problems) == [("warning", "login")]
    assert complete(problems[0])


def test_a_database_that_does_not_answer_is_an_error():
    assert kinds(health.database_problems(answers=False)) == [("error", "database")]
    assert health.database_problems(answers=True) == []


def test_a_missing_folder_is_told_by_its_name_alone(paths):
    paths.logs.rmdir()
    problems = health.folder_problems(paths)
    assert kinds(problems) == [("error", "data")]
    assert "Logs" in problems[0]["message"]
    assert str(paths.data) not in problems[0]["message"]


def test_a_file_where_a_folder_should_be_is_told(paths):
    paths.logs.rmdir()
    paths.logs.write_text("")
    assert kinds(health.folder_problems(paths)) == [("error", "data")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write_is_told(paths):
    paths.logs.chmod(0o500)
    assert kinds(health.folder_problems(paths)) == [("error", "data")]
    paths.logs.chmod(0o700)


@pytest.mark.parametrize(
    ("usage", "warned"),
    [
        (Usage(100 * GIB, 90 * GIB, 10 * GIB), False),
        (Usage(10 * GIB, 9.5 * GIB, GIB // 2), True),
        (Usage(100 * GIB, 98.5 * GIB, int(1.5 * GIB)), True),
        (Usage(10 * GIB, 9 * GIB, GIB), False),
    ],
)
def test_a_disk_that_is_nearly_full_is_a_warning(tmp_path, usage, warned):
    problems = health.disk_problems(tmp_path, lambda _: usage)
    assert kinds(problems) == ([("warning", "disk")] if warned else [])


def test_a_data_folder_that_is_gone_has_no_disk_to_warn_of(tmp_path):
    assert health.disk_problems(tmp_path / "gone") == []


def test_a_missing_script_is_told_without_its_folder(tmp_path):
    problems = health.script_problems(str(tmp_path / "Posterizarr.ps1"))
    assert kinds(problems) == [("error", "script")]
    assert str(tmp_path) not in problems[0]["message"]
    assert health.script_problems("") == []


def test_a_script_that_cannot_be_launched_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    for name, told in (
        ("Posterizarr.ps1", ["pwsh is not installed"]),
        ("draw", ["executable"]),
        ("x.py", []),
    ):
        (tmp_path / name).write_text("#!/bin/sh\n")
        found = health.script_problems(str(tmp_path / name))
        assert all(text in problem["message"] for text, problem in zip(told, found, strict=True))
        assert all(str(tmp_path) not in problem["message"] for problem in found)
    for name in ("pwsh", "draw"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    assert [health.script_problems(str(tmp_path / name)) for name in ("Posterizarr.ps1", "draw")] == [[], []]


def test_the_scripts_of_this_interpreter_need_nothing_else(tmp_path, monkeypatch):
    (tmp_path / "x.py").touch()
    monkeypatch.setattr("sys.executable", str(tmp_path / "gone"))
    assert health.script_problems("") == health.script_problems(str(tmp_path / "x.py")) == []


def make_leader(**overrides):
    values = {
        "pid": os.getpid(),
        "since": "2025-11-25T15:30:03+00:00",
        "started": identify(os.getpid()).started,
    }
    return values | overrides


def test_a_living_leader_is_no_problem():
    assert health.leader_problems(make_leader()) == []


@pytest.mark.parametrize("leader", [None, make_leader(pid=2**22 + 1)])
def test_no_leader_or_a_dead_one_is_an_error(leader):
    assert kinds(health.leader_problems(leader)) == [("error", "leader")]


def test_another_process_with_the_leaders_number_does_not_lead():
    successor = make_leader(started=f"{identify(os.getpid()).started}0")
    assert kinds(health.leader_problems(successor)) == [("error", "leader")]


def test_what_the_threads_publish_is_passed_on():
    found = [
        {
            "source": "log",
            "message": "The log stands still.",
            "public": "The log stands still.",
            "advice": "Look at the script.",
        }
    ]
    for private in (True, False):
        (entry,) = health.published_problems(found, private)
        assert entry | {"public": entry["message"]} == {
            "type": "warning",
            "text": "",
            "values": {},
            **found[0],
        }


def test_the_values_of_a_text_are_for_those_who_may_read_the_details():
    entry = {"source": "runs", "message": "No: x", "public": "No.", "advice": "Look."}
    words = {"text": "runs", "values": {"reason": "x"}}
    [private] = health.published_problems([entry | words], True)
    [public] = health.published_problems([entry | words], False)
    assert private | words == private and (public["text"], public["values"]) == ("", {})


def test_bad_schedules_are_told_and_missing_ones_are_not():
    section = {
        "problems": [
            {
                "source": "scheduler",
                "message": "schedules[0]: no",
                "public": "schedules[0].",
                "advice": "Mend it.",
            }
        ]
    }
    assert kinds(health.schedule_problems(section, True)) == [("warning", "scheduler")]
    shown = [health.schedule_problems(section, private)[0]["message"] for private in (True, False)]
    assert shown == ["schedules[0]: no", "schedules[0]."]
    assert health.schedule_problems(None, True) == []


def test_a_failed_update_check_is_only_a_note():
    notes = health.update_problems(StoredDocument(name="releases", error="answered 403"))
    assert kinds(notes) == [("note", "releases")]
    assert health.overall(notes) == "ok"
    assert health.update_problems(StoredDocument(name="releases")) == health.update_problems(None) == []


def test_anything_else_makes_the_whole_a_problem():
    assert health.overall(health.database_problems(answers=False)) == "problems"
    assert health.overall([]) == "ok"


@pytest.mark.parametrize(
    ("counts", "kind", "message"),
    [
        ({"waiting": 1}, "note", "1 picture waits for the upload."),
        ({"waiting": 3, "applied": 500, "kept": 2}, "note", "3 pictures wait for the upload."),
        (
            {"overwritten": 12, "waiting": 1, "refused": 2},
            "warning",
            "12 pictures were overwritten on the media server by a person or another tool, "
            "2 were refused by the media server, 1 waits for the upload.",
        ),
        ({"refused": 1}, "warning", "1 picture was refused by the media server."),
    ],
)
def test_uploads_that_need_a_person_are_one_line_with_counts(counts, kind, message):
    [found] = health.upload_problems(counts)
    assert (found["type"], found["source"], found["message"]) == (kind, "uploads", message)
    assert complete(found)


def test_uploads_that_are_as_they_should_be_are_no_problem():
    assert (
        health.upload_problems({}) == health.upload_problems({"applied": 9, "re_encoded": 9, "kept": 1}) == []
    )
