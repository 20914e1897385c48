"""Resizing, by the fast library and by Pillow where that is missing."""

import hashlib
import subprocess
import sys

import pytest
from PIL import Image, ImageChops

from app.poster.drawing import resizing
from app.poster.drawing.resizing import resize
from app.poster.drawing.scenery import scenery

needs_library = pytest.mark.skipif(
    resizing.fast is None, reason="cykooz-resizer has no wheel for this machine"
)
ENLARGED = (200, 300), (400, 600)
REDUCED = (600, 900), (200, 300)
PRINT_DIGEST = """
import hashlib
from app.poster.drawing.resizing import resize
from app.poster.drawing.scenery import scenery
print(hashlib.sha256(resize(scenery("x", (300, 450)), (200, 300)).tobytes()).hexdigest())
"""


def largest_difference(one, other):
    return max(
        high for _, high in ImageChops.difference(one.convert("RGB"), other.convert("RGB")).getextrema()
    )


@needs_library
@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize(("before", "after"), [ENLARGED, REDUCED])
@pytest.mark.parametrize("box", [None, (10.25, 5.5, 150.75, 216.25)])
def test_both_libraries_give_the_same_image(monkeypatch, mode, before, after, box):
    image = scenery("x", before, "skyline", "night").convert(mode)
    quick = resize(image, after, box)
    monkeypatch.setattr(resizing, "fast", None)
    slow = resize(image, after, box)
    assert (quick.size, quick.mode) == (slow.size, slow.mode) == (after, mode)
    assert largest_difference(quick, slow) <= 6


@pytest.mark.parametrize("without", [True, False])
def test_lanczos_reduces_and_catmull_rom_enlarges(monkeypatch, without):
    if without:
        monkeypatch.setattr(resizing, "fast", None)
    for (before, after), kernel in (
        (REDUCED, Image.Resampling.LANCZOS),
        (ENLARGED, Image.Resampling.BICUBIC),
    ):
        image = scenery("x", before, "sea", "day")
        assert largest_difference(resize(image, after), image.resize(after, kernel)) <= 6


@pytest.mark.parametrize("hash_seed", ["1", "2"])
def test_another_process_gives_the_same_pixels(hash_seed):
    environment = {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": ":".join(sys.path)}
    printed = subprocess.run(
        [sys.executable, "-c", PRINT_DIGEST], capture_output=True, text=True, check=True, env=environment
    )
    here = resize(scenery("x", (300, 450)), (200, 300)).tobytes()
    assert printed.stdout.strip() == hashlib.sha256(here).hexdigest()
