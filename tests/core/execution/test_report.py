import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from app.core.execution.report import LARGEST_COUNT, Reader, duration_seconds, from_log
from app.models import Run

BERLIN = Reader(ZoneInfo("Europe/Berlin"))


def make_body(**overrides):
    return {
        "Posters": 1,
        "Backgrounds": 0,
        "Titlecards": 0,
        "Seasons": 0,
        "Collections": 0,
        "Mode": "scheduled",
        "Runtime": "0:4:14",
        "Errors": 0,
        "Fallbacks": 0,
        "Textless": 0,
        "Truncated": 0,
        "Text": 0,
        "TBA Skipped": 0,
        "Jap/Chines Skipped": 0,
        "Notification Sent": "true",
        "Uptime Kuma": "true",
        "Images cleared": 0,
        "Folders Cleared": 0,
        "Space saved": 0,
        "Script Version": "2.1.15",
        "IM Version": "7.1.2-8",
        "Start time": "25.11.2025 16:30:03",
        "End Time": "25.11.2025 16:34:17",
        **overrides,
    }


def test_the_example_of_the_contract_is_read_whole():
    report = BERLIN.from_body(make_body(), "scheduled")
    assert report.values["posters"] == report.values["total_images"] == 1
    assert report.values["runtime_seconds"] == 254
    assert report.values["notification_sent"] is report.values["uptime_kuma"] is True
    assert (report.values["space_saved"], report.values["script_version"]) == ("0", "2.1.15")
    assert report.started == datetime(2025, 11, 25, 15, 30, 3, tzinfo=UTC)
    assert report.key == "scheduled|25.11.2025 16:30:03|25.11.2025 16:34:17"


@pytest.mark.parametrize(
    ("value", "count"),
    [(0, 0), ({"Title": "Alien"}, 1), ([{}, {}, {}], 3), ([], 0), (None, 0), ("2", 2), ("x", 0), (-1, 0)],
)
def test_rows_are_counted_whether_none_one_or_many(value, count):
    found = BERLIN.from_body(make_body(Fallbacks=value, Truncated=value), "normal").values
    assert found["fallbacks"] == found["truncated"] == count


@pytest.mark.parametrize("mode", ["normal", "scheduled", "testing"])
def test_posters_are_the_remainder_in_full_runs(mode):
    found = BERLIN.from_body(make_body(Posters=5, Seasons=2, Backgrounds=1, Titlecards=4), mode).values
    assert (found["posters"], found["total_images"]) == (5, 12)


@pytest.mark.parametrize("mode", ["tautulli", "arr", "manual", "backup", "syncjelly", "syncemby"])
def test_posters_are_the_total_in_the_other_modes(mode):
    found = BERLIN.from_body(make_body(Posters=12, Seasons=2, Backgrounds=1, Titlecards=4), mode).values
    assert (found["posters"], found["total_images"]) == (5, 12)


def test_a_total_smaller_than_its_parts_is_no_total():
    found = BERLIN.from_body(make_body(Posters=1, Seasons=2), "backup").values
    assert (found["posters"], found["total_images"]) == (1, 3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0:4:14", 254),
        ("4:14", 254),
        ("1h 2m 3s", 3723),
        ("0h 4m 14s ", 254),
        ("12s", 12),
        ("", 0),
        ("soon", 0),
        ("1:2:3:4", 0),
        ("-1:2", 0),
        (None, 0),
        (7, 0),
        ([1], 0),
        ("99999999999:0:0", 0),
    ],
)
def test_a_runtime_is_read_in_every_form(text, expected):
    assert duration_seconds(text) == expected


def test_reports_without_times_are_told_apart_by_their_content():
    def key(**overrides):
        return BERLIN.from_body(make_body(**{"Start time": None}, **overrides), "normal").key

    assert key() == key() != key(Posters=2)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b'{"Posters": 1', b"\xff\xfe", b'{"Other": 1}']
)
def test_what_is_no_report_is_none(tmp_path, content):
    path = tmp_path / "normal.json"
    path.write_bytes(content)
    assert BERLIN.from_file(path) is None
    assert BERLIN.from_file(tmp_path / "absent.json") is None


def test_a_byte_order_mark_does_not_matter(tmp_path):
    path = tmp_path / "backup.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(make_body()).encode())
    assert BERLIN.from_file(path).key.startswith("backup|")


anything = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner, max_size=3),
    max_leaves=6,
)


@given(some.fixed_dictionaries({name: anything for name in make_body()}))
def test_no_type_of_any_value_can_break_the_reading(body):
    report = BERLIN.from_body(body, "normal")
    columns = Run.__table__.columns
    for name, value in report.values.items():
        assert name in columns
        assert value is None or isinstance(value, str | bool) or 0 <= value <= LARGEST_COUNT
    assert len(report.key) <= 120


def make_log(*lines):
    return [f"[2025-11-25 16:34:18] [INFO]    |L.33500| {line}" for line in lines]


def test_the_summary_of_a_log_is_read_in_either_version():
    log = make_log(
        "Finished, Total images created: 10",
        "Show/Movie Posters created: 4| Season images created: 3 | Background images created: 2"
        " | TitleCards created: 1",
        "'2' times the script took a Textless image",
        "'3' times the script took a fallback image",
        "'4' times the script truncated the text in images",
        "During execution '5' Errors occurred, please check the log",
        "Script execution time: 0h 4m 14s ",
    )
    found = from_log(log).values
    assert found == {
        "total_images": 10,
        "posters": 4,
        "seasons": 3,
        "backgrounds": 2,
        "titlecards": 1,
        "textless": 2,
        "fallbacks": 3,
        "truncated": 4,
        "errors": 5,
        "runtime_seconds": 254,
    }


@pytest.mark.parametrize("word", ["created", "downloaded", "Uploaded"])
def test_images_count_whatever_was_done_to_them(word):
    log = make_log(f"Finished, Total images {word}: 7", "Script execution time: 1h 0m 0s ")
    assert from_log(log).values == {"total_images": 7, "runtime_seconds": 3600}


def test_a_log_without_an_execution_time_has_no_summary():
    assert from_log(make_log("Finished, Total images created: 10")) is None


@pytest.mark.parametrize(
    "told", [None, "text", {}, [7, None], ["Discord: token=planted-secret", 7] + ["x"] * 90]
)
def test_messages_that_were_not_sent_are_sentences_without_secrets(told):
    found = Reader().from_body(make_body(**{"Message Problems": told}), "normal").message_problems
    assert "planted-secret" not in " ".join(found) and len(found) <= 10
    assert bool(found) == (isinstance(told, list) and any(isinstance(one, str) for one in told))
