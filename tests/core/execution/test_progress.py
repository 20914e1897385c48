import os

from app.core.execution.progress import BYTES_A_LOOK, LONGEST_LINE, LogFollower, Progress
from app.core.fingerprint import fingerprint


def make_line(message, level="INFO", detail=False):
    return f"[2025-11-25 16:34:18] [{level}]    |L.33500|{'      ' if detail else ' '}{message}"


class Clock:
    def __init__(self):
        self.seconds = 100.0

    def __call__(self):
        return self.seconds


def append(path, content):
    with path.open("ab") as file:
        file.write(content)


def test_only_what_is_new_is_read_and_only_whole_lines(tmp_path):
    path = tmp_path / "Scriptlog.log"
    follower = LogFollower(path)
    assert follower.lines() == []
    append(path, b"one\ntwo\nthr")
    assert follower.lines() == ["one", "two"]
    append(path, b"ee\r\n")
    assert follower.lines() == ["three"] and follower.lines() == []


def test_what_was_there_before_the_run_is_not_read(tmp_path):
    path = tmp_path / "Scriptlog.log"
    append(path, b"old\n")
    follower = LogFollower(path, fingerprint(path))
    append(path, b"new\n")
    assert follower.lines() == ["new"] and follower.tail() == ("new",)


def test_a_log_that_takes_the_place_of_the_old_one_is_read_from_its_beginning(tmp_path):
    path = tmp_path / "Logs" / "Scriptlog.log"
    path.parent.mkdir()
    append(path, b"a long line of the run before\n")
    follower = LogFollower(path, fingerprint(path))
    path.parent.rename(tmp_path / "Rotated")
    assert follower.lines() == []
    path.parent.mkdir()
    append(path, b"first\n")
    assert follower.lines() == ["first"] and follower.tail() == ("first",)


def test_a_log_that_is_cut_is_read_anew(tmp_path):
    path = tmp_path / "Scriptlog.log"
    append(path, b"one\ntwo\n")
    follower = LogFollower(path)
    follower.lines()
    path.write_bytes(b"x\n")
    assert follower.lines() == ["x"]


def test_of_a_flood_the_end_is_read_in_bounded_pieces(tmp_path):
    path = tmp_path / "Scriptlog.log"
    follower = LogFollower(path)
    append(path, b"x" * 99 + b"\n" + b"y" * 99 + b"\n" * (5 * BYTES_A_LOOK))
    append(path, b"last\n")
    lines = follower.lines()
    assert lines[-1] == "last" and sum(map(len, lines)) + len(lines) <= BYTES_A_LOOK + 1


def test_a_line_without_an_end_does_not_fill_the_memory(tmp_path):
    path = tmp_path / "Scriptlog.log"
    follower = LogFollower(path)
    for _ in range(4):
        append(path, b"x" * LONGEST_LINE)
        follower.lines()
    assert len(follower.rest) <= LONGEST_LINE


def test_bytes_that_are_no_text_are_shown_as_such(tmp_path):
    path = tmp_path / "Scriptlog.log"
    append(path, b"\xff\xfe caf\xe9\n")
    assert LogFollower(path).lines() == ["\ufffd\ufffd caf\ufffd"]


def test_a_pipe_or_folder_in_the_place_of_a_log_holds_up_nobody(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    assert LogFollower(tmp_path / "pipe").lines() == [] and LogFollower(tmp_path).tail() == ()


def test_phase_and_counts_follow_the_log():
    progress = Progress()
    progress.take(
        [
            "some banner",
            make_line("Starting asset creation now, this can take a while..."),
            make_line("Added: /assets/x.jpg", detail=True),
            make_line("Something odd", "WARNING"),
            make_line("Something bad", "ERROR"),
            "[2025-11-25 16:34:18] [INFO]     [T01]  |NormalMode.ps1:L.849         |"
            " Starting Movie Poster Creation part...",
        ]
    )
    facts = progress.facts()
    assert facts["phase"] == "Starting Movie Poster Creation part..."
    assert facts["counts"] == {"images": 1, "warnings": 1, "errors": 1}
    assert facts["total"] is facts["percent"] is facts["seconds_left"] is None


def test_a_total_gives_percent_and_time_left():
    clock = Clock()
    progress = Progress(clock)
    progress.take([make_line("Drawing 1 of 5: sample")])
    assert progress.facts()["seconds_left"] is None
    clock.seconds += 10
    progress.take([make_line("Drawing 3 of 5: sample")])
    facts = progress.facts()
    assert (facts["phase"], facts["done"], facts["total"], facts["percent"]) == ("Drawing", 3, 5, 60.0)
    assert facts["seconds_left"] == 10.0


def test_a_total_that_grows_keeps_the_pace():
    clock = Clock()
    progress = Progress(clock)
    progress.take([make_line("Working 10 of 50")])
    clock.seconds += 10
    progress.take([make_line("Working 20 of 60")])
    assert progress.seconds_left() == 40.0


def test_a_new_phase_forgets_the_total_of_the_last():
    progress = Progress()
    progress.take([make_line("Drawing 5 of 5: x"), make_line("Uploading now...")])
    assert (progress.phase, progress.total, progress.percent()) == ("Uploading now...", None, None)


def test_more_done_than_there_is_is_no_step():
    progress = Progress()
    progress.take([make_line("Drawing 7 of 5: x"), make_line("Drawing 0 of 0: x")])
    assert progress.percent() is None


def test_a_script_that_counted_or_made_pictures_has_worked():
    progress = Progress()
    progress.take([make_line("Another Posterizarr instance already running, exiting now...")])
    assert not progress.has_worked
    progress.take([make_line("Drawing 1 of 5: x")])
    assert progress.has_worked
