"""An undo that is killed is finished by the next one, and two processes never undo the same run."""

import signal
import sqlite3
import time
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path
from random import Random

import pytest

from app.poster.script.exits import ExitCode
from tests.poster.pipeline.media import configure
from tests.poster.program import run_script, start_script
from tests.poster.undoing.benches import Installation

FILES = 400


def filled(data: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """Run 1 makes half of the files new and replaces the others; the files before and after it."""
    configure(data)
    place = Installation(data)
    paths = [f"Movies/Film {number} (2000)/poster.jpg" for number in range(FILES)]
    for path in paths[::2]:
        place.by_hand(path, b"older " + path.encode() * 50)
    before = place.contents()
    with place.run() as run:
        for path in paths:
            run.make(path, b"newer " + path.encode() * 50)
    return before, place.contents()


def done_once(data: Path, run: str) -> bool:
    """Whether no file was taken back twice."""
    with closing(sqlite3.connect(data / "engine" / "engine.db")) as database:
        sql = "SELECT path FROM entries WHERE state = 'done' AND run LIKE ?"
        rows = database.execute(sql, (f"%-{run}-%",)).fetchall()
    return max(Counter(rows).values()) == 1


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_an_undo_that_is_killed_at_random_is_finished_by_the_next_and_can_be_undone(tmp_path):
    data, random = tmp_path / "data", Random(16)
    before, after = filled(data)
    place = Installation(data)
    for attempt in range(1, 5):
        with start_script(data, "-Undo", "1", POSTERIZARR_RUN=f"2-{attempt}") as undo:
            goal = pictures(data) - random.randint(1, FILES // 10)
            while undo.poll() is None and pictures(data) > max(goal, len(before)):
                time.sleep(0.005)
            undo.send_signal(signal.SIGKILL)
            with suppress(ValueError):
                undo.communicate(timeout=30)
        assert all(content in (before.get(path), after.get(path)) for path, content in whole(place))
    assert run_script(data, "-Undo", "1", POSTERIZARR_RUN="2-5").returncode == ExitCode.DONE
    assert place.contents() == before and done_once(data, "2")
    assert [path for path in place.assets.rglob("*") if path.is_dir() and not any(path.iterdir())] == []
    assert run_script(data, "-Undo", "2", POSTERIZARR_RUN="3-1").returncode == ExitCode.DONE
    assert place.contents() == after


def pictures(data: Path) -> int:
    return sum(1 for _ in (data / "assets").rglob("poster.jpg"))


def whole(place: Installation) -> list[tuple[str, bytes]]:
    """The files, without what the killed process was just writing beside one."""
    return [(path, content) for path, content in place.contents().items() if not path.endswith(".part")]


def test_of_two_processes_that_undo_the_same_run_one_does_it(tmp_path):
    data = tmp_path / "data"
    before, _ = filled(data)
    undos = [start_script(data, "-Undo", "1", POSTERIZARR_RUN=f"{number}-1") for number in (2, 3)]
    for undo in undos:
        undo.communicate(timeout=60)
    codes = {undo.returncode for undo in undos}
    # The second may have begun after the first had ended; then it finds everything done.
    assert codes in ({ExitCode.DONE, ExitCode.ALREADY_RUNNING}, {ExitCode.DONE})
    assert Installation(data).contents() == before
    with closing(sqlite3.connect(data / "engine" / "engine.db")) as database:
        count = database.execute("SELECT count(*) FROM entries WHERE state = 'done' AND number > ?", (FILES,))
        assert count.fetchone() == (FILES,)
