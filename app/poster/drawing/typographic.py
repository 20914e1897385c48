"""Posters that are drawn from words alone: a calm picture in the title's own colors, and the title on it."""

import colorsys
from hashlib import sha256
from random import Random

from PIL import Image, ImageDraw, ImageFilter

from app.poster.drawing.design import Lettering

WAVES = 5
GLOWS = 3
SMALL = 4  # the picture is drawn at this part of its size and enlarged, which makes its edges soft


def palette(title: str, shades: int) -> list[tuple[int, int, int]]:
    """Colors from dark to light that belong to the title: the same title always has the same."""
    seed = sha256(title.casefold().encode()).digest()
    hue, turn = seed[0] / 255, (seed[1] / 255 - 0.5) * 0.35
    tones = (index / max(shades - 1, 1) for index in range(shades))
    return [
        tuple(
            round(255 * part)
            for part in colorsys.hls_to_rgb((hue + turn * tone) % 1, 0.09 + 0.42 * tone, 0.5)
        )
        for tone in tones
    ]


def typographic_picture(title: str, size: tuple[int, int]) -> Image.Image:
    """A landscape of soft waves under a glow, in the title's colors."""
    width, height = size[0] // SMALL, size[1] // SMALL
    chance = Random(title.casefold())
    colors = palette(title, WAVES + 2)
    picture = Image.new("RGB", (width, height), colors[0])
    pen = ImageDraw.Draw(picture, "RGBA")
    for row in range(height):
        pen.line((0, row, width, row), fill=mixed(colors[1], colors[-1], (row / height) ** 1.6))
    glow(pen, chance, width, height, colors[-1])
    picture = picture.filter(ImageFilter.GaussianBlur(width / 28))
    waves(ImageDraw.Draw(picture), chance, (width, height), colors)
    return picture.filter(ImageFilter.GaussianBlur(0.8)).resize(size, Image.Resampling.BICUBIC)


def mixed(first: tuple[int, ...], second: tuple[int, ...], part: float) -> tuple[int, ...]:
    return tuple(round(one + (other - one) * part) for one, other in zip(first, second, strict=True))


def glow(pen: ImageDraw.ImageDraw, chance: Random, width: int, height: int, color: tuple[int, ...]) -> None:
    x, y = chance.uniform(0.25, 0.75) * width, chance.uniform(0.30, 0.45) * height
    for ring in range(GLOWS, 0, -1):
        reach = min(width, height) * 0.12 * ring
        light = mixed(color, (255, 250, 240), 1 - ring / (GLOWS + 1))
        pen.ellipse((x - reach, y - reach, x + reach, y + reach), fill=(*light, 110))


def waves(
    pen: ImageDraw.ImageDraw, chance: Random, size: tuple[int, int], colors: list[tuple[int, ...]]
) -> None:
    """Hills one before the other, the nearest the darkest."""
    width, height = size
    for number in range(WAVES):
        base = height * (0.52 + 0.11 * number)
        left, right = chance.uniform(-0.05, 0.05), chance.uniform(-0.05, 0.05)
        points = [(x, base + hill(x / width, left, right, number) * height) for x in range(0, width + 4, 4)]
        pen.polygon([*points, (width, height), (0, height)], fill=colors[WAVES - number])


def hill(place: float, left: float, right: float, number: int) -> float:
    """The height of a hill's edge over its base, as a part of the picture; a smooth curve."""
    middle = 0.03 * (-1) ** number
    return left * (1 - place) ** 2 + 2 * middle * place * (1 - place) + right * place**2


def typographic_letterings(title: str, second: str, size: tuple[int, int]) -> tuple[Lettering, ...]:
    """The title large in the middle, and the second line small below it."""
    width, height = size
    room = round(width * 0.84)
    large = Lettering(
        text=title,
        font=None,
        minimum=round(height * 0.02),
        maximum=round(min(width, height) * 0.16),
        width=room,
        height=round(height * 0.34),
        offset=round(height * 0.36),
        gravity="center",
    )
    small = Lettering(
        text=second,
        font=None,
        minimum=round(height * 0.012),
        maximum=round(min(width, height) * 0.045),
        width=room,
        height=round(height * 0.07),
        offset=round(height * 0.27),
        gravity="north",
        color="#f0ede6",
    )
    return tuple(lettering for lettering in (large, small) if lettering.text.strip())
