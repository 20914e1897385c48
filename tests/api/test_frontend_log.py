"""What pages tell of themselves, and both logs of the server as one list."""

import json
import re

import pytest

from app.log.frontend_log import LONGEST_MESSAGE

SECRET = "hush-hush-token-of-plex"


@pytest.fixture
def lines(machine):
    """Answers a function that reads the page's log."""
    file = machine.paths.interface_logs / "FrontendUI.log"
    return lambda: file.read_text().splitlines()


def make_entry(**overrides):
    values = {
        "level": "warn",
        "message": "WebSocket closed",
        "timestamp": "2026-11-23 19:30:01",
        "source": "ui",
    }
    return values | overrides


def send(client, *entries):
    return client.post("/api/logs/ui/batch", json={"logs": list(entries)})


def test_a_batch_of_a_page_is_written_line_by_line(client, lines):
    answer = send(client, make_entry(), make_entry(level="log", message="loaded", component="Dashboard"))
    assert (answer.status_code, answer.json) == (200, {"success": True, "count": 2})
    assert lines() == [
        "[2026-11-23 19:30:01] [WARNING] |ui| WebSocket closed",
        "[2026-11-23 19:30:01] [INFO]    |Dashboard| loaded",
    ]


def test_a_single_entry_is_written_with_the_present_time_where_it_tells_none(client, lines):
    answer = client.post("/api/logs/ui", json={"level": "error", "message": "no map"})
    assert answer.json == {"success": True}
    assert re.fullmatch(r"\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] \[ERROR\]   \|ui\| no map", lines()[0])


@pytest.mark.parametrize(
    "odd",
    [
        {"level": None, "timestamp": None, "source": None, "component": None},
        {"level": "shout", "timestamp": "yesterday]", "component": "a|b", "stack": {"more": [1]}},
        {"timestamp": "9999-99-99T99:99:99", "source": ""},
    ],
)
def test_what_an_entry_tells_oddly_is_replaced(client, lines, odd):
    assert send(client, make_entry(**odd)).status_code == 200
    assert re.fullmatch(r"\[[0-9: -]{19}\] \[(INFO|WARNING)\] +\|ui\| WebSocket closed", lines()[0])


def test_a_message_cannot_forge_a_line(client, lines):
    send(client, make_entry(message="one\n[2026-01-01 00:00:00] [INFO]    |app| two\r\x1b[2J"))
    assert len(lines()) == 1 and "\\n[2026-01-01" in lines()[0] and "\x1b" not in lines()[0]


def test_no_secret_is_written(client, machine, lines):
    machine.paths.config.write_text(json.dumps({"ApiPart": {"PlexToken": SECRET}}))
    send(client, make_entry(message=f"sent {SECRET} to /x?api_key=abcdef"))
    assert SECRET not in lines()[0] and "abcdef" not in lines()[0]


def test_a_secret_across_the_cut_is_not_written_in_part(client, machine, lines):
    machine.paths.config.write_text(json.dumps({"ApiPart": {"PlexToken": SECRET}}))
    send(client, make_entry(message="x" * (LONGEST_MESSAGE - 9) + SECRET))
    assert lines()[0].endswith("xREDACTED")


def test_a_long_message_is_cut(client, lines):
    send(client, make_entry(message="x" * 9999))
    assert lines()[0].endswith("|ui| " + "x" * LONGEST_MESSAGE)


@pytest.mark.parametrize(
    "body", [{}, {"logs": {}}, {"logs": [{"level": "info"}]}, {"logs": [{"message": 1}]}, {"logs": [3]}]
)
def test_what_is_no_batch_is_refused_and_writes_nothing(client, machine, body):
    answer = client.post("/api/logs/ui/batch", json=body)
    assert answer.status_code == 400 and answer.json["detail"]
    assert not (machine.paths.interface_logs / "FrontendUI.log").exists()


def test_too_many_entries_at_once_are_refused(client):
    answer = send(client, *[make_entry()] * 501)
    assert answer.status_code == 400 and "500" in answer.json["detail"]


def test_a_log_that_cannot_be_written_stops_no_page(client, machine):
    (machine.paths.interface_logs / "FrontendUI.log").mkdir()
    assert send(client, make_entry()).status_code == 200


def test_a_page_of_an_open_server_may_write_its_log_and_a_stranger_of_a_closed_one_may_not(
    machine, anonymous, lines
):
    assert send(anonymous, make_entry()).status_code == 401
    machine.paths.config.write_text(json.dumps({"WebUI": {"basicAuthEnabled": False}}))
    assert send(anonymous, make_entry()).status_code == 200
    assert len(lines()) == 1


def test_both_logs_are_told_as_one_list_by_time(client, machine):
    server = (
        "[2026-11-23 19:30:00] [INFO]    |app.background.leader| leading pid=7\n"
        "[2026-11-23 19:30:02] [ERROR]   |app.x| a | b\n"
    )
    (machine.paths.interface_logs / "BackendServer.log").write_text(server)
    send(client, make_entry())
    told = client.get("/api/logs/ui/unified").json
    assert (told["total"], told["total_all"]) == (3, 3)
    assert [(entry["source"], entry["level"], entry["component"]) for entry in told["logs"]] == [
        ("backend", "INFO", "app.background.leader"),
        ("frontend", "WARNING", "ui"),
        ("backend", "ERROR", "app.x"),
    ]
    last = told["logs"][2]
    assert (last["timestamp"], last["message"]) == ("2026-11-23 19:30:02", "a | b")
    assert last["raw"] == "[2026-11-23 19:30:02] [ERROR]   |app.x| a | b"


def test_the_tail_counts_over_both_logs_and_lines_of_others_are_told_as_they_are(client, machine):
    (machine.paths.interface_logs / "BackendServer.log").write_bytes(b"Traceback \xff\n")
    send(client, *(make_entry(message=str(number)) for number in range(6)))
    told = client.get("/api/logs/ui/unified?tail=2").json
    assert [entry["message"] for entry in told["logs"]] == ["4", "5"]
    assert (told["total"], told["total_all"]) == (2, 7)
    whole = client.get("/api/logs/ui/unified?tail=0").json
    assert (whole["total"], whole["logs"][0]["source"]) == (7, "unknown")
    assert whole["logs"][0]["message"] == whole["logs"][0]["raw"] == "Traceback \ufffd"


def test_without_logs_the_list_is_empty(client):
    assert client.get("/api/logs/ui/unified").json == {"logs": [], "total": 0, "total_all": 0}


@pytest.mark.parametrize("tail", ["-1", "5001", "all"])
def test_a_tail_out_of_range_is_refused(client, tail):
    assert client.get(f"/api/logs/ui/unified?tail={tail}").status_code == 400
