"""Parts of a log, read by byte offsets."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.core import log_slices
from app.core.log_entries import LONGEST_SHOWN, LineReader
from app.core.log_slices import SliceQuery, log_slice, readable_log
from app.core.logs import file_identity

BEGAN = datetime(2026, 11, 29, 17, 0, 0)


def make_lines(count, level="INFO"):
    """Lines of one second each; every tenth is an error that a second line goes on with."""
    lines = []
    for number in range(count):
        is_error = number % 10 == 9
        word = "ERROR" if is_error else level
        lines.append(f"[{BEGAN + timedelta(seconds=number)}] [{word}]    |L.1   | Film {number}\n")
        lines += ["    at the second line\n"] if is_error else []
    return "".join(lines)


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "Scriptlog.log"
    path.write_text(make_lines(2000))
    return path


def read_slice(path, hidden=(), zone=UTC, identity=None, **query):
    wanted = SliceQuery(**query)
    return log_slice(path, wanted, LineReader(zone, hidden, wanted.text, wanted.level), identity)


def texts(answer):
    return [line["text"] for line in answer["lines"]]


@pytest.mark.parametrize("query", [{}, {"level": "error"}, {"text": "FILM 1"}, {"text": "nothing has this"}])
@pytest.mark.parametrize("backward", [False, True])
@pytest.mark.parametrize("block", [300, log_slices.BLOCK_BYTES])
def test_slices_in_either_direction_have_each_line_once(path, monkeypatch, query, backward, block):
    monkeypatch.setattr(log_slices, "BLOCK_BYTES", block)
    monkeypatch.setattr(log_slices, "MOST_SCANNED", 10_000)
    size, found, offset = path.stat().st_size, [], None if backward else 0
    while offset != (0 if backward else size):
        answer = read_slice(path, offset=offset, backward=backward, limit=70, **query)
        assert (answer["end"] if backward else answer["start"]) == (size if offset is None else offset)
        found = texts(answer) + found if backward else found + texts(answer)
        offset = answer["start"] if backward else answer["end"]
    every = path.read_text().splitlines()
    fits = {
        "error": lambda line: "[ERROR]" in line or line.startswith(" "),
        "FILM 1": lambda line: "Film 1" in line,
        "nothing has this": lambda line: False,
    }
    [named] = query.values() or [None]
    assert found == list(filter(fits.get(named, bool), every))


def test_a_line_has_its_offsets_time_and_level(path):
    line = read_slice(path, offset=0, limit=1, zone=ZoneInfo("Europe/Berlin"))["lines"][0]
    assert line == {
        "offset": 0,
        "end": 48,
        "time": "2026-11-29T17:00:00+01:00",
        "level": "info",
        "head": 22,
        "text": "[2026-11-29 17:00:00] [INFO]    |L.1   | Film 0",
        "is_cut": False,
    }


def test_an_offset_within_a_line_means_that_line(path):
    assert texts(read_slice(path, offset=60, limit=1, is_near=True)) == [
        "[2026-11-29 17:00:01] [INFO]    |L.1   | Film 1"
    ]
    assert read_slice(path, offset=48, limit=1, is_near=True)["start"] == 48


@pytest.mark.parametrize(("seconds", "film"), [(-100, 0), (0, 0), (777, 777), (1999, 1999), (3000, None)])
def test_a_time_is_found_in_a_log(path, seconds, film):
    since = BEGAN.replace(tzinfo=UTC) + timedelta(seconds=seconds)
    shown = texts(read_slice(path, since=since, limit=1))
    assert shown == ([] if film is None else [path.read_text().splitlines()[film + film // 10]])


def test_a_last_line_without_an_end_is_told_apart(path):
    with path.open("a") as file:
        file.write("half a li")
    answer = read_slice(path, backward=True, limit=1)
    assert (answer["unfinished"]["text"], answer["unfinished"]["offset"]) == ("half a li", answer["end"])
    assert texts(answer) == ["    at the second line"] and answer["size"] == answer["end"] + 9
    assert read_slice(path, offset=0, limit=1)["unfinished"] is None


def test_a_line_larger_than_a_block_comes_in_parts_and_is_cut(path, monkeypatch):
    monkeypatch.setattr(log_slices, "BLOCK_BYTES", 3 * LONGEST_SHOWN)
    path.write_bytes(b"begin\n" + b"x" * 10 * LONGEST_SHOWN + b"\nend\n")
    for backward in (False, True):
        lines = read_slice(path, offset=None if backward else 0, backward=backward)["lines"]
        assert [line["end"] for line in lines[:-1]] == [line["offset"] for line in lines[1:]]
        assert (lines[0]["text"], lines[-1]["text"], lines[1]["is_cut"]) == ("begin", "end", True)
        assert sum(line["end"] - line["offset"] for line in lines) == path.stat().st_size


def test_a_search_cannot_find_a_secret(path):
    path.write_text("asked with hidden-word\nplain\n")
    assert texts(read_slice(path, offset=0, hidden=("hidden-word",))) == ["asked with REDACTED", "plain"]
    assert texts(read_slice(path, offset=0, hidden=("hidden-word",), text="hidden")) == []
    assert texts(read_slice(path, offset=0, hidden=("hidden-word",), text="with redact")) == [
        "asked with REDACTED"
    ]


def test_a_log_that_was_cut_or_replaced_is_read_from_its_start(path):
    identity = file_identity(path.stat())
    assert not read_slice(path, offset=48, identity=identity)["reset"]
    assert read_slice(path, offset=48, identity="other")["start"] == 0
    path.write_text("new\n")
    answer = read_slice(path, offset=48, backward=True, identity=identity)
    assert (answer["reset"], texts(answer)) == (True, ["new"])


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"\xff\xfe\x00\n\n", b"[2026-99-99 99:99:99] [ERROR] x\n", b"x"]
)
def test_what_is_no_log_is_read_all_the_same(path, content):
    path.write_bytes(content)
    for query in ({"offset": 0}, {"backward": True}, {"level": "error"}, {"since": datetime.now(UTC)}):
        assert read_slice(path, **query)["size"] == len(content)


def test_a_whole_log_is_read_without_secrets(path, monkeypatch):
    monkeypatch.setattr(log_slices, "BLOCK_BYTES", 64)
    path.write_bytes(b"asked with hidden-word\n" * 100 + b"\xff" * 200 + b"\nend")
    read = b"".join(readable_log(path, ("hidden-word",)))
    assert read == b"asked with REDACTED\n" * 100 + b"\xff" * 200 + b"\nend"


def test_control_characters_are_spelled_out(path):
    path.write_bytes("\x1b[31mred\x1b[0m \u202etxt.exe\tend\r\n".encode())
    assert texts(read_slice(path, offset=0)) == ["\\x1b[31mred\\x1b[0m \\u202etxt.exe\tend"]
