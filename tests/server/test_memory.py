"""What a worker keeps of the memory that it used."""

from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from PIL import Image

from tests.live_server import RunningServer

PICTURES, THREADS = 40, 10
MOST_MIB = 190


def make_pictures(folder) -> list[str]:
    """Posters of the size of a screen whose noise makes them costly to decode."""
    noise = Image.effect_noise((500, 750), 80).resize((1200, 1800)).convert("RGB")
    names = [f"Movies/Film {number}/poster.jpg" for number in range(PICTURES)]
    for number, name in enumerate(names):
        place = folder / name
        place.parent.mkdir(parents=True)
        noise.rotate(number).save(place, quality=90)
    return names


def held_mib(server: RunningServer) -> float:
    master = psutil.Process(server.process.pid)
    return sum(one.memory_full_info().pss for one in (master, *master.children())) / 2**20


@pytest.mark.slow
def test_a_worker_gives_back_what_the_pixels_of_thumbnails_took(data):
    names = make_pictures(data / "assets")
    with RunningServer(data) as server, ThreadPoolExecutor(THREADS) as threads:
        answers = threads.map(
            lambda name: server.get(
                "/api/thumbnail", params={"path": f"/poster_assets/{name}", "width": 320}
            ),
            names,
        )
        assert {answer.status_code for answer in answers} == {200}
        held = held_mib(server)
    assert held < MOST_MIB
