"""Colours mixed, spread over an image and given grain."""

from random import Random

from PIL import Image, ImageChops

from app.poster.colors import Color

Stops = list[tuple[float, Color]]


def mix(one: Color, other: Color, share: float) -> Color:
    """The colour between the two; share 0 is the first and 1 the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def paint_gradient(stops: Stops, size: tuple[int, int]) -> Image.Image:
    """An RGB image that changes through the colours of the stops, from the top (0) to the bottom (1)."""
    width, height = size
    rows = b"".join(bytes(_color_at(stops, y / height)) for y in range(height))
    return Image.frombytes("RGB", (1, height), rows).resize(size, Image.Resampling.NEAREST)


def fade(size: tuple[int, int], top: float, bottom: float) -> Image.Image:
    """An L mask whose opacity (0 to 1) changes evenly from the top to the bottom."""
    rows = bytes(round(255 * (top + (bottom - top) * y / size[1])) for y in range(size[1]))
    return Image.frombytes("L", (1, size[1]), rows).resize(size, Image.Resampling.NEAREST)


def make_noise(chance: Random, size: tuple[int, int]) -> Image.Image:
    """An L image of which each pixel has a random value."""
    return Image.frombytes("L", size, chance.randbytes(size[0] * size[1]))


def add_grain(image: Image.Image, chance: Random, most: int) -> Image.Image:
    """The image with film grain of at most so many levels, which also hides the steps of a wide gradient."""
    grain = make_noise(chance, image.size).point([round(value / 255 * 2 * most) for value in range(256)])
    return ImageChops.add(image, Image.merge("RGB", [grain] * 3), 1, -most)


def _color_at(stops: Stops, part: float) -> Color:
    later = next((index for index, (place, _) in enumerate(stops) if place > part), len(stops))
    before, after = stops[max(0, later - 1)], stops[min(later, len(stops) - 1)]
    share = (part - before[0]) / ((after[0] - before[0]) or 1)
    return mix(before[1], after[1], min(max(share, 0.0), 1.0))
