"""What stands on the ground of a landscape: ridges, trees and dunes, from the farthest to the nearest."""

from dataclasses import dataclass
from itertools import pairwise
from math import cos, pi, sin
from random import Random

from PIL import Image, ImageDraw

from app.poster.colors import Color
from app.poster.drawing.paint import mix, paint_gradient

Line = list[tuple[float, float]]
DUNE_STEPS = 160
TWELFTHS = [step / 12 for step in range(13)]


@dataclass
class Scene:
    """A landscape in the making: the sky is painted, and the ground follows from back to front.

    `disc` is the middle of the sun or moon, `lamps` the colour of lit windows or None by day.
    """

    image: Image.Image
    chance: Random
    horizon: int
    disc: tuple[int, int]
    light: Color
    haze: Color
    far: Color
    near: Color
    lamps: Color | None

    def depth(self, nearness: float) -> Color:
        """The colour of land, from 0 at the horizon to 1 in front."""
        return mix(self.far, self.near, nearness)

    def glow(self, middle: tuple[int, int], reach: int, color: Color, strength: float) -> None:
        """Light around a point that fades to nothing within its reach."""
        fading = [round(255 * strength * max(0.0, 1 - value / 181) ** 2) for value in range(256)]
        shape = Image.radial_gradient("L").point(fading).resize((2 * reach, 2 * reach), 2)
        self.image.paste(color, (middle[0] - reach, middle[1] - reach), shape)

    def fill(self, outline: Line, top: Color, bottom: Color) -> None:
        """Fill everything below the outline with a gradient between the two colours."""
        width, height = self.image.size
        first = max(0, int(min(y for _, y in outline)))
        if first >= height:
            return
        mask = Image.new("L", (width, height - first))
        corners = [(width, height - first), (0, height - first)]
        ImageDraw.Draw(mask).polygon([(x, y - first) for x, y in outline] + corners, fill=255)
        self.image.paste(paint_gradient([(0, top), (1, bottom)], mask.size), (0, first), mask)


def ridge(scene: Scene, level: float, height: float, roughness: float = 0.5, steps: int = 9) -> Line:
    """A broken line across the image by midpoint displacement, `height` pixels high around its level."""
    chance = scene.chance
    heights = [chance.uniform(-0.6, 0.6), chance.uniform(-0.6, 0.6)]
    spread = 1.0
    for _ in range(steps):
        middles = [(a + b) / 2 + chance.uniform(-spread, spread) for a, b in pairwise(heights)]
        heights = [value for pair in zip(heights, middles, strict=False) for value in pair] + heights[-1:]
        spread *= roughness
    step = scene.image.width / (len(heights) - 1)
    return [(index * step, level - height * value) for index, value in enumerate(heights)]


def draw_mountains(scene: Scene) -> None:
    """Five ranges in the haze."""
    below = scene.image.height - scene.horizon
    peak = max(below, scene.image.width * 0.34)
    for number in range(5):
        nearness = number / 4
        level = scene.horizon - below * 0.12 + below * 0.98 * nearness**1.4
        outline = ridge(scene, level, peak * (0.62 - 0.36 * nearness), 0.5 + 0.06 * nearness)
        color = scene.depth(nearness**0.8)
        scene.fill(outline, color, mix(color, scene.haze, 0.5 * (1 - nearness)))


