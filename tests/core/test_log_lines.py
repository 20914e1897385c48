import os
from io import BytesIO

import pytest

from app.core.log_lines import BLOCK, STATUS_LINES, LastLines, read_back, whole_lines


def make_log(path, *lines):
    path.write_bytes(b"".join(line.encode() + b"\n" for line in lines))
    return path


@pytest.fixture
def log(tmp_path):
    return tmp_path / "Scriptlog.log"


def test_the_last_telling_lines_are_told_stripped_and_oldest_first(log):
    make_log(log, *(f"  line {number}  " for number in range(100)))
    lines = LastLines().of(log)
    assert lines == [f"line {number}" for number in range(100 - STATUS_LINES, 100)]


@pytest.mark.parametrize(
    "ruler", ["", "   ", "=====", "____", "-----", "= - _ =", "===== Title", "_____ Title"]
)
def test_rulers_and_blank_lines_are_left_out(log, ruler):
    make_log(log, "before", ruler, "after")
    assert LastLines().of(log) == ["before", "after"]


def test_a_line_that_only_contains_a_ruler_stays(log):
    make_log(log, "[INFO] ===== done =====")
    assert LastLines().of(log) == ["[INFO] ===== done ====="]


def test_a_log_that_is_not_there_has_no_lines(log):
    assert LastLines().of(log) == []


def test_what_is_no_utf_8_is_shown_with_marks(log):
    log.write_bytes(b"caf\xe9 created\n")
    assert LastLines().of(log) == ["caf\N{REPLACEMENT CHARACTER} created"]


def test_new_lines_are_seen_at_once(log):
    lines = LastLines()
    make_log(log, "one")
    lines.of(log)
    with log.open("a") as file:
        file.write("two\n")
    assert lines.of(log) == ["one", "two"]


def test_a_rotated_log_is_seen_as_another_one(log):
    lines = LastLines()
    make_log(log, "one")
    lines.of(log)
    log.rename(log.with_suffix(".old"))
    make_log(log, "two")
    assert lines.of(log) == ["two"]


def test_an_unchanged_log_is_not_read_again(log, monkeypatch):
    lines = LastLines()
    make_log(log, "one")
    first = lines.of(log)
    assert lines.of(log) is first


def test_only_the_end_of_a_large_log_is_read(log):
    make_log(log, *(f"line {number} " + "x" * 100 for number in range(50_000)))
    with log.open("rb") as file:
        start, data = read_back(file, os.fstat(file.fileno()).st_size, None, BLOCK)
    assert start == log.stat().st_size - BLOCK
    assert len(data) == BLOCK
    assert LastLines().of(log)[-1].startswith("line 49999")


def test_a_line_without_its_beginning_is_left_out():
    assert whole_lines(10, b"rest of one\ntwo\n") == [b"two\n"]
    assert whole_lines(0, b"one\ntwo\n") == [b"one\n", b"two\n"]


def test_one_endless_line_is_shown_as_far_as_it_was_read():
    assert whole_lines(10, b"endless") == [b"endless"]


@pytest.mark.parametrize("wanted", [1, 2, 7, 1000])
def test_as_many_lines_are_read_back_as_are_wanted(wanted):
    data = b"".join(b"%d %s\n" % (number, b"x" * 300) for number in range(1500))
    start, found = read_back(BytesIO(data), len(data), wanted, 4 * 1024 * 1024)
    assert data.endswith(found)
    assert len(whole_lines(start, found)) >= wanted
