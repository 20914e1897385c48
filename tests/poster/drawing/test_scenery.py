"""Generated landscapes: the same in every process, of the size asked for, and of every place and mood."""

import hashlib
import subprocess
import sys

import pytest
from PIL import ImageStat

from app.poster.drawing.scenery import MOODS, PLACES, scenery

SMALL = (200, 300)
PRINT_DIGEST = """
import hashlib
from app.poster.drawing.scenery import scenery
print(hashlib.sha256(scenery("Metropolis", (200, 300)).tobytes()).hexdigest())
"""


def brightness(image, box=None):
    return ImageStat.Stat(image.crop(box or (0, 0, *image.size)).convert("L")).mean[0]


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_another_process_draws_the_same_pixels(hash_seed):
    command = [sys.executable, "-c", PRINT_DIGEST]
    environment = {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": ":".join(sys.path)}
    printed = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=60)
    assert printed.stdout.strip() == hashlib.sha256(scenery("Metropolis", SMALL).tobytes()).hexdigest()


@pytest.mark.parametrize("size", [(2000, 3000), (384, 216), (333, 501), (1, 1), (900, 20)])
def test_the_image_has_exactly_the_size_asked_for(size):
    image = scenery("Metropolis", size)
    assert (image.size, image.mode) == (size, "RGB")


@pytest.mark.parametrize("place", PLACES)
def test_every_place_has_a_ground_darker_than_its_sky(place):
    for mood in MOODS:
        image = scenery("x", SMALL, place, mood)
        sky, ground = brightness(image, (0, 100, 200, 180)), brightness(image, (0, 270, 200, 300))
        assert ground < sky * 0.8, mood


def test_moods_range_from_bright_day_to_dark_night():
    day, night = (brightness(scenery("x", SMALL, "hills", mood)) for mood in ("day", "night"))
    assert day > 2 * night


def test_seeds_choose_different_places_and_moods():
    digests = {scenery(seed, SMALL).tobytes() for seed in range(20)}
    assert len(digests) == 20
    looks = {tuple(round(part / 32) for part in ImageStat.Stat(scenery(s, SMALL)).mean) for s in range(20)}
    assert len(looks) > 5


@pytest.mark.parametrize("wrong", [{"place": "moon"}, {"mood": "happy"}])
def test_an_unknown_place_or_mood_is_an_error(wrong):
    with pytest.raises(KeyError):
        scenery("x", SMALL, **wrong)
