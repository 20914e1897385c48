"""A run that is stopped or killed leaves whole files and no processes, and the next one goes on."""

import signal
from io import BytesIO

import psutil
import pytest
from PIL import Image

from app.poster.script.exits import ExitCode
from tests.driving import eventually
from tests.poster.pipeline.media import add_film, configure, contents, made, run_over
from tests.poster.program import start_script, wait_for_line

FILMS = 8


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, ExitCode.TERMINATED), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_a_run_that_is_ended_in_the_middle_is_finished_by_the_next(tmp_path, number, code):
    data, media = tmp_path / "data", tmp_path / "media"
    for film in range(FILMS):
        add_film(media, f"Film {film} (2000)")
    configure(data)
    run = start_script(data, MEDIA_PATH=str(media))
    wait_for_line(run, "Added: ")
    family = psutil.Process(run.pid).children(recursive=True)
    run.send_signal(number)
    run.communicate(timeout=30)
    assert run.returncode == code
    eventually(lambda: not any(one.is_running() and one.status() != "zombie" for one in family))
    whole = contents(data)
    assert 1 <= len(whole) <= FILMS
    assert all(Image.open(BytesIO(content)).size == (2000, 3000) for content in whole.values())
    assert run_over(data, media).returncode == ExitCode.DONE
    assert made(data) == [f"Movies/Film {film} (2000)/poster.jpg" for film in range(FILMS)]
    assert {name: content for name, content in contents(data).items() if name in whole} == whole
