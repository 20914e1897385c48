"""The answers hold at least the fields, of the types, that clients know; endpoint_samples.json lists them."""

import json
from pathlib import Path

import pytest

from tests.past_runs import make_active_run

SAMPLES = json.loads(Path(__file__).with_name("endpoint_samples.json").read_text(encoding="utf-8"))
ROW_TEXTS = ("mode", "runtime_formatted", "start_time", "end_time", "script_version", "log_file")
ROW_NUMBERS = (
    *("total_images", "posters", "seasons", "backgrounds", "titlecards", "collections", "errors"),
    *("fallbacks", "textless", "truncated", "text", "tba_skipped", "jap_chines_skipped"),
    *("images_cleared", "folders_cleared"),
)


def shortfalls(answer, sample, place="answer"):
    """What the sample has and the answer lacks, or holds as another JSON type."""
    if isinstance(sample, dict):
        if not isinstance(answer, dict):
            return [f"{place} is no object"]
        absent = [f"{place}.{name} is absent" for name in sample if name not in answer]
        shared = [name for name in sample if name in answer]
        return absent + [found for name in shared for found in within(answer, sample, name, place)]
    if isinstance(sample, list):
        if not (isinstance(answer, list) and answer):
            return [f"{place} is no list with entries"]
        return [found for item in answer for found in shortfalls(item, sample[0], f"{place}[]")]
    return [] if same_type(answer, sample) else [f"{place} is {answer!r} where {sample!r} is known"]


def within(answer, sample, name, place):
    return shortfalls(answer[name], sample[name], f"{place}.{name}")


def same_type(answer, sample):
    if sample is None:
        return answer is None or isinstance(answer, (str, int))
    if isinstance(sample, float):
        return isinstance(answer, (int, float)) and not isinstance(answer, bool)
    return type(answer) is type(sample)


@pytest.mark.parametrize("path", SAMPLES)
def test_an_answer_holds_at_least_what_the_document_of_endpoints_shows(lived_in, path):
    answer = lived_in.get(path)
    assert answer.status_code == 200
    assert shortfalls(answer.json, SAMPLES[path]) == []


@pytest.mark.parametrize("path", SAMPLES)
def test_the_same_address_answers_head_with_the_same_headers(lived_in, path):
    asked, told = lived_in.head(path), lived_in.get(path)
    assert (asked.status_code, asked.data) == (200, b"")
    assert asked.content_type == told.content_type == "application/json"


def test_the_comparison_sees_what_is_absent_and_what_has_another_type():
    sample = {"a": 1, "b": [{"c": "x"}], "d": True}
    assert shortfalls({"a": 1, "b": [{"c": "y", "e": 2}], "d": False}, sample) == []
    assert shortfalls({"a": "1", "b": [{}], "d": 1}, sample) == [
        "answer.a is '1' where 1 is known",
        "answer.b[].c is absent",
        "answer.d is 1 where True is known",
    ]
    assert shortfalls({"a": 1, "b": [], "d": True}, sample) == ["answer.b is no list with entries"]


@pytest.mark.parametrize("active", [None, make_active_run(), make_active_run(origin="schedule", pid=None)])
def test_the_old_page_finds_the_types_that_it_cannot_do_without(client, machine, active):
    machine.state.publish(run=active)
    status = client.get("/api/status").json
    assert isinstance(status["last_logs"], list)
    assert isinstance(status["running"], bool)
    assert isinstance(client.get("/api/logs").json["logs"], list)
    assert isinstance(client.get("/api/runtime-history").json["history"], list)
    assert isinstance(client.get("/api/runtime-summary").json["summary"]["total_images"], int)
    assert isinstance(client.get("/api/dashboard/all").json["system_info"]["memory_percent"], (int, float))


def test_a_row_of_the_history_holds_every_column_of_the_old_page(lived_in):
    for row in lived_in.get("/api/runtime-history").json["history"]:
        assert all(isinstance(row[name], int) for name in ROW_NUMBERS)
        assert all(isinstance(row[name], str) or row[name] is None for name in ROW_TEXTS)
        assert all(isinstance(row[name], bool) for name in ("notification_sent", "uptime_kuma"))
        assert {"space_saved", "im_version", "notes", "status", "timestamp"} <= row.keys()


@pytest.mark.parametrize("path", ["/api/run/nonsense", "/api/run-manual", "/api/reset-posters"])
def test_a_refusal_says_why_in_both_fields_that_the_old_page_reads(client, path):
    answer = client.post(path, json={})
    assert answer.status_code == 400
    assert answer.json["detail"] == answer.json["message"] != ""
