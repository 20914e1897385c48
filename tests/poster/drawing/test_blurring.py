"""A blurred picture keeps its colours and nothing else."""

import pytest
from PIL import Image, ImageDraw, ImageStat

from app.poster.drawing.blurring import blurred

FURTHEST = 16


@pytest.mark.parametrize("size", [(3840, 2160), (2000, 3000), (40, 30)])
def test_edges_are_gone_and_colours_stay(size):
    width, height = size
    picture = Image.new("RGB", size, "#802020")
    drawn = ImageDraw.Draw(picture)
    drawn.rectangle((0, 0, width // 2, height), fill="#2040a0")
    step = max(2, height // 40)
    for row in range(0, height, 2 * step):
        drawn.rectangle((width // 4, row, width // 3, row + step), fill="white")
    result = blurred(picture)
    assert result.size == size
    for side in ((0, 0, width // 2, height), (width // 2, 0, width, height)):
        before, after = (ImageStat.Stat(one.crop(side)).mean for one in (picture, result))
        assert max(abs(one - other) for one, other in zip(before, after, strict=True)) <= FURTHEST
    lines = (width * 7 // 24, height // 4, width * 7 // 24 + 1, height * 3 // 4)
    if min(size) > 100:
        assert max(high - low for low, high in result.crop(lines).getextrema()) <= FURTHEST
