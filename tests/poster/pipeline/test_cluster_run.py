"""Whole runs over a cluster: two workers, one killed midway, and a scheduler that is none."""

import signal
import time
from collections import Counter

import pytest

from app.poster.script.exits import ExitCode
from tests.live_server import free_port
from tests.poster.cluster.clusters import LOOPBACK, running_cluster
from tests.poster.pipeline.journals import times_done
from tests.poster.pipeline.media import add_film, add_show, configure, contents, lines, made, run_over
from tests.poster.program import start_script

FILMS, EPISODES = 40, 20
ASSETS = 2 * FILMS + 3 + EPISODES
KILLED_AFTER = 15


@pytest.fixture
def media(tmp_path):
    """Films with and without a picture of their own, and a show."""
    folder = tmp_path / "media"
    for number in range(FILMS):
        add_film(folder, f"Film {number} (2000)", poster="teal" if number % 2 else None)
    add_show(folder, "Dark (2017)", {f"S01E{one:02}": f"Episode {one}" for one in range(1, EPISODES + 1)})
    return folder


def configured_data(folder):
    configure(folder, BackgroundPosters="true", TitleCards="true")
    return folder


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_a_worker_that_is_killed_midway_changes_no_byte_and_loses_nothing(tmp_path, media):
    alone, together = configured_data(tmp_path / "alone"), configured_data(tmp_path / "together")
    assert run_over(alone, media, limit=300).returncode == ExitCode.DONE
    with running_cluster(tmp_path / "cluster", 2) as cluster:
        with start_script(together, MEDIA_PATH=str(media), CLUSTER=cluster.address) as run:
            while run.poll() is None and len(made(together)) < KILLED_AFTER:
                time.sleep(0.01)
            assert run.poll() is None, "the run ended before a worker was killed"
            cluster.workers[0].send_signal(signal.SIGKILL)
            run.communicate(timeout=300)
        assert run.returncode == ExitCode.DONE
    pictures = contents(together)
    assert len(pictures) == ASSETS and pictures == contents(alone)
    assert times_done(together) == Counter(list(pictures))
    assert len(lines(together, "A picture was not drawn by the cluster")) <= 1
    assert lines(together, "The cluster has no worker left") == []


@pytest.mark.slow
def test_a_run_whose_scheduler_does_not_answer_draws_everything_itself_with_one_note(tmp_path):
    data = configured_data(tmp_path / "data")
    add_film(tmp_path / "media", "Alien (1979)", poster="teal")
    address = f"tcp://{LOOPBACK}:{free_port()}"
    assert run_over(data, tmp_path / "media", CLUSTER=address).returncode == ExitCode.DONE
    assert len(made(data)) == 2 and len(lines(data, f"The cluster {address} does not answer")) == 1


def test_a_plan_asks_no_cluster(tmp_path):
    data = configured_data(tmp_path / "data")
    add_film(tmp_path / "media", "Alien (1979)")
    address = f"tcp://{LOOPBACK}:{free_port()}"
    assert run_over(data, tmp_path / "media", "-Plan", CLUSTER=address).returncode == ExitCode.DONE
    assert lines(data, "The cluster", "Planlog.log") == []


def test_an_address_that_is_none_ends_the_run_with_what_to_set(tmp_path):
    data = configured_data(tmp_path / "data")
    answer = run_over(data, tmp_path / "media", CLUSTER="scheduler")
    assert answer.returncode == ExitCode.BAD_CONFIGURATION
    assert "set it to the scheduler's address, such as tcp://scheduler:8786" in answer.stderr
