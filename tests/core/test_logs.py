import os

import pytest

from app.core import logs
from app.core.errors import Forbidden, Invalid, NotFound
from app.core.paths import Paths


@pytest.fixture
def paths(tmp_path):
    paths = Paths(tmp_path / "data")
    paths.create()
    return paths


def make_log(paths, content=b"one\ntwo\nthree\n", name="Scriptlog.log"):
    path = paths.logs / name
    path.write_bytes(content)
    return path


def test_logs_of_both_folders_are_listed_newest_first(paths):
    make_log(paths)
    (paths.interface_logs / "BackendServer.log").write_text("hello\n")
    os.utime(paths.logs / "Scriptlog.log", (1, 1))
    listed = logs.log_files(paths)
    assert [(entry["name"], entry["directory"]) for entry in listed] == [
        ("BackendServer.log", "UILogs"),
        ("Scriptlog.log", "Logs"),
    ]
    assert listed[1] == {"name": "Scriptlog.log", "size": 14, "modified": 1.0, "directory": "Logs"}


def test_only_logs_are_listed(paths):
    (paths.logs / "normal.json").write_text("{}")
    (paths.logs / "folder.log").mkdir()
    (paths.logs / "link.log").symlink_to("/etc/passwd")
    assert logs.log_files(paths) == []


def test_a_missing_folder_lists_nothing(tmp_path):
    assert logs.log_files(Paths(tmp_path / "nowhere")) == []


def test_a_name_that_is_no_utf_8_does_not_break_the_list(paths):
    os.close(os.open(os.fsencode(paths.logs) + b"/bad\xff.log", os.O_CREAT | os.O_WRONLY))
    assert logs.log_files(paths)[0]["name"] == "bad\N{REPLACEMENT CHARACTER}.log"


def test_the_scripts_folder_wins_where_both_hold_a_name(paths):
    make_log(paths, name="Same.log")
    (paths.interface_logs / "Same.log").write_text("other\n")
    assert logs.find_log(paths, "Same.log").parent == paths.logs.resolve()


@pytest.mark.parametrize(
    "name", ["missing.log", "normal.json", "..", ".", "", "../config.json", "folder.log"]
)
def test_what_is_no_log_is_not_found(paths, name):
    paths.config.write_text("{}")
    (paths.logs / "normal.json").write_text("{}")
    (paths.logs / "folder.log").mkdir()
    with pytest.raises(NotFound):
        logs.find_log(paths, name)


@pytest.mark.parametrize("name", ["../secret.log", "/../secret.log", "link.log"])
def test_nothing_outside_of_the_folders_is_shown(paths, name):
    (paths.data / "secret.log").write_text("secret\n")
    (paths.logs / "link.log").symlink_to(paths.data / "secret.log")
    with pytest.raises(Forbidden):
        logs.find_log(paths, name)
    assert logs.existing_log(paths, name)["exists"] is False


def test_a_name_with_nul_is_invalid(paths):
    with pytest.raises(Invalid):
        logs.find_log(paths, "a\0.log")


def test_an_existing_log_is_told_without_the_path_of_the_data_folder(paths):
    make_log(paths)
    told = logs.existing_log(paths, "Scriptlog.log")
    assert told == {"exists": True, "log_name": "Scriptlog.log", "path": "Logs/Scriptlog.log"}


@pytest.mark.parametrize(
    ("lines", "content"),
    [
        (1, ["three\n"]),
        (2, ["two\n", "three\n"]),
        (99, ["one\n", "two\n", "three\n"]),
        (0, ["one\n", "two\n", "three\n"]),
    ],
)
def test_the_tail_holds_the_last_lines_with_their_ends(paths, lines, content):
    told = logs.tail(make_log(paths), lines)
    assert told["content"] == content
    assert told["truncated"] is False


def test_an_unfinished_last_line_is_shown_and_comes_again_as_a_whole(paths):
    path = make_log(paths, b"one\ntw")
    told = logs.tail(path, 100)
    assert told["content"] == ["one\n", "tw"]
    with path.open("ab") as file:
        file.write(b"o\n")
    assert logs.follow_log_lines(path, told["next_offset"])["content"] == ["two\n"]


def test_carriage_returns_and_other_separators_do_not_split_lines(paths):
    path = make_log(paths, "one\r\ntwo\u2028still two\n".encode())
    assert logs.tail(path, 0)["content"] == ["one\r\n", "two\u2028still two\n"]


def test_a_log_larger_than_the_limit_is_cut_and_says_so(paths, monkeypatch):
    monkeypatch.setattr(logs, "ANSWER_LIMIT", 1000)
    path = make_log(paths, b"".join(b"line %05d\n" % number for number in range(500)))
    told = logs.tail(path, 0)
    assert told["truncated"] is True
    assert "1000 of 5500 bytes" in told["message"]
    assert told["content"][0].startswith("line ")
    assert told["content"][-1] == "line 00499\n"


def test_a_log_can_be_read_whole_in_parts(paths, monkeypatch):
    monkeypatch.setattr(logs, "ANSWER_LIMIT", 1000)
    content = b"".join(b"line %05d\n" % number for number in range(500))
    path = make_log(paths, content)
    offset, read = 0, []
    while offset < len(content):
        told = logs.follow_log_lines(path, offset)
        assert told["next_offset"] > offset
        offset, read = told["next_offset"], read + told["content"]
    assert "".join(read).encode() == content


def test_following_gives_whole_lines_only(paths):
    path = make_log(paths, b"one\ntw")
    told = logs.follow_log_lines(path, 0)
    assert (told["content"], told["next_offset"], told["size"]) == (["one\n"], 4, 6)
    with path.open("ab") as file:
        file.write(b"o\nthree\n")
    assert logs.follow_log_lines(path, 4)["content"] == ["two\n", "three\n"]


def test_nothing_new_is_an_empty_answer_at_the_same_offset(paths):
    told = logs.follow_log_lines(make_log(paths), 14)
    assert (told["content"], told["next_offset"], told["reset"]) == ([], 14, False)


def test_a_log_that_was_cut_is_read_from_its_start(paths):
    told = logs.follow_log_lines(make_log(paths, b"new\n"), 5000)
    assert (told["content"], told["reset"]) == (["new\n"], True)


def test_a_rotated_log_is_known_by_its_identity_although_it_has_grown_past_the_offset(paths):
    path = make_log(paths)
    before = logs.tail(path, 0)
    path.rename(path.with_name("old.log"))
    make_log(paths, b"another log, longer than the one before\n")
    told = logs.follow_log_lines(path, before["next_offset"], before["file_id"])
    assert (told["content"], told["reset"]) == (["another log, longer than the one before\n"], True)
    assert logs.follow_log_lines(path, told["next_offset"], told["file_id"])["reset"] is False


def test_a_line_larger_than_the_limit_never_stops_a_follower(paths, monkeypatch):
    monkeypatch.setattr(logs, "ANSWER_LIMIT", 10)
    told = logs.follow_log_lines(make_log(paths, b"x" * 25), 0)
    assert told["next_offset"] == 10


def test_bytes_that_are_no_utf_8_are_replaced_without_moving_the_offset(paths):
    told = logs.follow_log_lines(make_log(paths, b"caf\xe9\n"), 0)
    assert (told["content"], told["next_offset"]) == (["caf\N{REPLACEMENT CHARACTER}\n"], 5)


def test_a_log_that_vanishes_before_it_is_opened_is_not_found(paths):
    with pytest.raises(NotFound):
        logs.tail(paths.logs / "gone.log", 10)
