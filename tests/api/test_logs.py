import json
from datetime import UTC, datetime

import pytest

from app.core.local_time import zone_or_none
from tests.conftest import KEY


@pytest.fixture
def log(machine):
    path = machine.paths.logs / "Scriptlog.log"
    path.write_text("one\ntwo\nthree\n")
    return path


def test_logs_are_listed(client, log):
    listed = client.get("/api/logs").json["logs"]
    assert [
        (entry["name"], entry["size"], entry["directory"]) for entry in listed if entry["directory"] == "Logs"
    ] == [("Scriptlog.log", 14, "Logs")]
    assert isinstance(listed[0]["modified"], float)


def test_the_last_lines_are_shown_with_their_ends(client, log):
    assert client.get("/api/logs/Scriptlog.log?tail=2").json["content"] == ["two\n", "three\n"]
    assert client.get("/api/logs/Scriptlog.log?tail=0").json["content"] == ["one\n", "two\n", "three\n"]


def test_a_hundred_lines_are_shown_unless_told_otherwise(client, log):
    log.write_text("".join(f"{number}\n" for number in range(300)))
    content = client.get("/api/logs/Scriptlog.log").json["content"]
    assert (content[0], len(content)) == ("200\n", 100)


def test_a_log_is_followed_by_its_offset(client, log):
    told = client.get("/api/logs/Scriptlog.log?tail=1").json
    with log.open("a") as file:
        file.write("four\nfi")
    address = f"/api/logs/Scriptlog.log?offset={told['next_offset']}&file_id={told['file_id']}"
    told = client.get(address).json
    assert (told["content"], told["next_offset"], told["reset"]) == (["four\n"], 19, False)


def test_no_log_is_shown_with_secrets(client, log, machine):
    config = {"ApiPart": {"tmdbtoken": "token-of-the-provider"}}
    machine.paths.config.write_text(json.dumps(config))
    log.write_text(f"asked with token-of-the-provider and {KEY}\n")
    shown = "asked with REDACTED and REDACTED"
    for query in ("tail=5", "offset=0"):
        assert client.get(f"/api/logs/Scriptlog.log?{query}").json["content"] == [f"{shown}\n"]
    assert client.get("/api/status").json["last_logs"] == [shown]


def test_a_log_that_was_cut_starts_again(client, log):
    log.write_text("new\n")
    told = client.get("/api/logs/Scriptlog.log?offset=14").json
    assert (told["content"], told["reset"]) == (["new\n"], True)


@pytest.mark.parametrize("tail", ["-1", "100001", "all", "1.5"])
def test_a_tail_out_of_range_is_refused_with_the_limit(client, log, tail):
    answer = client.get(f"/api/logs/Scriptlog.log?tail={tail}")
    assert answer.status_code == 400
    assert "tail" in answer.json["detail"]


@pytest.mark.parametrize("offset", ["-1", "9" * 20, "end"])
def test_an_offset_out_of_range_is_refused(client, log, offset):
    assert client.get(f"/api/logs/Scriptlog.log?offset={offset}").status_code == 400


@pytest.mark.parametrize(
    "name",
    [
        "missing.log",
        "..",
        "../config.json",
        "..%2fconfig.json",
        "..%2f..%2fetc%2fpasswd",
        "%2fetc%2fpasswd",
        "..%5cconfig.json",
        "%2e%2e%2fconfig.json",
        "..%252fconfig.json",
        "a%00.log",
        "link.log",
        "normal.json",
    ],
)
def test_nothing_but_a_log_of_the_two_folders_is_ever_shown(client, machine, log, name):
    (machine.paths.logs / "link.log").symlink_to(machine.paths.config)
    (machine.paths.logs / "normal.json").write_text("{}")
    answer = client.get(f"/api/logs/{name}")
    assert answer.status_code in (400, 403, 404)
    assert answer.json["detail"]
    assert str(machine.paths.data) not in answer.text


def test_whether_a_log_exists_is_told(client, log):
    assert client.get("/api/logs/Scriptlog.log/exists").json == {
        "exists": True,
        "log_name": "Scriptlog.log",
        "path": "Logs/Scriptlog.log",
    }
    assert client.get("/api/logs/Testinglog.log/exists").json == {
        "exists": False,
        "log_name": "Testinglog.log",
        "path": None,
    }


def test_logs_need_credentials(anonymous, log):
    for path in ("", "/Scriptlog.log", "/Scriptlog.log/exists"):
        assert anonymous.get(f"/api/logs{path}").status_code == 401


def test_head_is_answered_without_a_body(client, log):
    for path in ("", "/Scriptlog.log", "/Scriptlog.log/exists"):
        answer = client.head(f"/api/logs{path}")
        assert (answer.status_code, answer.data) == (200, b"")


def test_lines_are_read_from_an_offset_in_both_directions(client, log):
    told = client.get("/api/logs/Scriptlog.log/lines?offset=4&limit=1").json
    assert ([line["text"] for line in told["lines"]], told["start"], told["end"]) == (["two"], 4, 8)
    address = f"/api/logs/Scriptlog.log/lines?offset=4&backward=true&file_id={told['file_id']}"
    told = client.get(address).json
    assert [line["text"] for line in told["lines"]] == ["one"] and told["is_current"]


@pytest.mark.parametrize("query", ["text=TWO", "level=warning", "since={local}"])
def test_lines_are_searched_by_text_level_and_time(client, log, query, machine):
    log.write_text("[2026-11-29 17:08:38] [INFO] |x| one\n[2026-11-29 17:08:39] [ERROR] |x| two\n")
    zone = zone_or_none(machine.settings.tz)  # that of the lines
    local = datetime(2026, 11, 29, 17, 8, 39, tzinfo=zone).astimezone(UTC)
    told = client.get(
        "/api/logs/Scriptlog.log/lines?offset=0&" + query.format(local=f"{local:%Y-%m-%dT%H:%M:%SZ}")
    ).json
    assert [line["level"] for line in told["lines"]] == ["error"]


def test_a_rotated_log_is_listed_read_and_downloaded_without_secrets(client, machine):
    folder = machine.paths.rotated_logs / "Logs_20261129_170838"
    folder.mkdir()
    (folder / "Scriptlog.log").write_text(f"asked with {KEY}\n")
    names = [entry["name"] for entry in client.get("/api/logs?rotated=true").json["logs"]]
    assert "Logs_20261129_170838/Scriptlog.log" in names
    address = "/api/logs/Logs_20261129_170838/Scriptlog.log"
    assert client.get(f"{address}/lines?offset=0").json["lines"][0]["text"] == "asked with REDACTED"
    answer = client.get(f"{address}/download")
    assert (answer.text, answer.mimetype) == ("asked with REDACTED\n", "text/plain")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=Logs_20261129_170838_")


@pytest.mark.parametrize(
    "query",
    ["offset=-1", "offset=x", "limit=0", "limit=501", "level=loud", "since=now", "backward=perhaps"]
    + [f"text={'x' * 201}", f"file_id={'x' * 65}"],
)
def test_a_wrong_question_for_lines_is_refused(client, log, query):
    assert client.get(f"/api/logs/Scriptlog.log/lines?{query}").status_code == 400


@pytest.mark.parametrize(
    "name", ["missing.log", "..%2fconfig.json", "a/b/c.log", "%2e%2e/x.log", "normal.json"]
)
@pytest.mark.parametrize("part", ["lines", "download"])
def test_what_is_no_log_has_no_lines(client, log, name, part):
    assert client.get(f"/api/logs/{name}/{part}").status_code in (403, 404)
