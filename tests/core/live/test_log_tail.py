"""A followed log: whole lines, across rotation and truncation, without reading what is old."""

import os

import pytest

from app.core.live import log_tail
from app.core.live.log_tail import LogTail, NewLines


class Log:
    """A log that a test writes, and its follower."""

    def __init__(self, path):
        self.path = path
        self.follower = LogTail(lambda: path if path.exists() else None)

    def write(self, data, how="ab"):
        with self.path.open(how) as file:
            file.write(data)

    def lines(self):
        return self.follower.look().lines


@pytest.fixture
def log(tmp_path):
    log = Log(tmp_path / "Scriptlog.log")
    yield log
    log.follower.close()


@pytest.fixture
def begun(log):
    log.write(b"old\n")
    assert log.lines() == []
    return log


def rewrite(log):
    log.write(b"new one\nnew two\n", "wb")


def rotate(log):
    log.write(b"last, without an end")
    log.path.rename(log.path.with_suffix(".1"))
    log.write(b"new one\nnew two\n")


def take_away(log):
    log.path.unlink()
    assert log.lines() == []
    rewrite(log)


def cut_and_grow_beyond_what_was_read(log):
    log.write(b"new one and a good deal longer\nnew two\n", "wb")


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([b"one\ntwo\r\n"], [["one", "two"]]),
        ([b"ha", b"lf\n"], [[], ["half"]]),
        ([b"\xc3", b"\xbc\n"], [[], ["\N{LATIN SMALL LETTER U WITH DIAERESIS}"]]),
        ([b"  trimmed \t\n\n"], [["trimmed", ""]]),
        ([b"bad \xff\n"], [["bad \N{REPLACEMENT CHARACTER}"]]),
        ([b"a\x0bb\xe2\x80\xa8c\n"], [["a\x0bb\N{LINE SEPARATOR}c"]]),
    ],
)
def test_whole_lines_are_read_once(begun, pieces, expected):
    for piece, lines in zip(pieces, expected, strict=True):
        begun.write(piece)
        assert (begun.lines(), begun.lines()) == (lines, [])


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (rewrite, ["new one", "new two"]),
        (rotate, ["last, without an end", "new one", "new two"]),
        (take_away, ["new one", "new two"]),
        (cut_and_grow_beyond_what_was_read, ["new one and a good deal longer", "new two"]),
    ],
)
def test_a_log_is_followed_across_its_end(begun, change, expected):
    begun.write(b"a line that is read before the change\n")
    begun.lines()
    change(begun)
    assert begun.lines() == expected
    begun.write(b"and on\n")
    assert begun.lines() == ["and on"]


def test_lines_written_just_before_a_rotation_are_read(begun):
    begun.write(b"late\n")
    rotate(begun)
    assert [begun.lines(), begun.lines()] == [["late"], ["last, without an end", "new one", "new two"]]


def test_a_log_that_does_not_exist_yet_is_read_from_its_start(log):
    assert log.lines() == []
    rewrite(log)
    assert log.lines() == ["new one", "new two"]


def test_a_line_under_way_at_the_beginning_is_read_as_a_whole(log):
    log.write(b"old\nhalf a")
    assert log.lines() == []
    log.write(b" line\n")
    assert log.lines() == ["half a line"]


def test_a_large_log_is_not_read_at_the_beginning(log):
    log.write(b"x" * 99 + b"\n")
    os.truncate(log.path, 30_000_000)
    assert log.lines() == []
    assert log.follower.offset == 30_000_000


def test_a_line_without_an_end_comes_in_parts_of_whole_characters(begun, monkeypatch):
    monkeypatch.setattr(log_tail, "MOST_READ", 8)
    begun.write("\N{EURO SIGN}".encode() * 4 + b"\n")
    assert [begun.lines() for _ in range(3)] == [["\N{EURO SIGN}" * 2], ["\N{EURO SIGN}" * 2], []]


def test_a_log_that_is_too_far_ahead_is_read_on_near_its_end(begun, monkeypatch):
    monkeypatch.setattr(log_tail, "MOST_BEHIND", 100_000)
    line = b"x" * 99 + b"\n"
    begun.write(line * 2000)
    look = begun.follower.look()
    assert look == NewLines(["x" * 99] * len(look.lines), 200_000 - 100 * len(look.lines))
    assert 0 < len(look.lines) < 1000