def draw_hills(scene: Scene) -> None:
    """Soft hills with a lone tree on the last but one."""
    below = scene.image.height - scene.horizon
    for number in range(5):
        nearness = number / 4
        outline = ridge(scene, scene.horizon + below * 0.9 * nearness**1.3, below * 0.26, 0.36, 7)
        color = scene.depth(nearness)
        if number == 3:
            _plant_tree(scene, outline[len(outline) // 3], below * 0.62, scene.depth(0.85))
        scene.fill(outline, color, mix(color, scene.haze, 0.34 * (1 - nearness)))


def _plant_tree(scene: Scene, foot: tuple[float, float], height: float, color: Color) -> None:
    """A trunk and a crown of many round tufts."""
    pen, (x, y) = ImageDraw.Draw(scene.image), foot
    trunk = height * 0.035
    pen.polygon(
        [(x - trunk, y + trunk), (x + trunk, y + trunk), (x + trunk / 2, y - height * 0.6)], fill=color
    )
    for _ in range(170):
        # The root spreads the tufts evenly over the crown.
        turn, reach = scene.chance.uniform(0, 2 * pi), scene.chance.random() ** 0.5
        middle_x, middle_y = (
            x + height * 0.25 * reach * cos(turn),
            y - height * (0.68 + 0.13 * reach * sin(turn)),
        )
        tuft = height * scene.chance.uniform(0.02, 0.05)
        pen.ellipse((middle_x - tuft, middle_y - tuft, middle_x + tuft, middle_y + tuft), fill=color)


def draw_forest(scene: Scene) -> None:
    """Mountains far away and four rows of firs."""
    below = scene.image.height - scene.horizon
    scene.fill(
        ridge(scene, scene.horizon - below * 0.2, below * 0.5),
        scene.depth(0),
        mix(scene.far, scene.haze, 0.6),
    )
    for number in range(4):
        nearness = (number + 1) / 4
        outline = ridge(scene, scene.horizon + below * (0.05 + 0.85 * nearness**1.5), below * 0.22, 0.4, 8)
        color = scene.depth(nearness)
        _plant_firs(scene, outline, below * (0.1 + 0.34 * nearness**2), color)
        scene.fill(outline, color, mix(color, scene.haze, 0.4 * (1 - nearness)))


def _plant_firs(scene: Scene, outline: Line, height: float, color: Color) -> None:
    pen, place = ImageDraw.Draw(scene.image), 0.0
    while place < scene.image.width:
        index = min(len(outline) - 1, int(place / scene.image.width * len(outline)))
        _draw_fir(
            pen, place, outline[index][1] + height * 0.1, height * scene.chance.uniform(0.5, 1.1), color
        )
        place += height * scene.chance.uniform(0.1, 0.32)


def _draw_fir(pen: ImageDraw.ImageDraw, x: float, foot: float, height: float, color: Color) -> None:
    """A trunk with six whorls of branches, each wider than the one above."""
    pen.line((x, foot, x, foot - height), fill=color, width=max(1, round(height * 0.02)))
    for whorl in range(6):
        tip, reach = foot - height * (1 - whorl * 0.15), height * (0.05 + 0.028 * whorl)
        pen.polygon(
            [(x, tip), (x - reach, tip + height * 0.23), (x + reach, tip + height * 0.23)], fill=color
        )


def draw_dunes(scene: Scene) -> None:
    """Dunes with a long lit flank and a steep dark one."""
    below = scene.image.height - scene.horizon
    peak = max(below, scene.image.width * 0.3)
    for number in range(5):
        nearness = number / 4
        foot = scene.horizon + below * (0.06 + 0.8 * nearness**1.2)
        lit = mix(scene.depth(nearness * 0.7), scene.light, 0.3 * (1 - nearness * 0.6))
        outline, crests = _dune_line(scene, foot, peak * (0.1 + 0.3 * nearness), 1.6 - 0.9 * nearness)
        scene.fill(outline, lit, scene.depth(nearness))
        for crest in crests:
            _shade_flank(scene, outline, crest, mix(lit, scene.near, 0.4))


def _dune_line(scene: Scene, foot: float, height: float, waves: float) -> tuple[Line, list[int]]:
    """A line of dunes that rise slowly and fall steeply, and the indices of its crests."""
    start, heights = scene.chance.random(), [height * scene.chance.uniform(0.6, 1.0) for _ in range(4)]
    places = [start + waves * index / DUNE_STEPS for index in range(DUNE_STEPS + 1)]
    rises = [heights[int(place)] * _dune_rise(place % 1) for place in places]
    outline = [(scene.image.width * i / DUNE_STEPS, foot - rise) for i, rise in enumerate(rises)]
    crests = [i for i in range(1, DUNE_STEPS) if rises[i - 1] < rises[i] >= rises[i + 1]]
    return outline, crests


def _dune_rise(part: float) -> float:
    share = part / 0.68 if part < 0.68 else (1 - part) / 0.32
    return share * share * (3 - 2 * share) if part < 0.68 else share**1.25


def _shade_flank(scene: Scene, outline: Line, crest: int, color: Color) -> None:
    """Darken the steep side of a crest, along a bow that swings out below it."""
    trough = next((i for i in range(crest, DUNE_STEPS) if outline[i + 1][1] <= outline[i][1]), DUNE_STEPS)
    (x, y), (right, foot) = outline[crest], outline[trough]
    reach, drop = right - x, foot - y
    bow = [(x + reach * (part - 0.4 * sin(pi * part)), y + drop * part) for part in TWELFTHS]
    ImageDraw.Draw(scene.image).polygon([*outline[crest : trough + 1], *reversed(bow)], fill=color)
