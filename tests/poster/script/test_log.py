import re
from itertools import pairwise

import pytest

from app.poster.script.log import open_log

LINE = re.compile(
    r"\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] (?P<level>\[\w+\] *)(?P<place>\|L\.\d+ *)\|(?P<text> .*)"
)


def write_lines(path, level: int) -> list[str]:
    with open_log(path, level) as log:
        log.debug("a detail for developers")
        log.info("a step")
        log.detail(20, "more about the step")
        log.warning("a warning")
        log.failure("a picture failed")
        log.summary("the end")
    return path.read_text("utf-8").splitlines()


def test_lines_have_the_columns_of_the_contract(tmp_path):
    lines = write_lines(tmp_path / "Scriptlog.log", 3)
    matches = [LINE.fullmatch(line) for line in lines]
    assert all(matches)
    assert {len(match["level"]) for match in matches} == {10}
    assert {len(match["place"]) for match in matches} == {7}
    assert [match["text"] for match in matches] == [
        " a detail for developers",
        " a step",
        "      more about the step",
        " a warning",
        " [ERROR-HERE] a picture failed",
        " the end",
    ]


@pytest.mark.parametrize(("level", "count"), [(1, 3), (2, 5), (3, 6)])
def test_the_level_hides_lines_but_never_the_summary(tmp_path, level, count):
    lines = write_lines(tmp_path / "Scriptlog.log", level)
    assert len(lines) == count
    assert "[INFO]" in lines[-1]
    assert lines[-1].endswith("| the end")


def test_the_place_is_the_line_of_the_caller(tmp_path):
    lines = write_lines(tmp_path / "Scriptlog.log", 3)
    places = [int(re.search(r"L\.(\d+)", line)[1]) for line in lines]
    assert all(after == before + 1 for before, after in pairwise(places))


def test_a_message_cannot_forge_a_second_line(tmp_path):
    with open_log(tmp_path / "Scriptlog.log", 2) as log:
        log.info("%s", "Alien\n[2025-01-01 00:00:00] [ERROR]  |L.1   | forged\u2028\x1b[31m")
    assert len((tmp_path / "Scriptlog.log").read_text("utf-8").splitlines()) == 1


def test_what_is_no_text_is_written_all_the_same(tmp_path):
    with open_log(tmp_path / "Scriptlog.log", 2) as log:
        log.info("Am\udce9lie 100%")
    assert "Am\\udce9lie 100%" in (tmp_path / "Scriptlog.log").read_text("utf-8")


def test_a_log_is_continued_not_replaced(tmp_path):
    write_lines(tmp_path / "Scriptlog.log", 1)
    assert len(write_lines(tmp_path / "Scriptlog.log", 1)) == 6


def test_a_line_is_in_the_file_when_the_call_returns(tmp_path):
    with open_log(tmp_path / "Scriptlog.log", 2) as log:
        log.info("now")
        assert "now" in (tmp_path / "Scriptlog.log").read_text("utf-8")
