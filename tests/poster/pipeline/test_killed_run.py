"""kill -9 at random moments of a whole run: each file whole, each asset once."""

import signal
import time
from collections import Counter
from contextlib import suppress
from random import Random

import pytest
from PIL import Image

from app.poster.script.exits import ExitCode
from tests.poster.pipeline.journals import times_done
from tests.poster.pipeline.media import add_film, add_show, configure, contents, made, run_over
from tests.poster.program import start_script

ROUNDS, FILMS, EPISODES = 4, 60, 60
ASSETS = 2 * FILMS + 3 + EPISODES


def kill_after(data, media, pictures: int) -> None:
    """End the run, and all that it started, once so many more pictures lie there."""
    goal = len(made(data)) + pictures
    with start_script(data, MEDIA_PATH=str(media)) as run:
        while run.poll() is None and len(made(data)) < goal:
            time.sleep(0.01)
        run.send_signal(signal.SIGKILL)
        with suppress(ValueError):
            run.communicate(timeout=30)


def require_whole(data) -> None:
    for path in (data / "assets").rglob("*.jpg"):
        with Image.open(path) as picture:
            picture.load()


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_a_library_whose_runs_are_killed_at_random_has_each_picture_once_and_whole(tmp_path):
    data, media = tmp_path / "data", tmp_path / "media"
    for number in range(FILMS):
        add_film(media, f"Film {number} (2000)")
    add_show(media, "Dark (2017)", {f"S01E{one:02}": f"Episode {one}" for one in range(1, EPISODES + 1)})
    configure(data, BackgroundPosters="true", TitleCards="true")
    random = Random(15)
    for _ in range(ROUNDS):
        kill_after(data, media, random.randint(0, ASSETS // 5))
        require_whole(data)
    assert run_over(data, media, limit=300).returncode == ExitCode.DONE
    require_whole(data)
    pictures = contents(data)
    assert len(pictures) == ASSETS
    assert all(name.endswith(".jpg") for name in pictures), "nothing that was begun is left over"
    assert times_done(data) == Counter(list(pictures))
