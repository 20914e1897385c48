"""Patterns of plain shapes for artwork without a source picture."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import cos, pi, sin
from random import Random

from PIL import Image, ImageDraw

from app.poster.colors import Color
from app.poster.drawing.paint import mix, paint_gradient

# Shapes are drawn at twice the size of the sheet and reduced, which smooths their edges.
FINE = 2
Box = tuple[float, float, float, float]
Pen = ImageDraw.ImageDraw


@dataclass
class Sheet:
    """A sheet to paint on, and five colours: dark, middle, two accents, light.

    `middle` is where a figure may stand, in parts of the width and height.
    """

    image: Image.Image
    chance: Random
    palette: tuple[Color, ...]
    middle: tuple[float, float] = (0.5, 0.36)

    @property
    def unit(self) -> float:
        """The length that patterns are measured by."""
        width, height = self.image.size
        return width if width < height else height * 0.82

    def place(self, x: float, y: float) -> tuple[float, float]:
        """The point at these parts of the width and the height."""
        return self.image.width * x, self.image.height * y

    def fill(
        self, paint: Color | Image.Image, draw_shape: Callable[[Pen], None], opacity: float = 1.0
    ) -> None:
        """Put a colour, or an image as large as the sheet, where the shape is drawn in white.

        The shape is drawn in FINE times the coordinates of the sheet.
        """
        mask = Image.new("L", (self.image.width * FINE, self.image.height * FINE))
        draw_shape(ImageDraw.Draw(mask))
        smooth = mask.reduce(FINE)
        if opacity < 1:
            smooth = smooth.point([round(value * opacity) for value in range(256)])
        self.image.paste(paint, (0, 0) if isinstance(paint, Image.Image) else None, smooth)

    def discs(
        self, paint: Color | Image.Image, circles: Iterable[tuple[float, float, float]], opacity=1.0
    ) -> None:
        """Fill circles of middle x, middle y and radius."""
        boxes = [tuple(FINE * part for part in (x - r, y - r, x + r, y + r)) for x, y, r in circles]
        self.fill(paint, lambda pen: [pen.ellipse(box, fill=255) for box in boxes], opacity)

    def polygon(
        self, paint: Color | Image.Image, corners: Iterable[tuple[float, float]], opacity=1.0
    ) -> None:
        fine = [(FINE * x, FINE * y) for x, y in corners]
        self.fill(paint, lambda pen: pen.polygon(fine, fill=255), opacity)


def paint_sunset(sheet: Sheet) -> None:
    """A disc that fades down through two accents, cut by slits that widen downwards."""
    _, middle, warm, pale, _ = sheet.palette
    x, y = sheet.place(0.5, 0.37)
    radius = sheet.unit * 0.33
    sheet.middle = (0.5, 0.33)
    width, height = sheet.image.size
    first, last = (y - radius) / height, (y + radius) / height
    _paint_halo(sheet, (x, y), radius)
    sheet.discs(paint_gradient([(first, pale), (last, warm)], (width, height)), [(x, y, radius)])
    ground = sheet.image.crop((0, 0, 1, height)).resize((width, height), Image.Resampling.NEAREST)
    slits = [(y + radius * (0.18 + 0.16 * n), radius * (0.02 + 0.016 * n)) for n in range(6)]
    boxes = [(0, FINE * top, FINE * width, FINE * (top + depth)) for top, depth in slits]
    sheet.fill(ground, lambda pen: [pen.rectangle(box, fill=255) for box in boxes])


def _paint_halo(sheet: Sheet, middle: tuple[float, float], radius: float) -> None:
    reach = round(radius * 2.6)
    fading = [round(90 * max(0.0, 1 - value / 181) ** 2) for value in range(256)]
    shape = Image.radial_gradient("L").point(fading).resize((2 * reach, 2 * reach), 2)
    sheet.image.paste(sheet.palette[2], (round(middle[0]) - reach, round(middle[1]) - reach), shape)


def paint_rings(sheet: Sheet) -> None:
    """Rings around a point near an upper corner, each in the next colour."""
    side = sheet.chance.choice((0.0, 1.0))
    x, y = sheet.place(side, sheet.chance.uniform(0.02, 0.12))
    dark, middle, warm, pale, light = sheet.palette
    colors = [mix(dark, middle, 0.9), warm, pale, mix(middle, light, 0.12), light, warm, middle, dark]
    radius = sheet.unit * 1.04
    for color in colors:
        sheet.discs(color, [(x, y, radius)])
        radius -= sheet.unit * sheet.chance.uniform(0.09, 0.15)


def paint_bars(sheet: Sheet) -> None:
    """Parallel bands across the sheet with round ends."""
    angle = sheet.chance.choice((-1, 1)) * sheet.chance.uniform(0.6, 0.85)
    _, middle, warm, pale, light = sheet.palette
    colors = [warm, pale, mix(middle, light, 0.2), light, warm, middle, pale]
    start = sheet.place(0.5, 0.3)
    offset = -sheet.unit * 0.5
    for color in colors:
        width = sheet.unit * sheet.chance.uniform(0.07, 0.17)
        length = sheet.unit * sheet.chance.uniform(0.42, 0.95)
        shift = sheet.unit * sheet.chance.uniform(-0.3, 0.3)
        _paint_band(sheet, color, start, (angle, offset + width / 2, shift), (width, length))
        offset += width + sheet.unit * 0.025


def _paint_band(
    sheet: Sheet,
    color: Color,
    start: tuple[float, float],
    place: tuple[float, float, float],
    extent: tuple[float, float],
) -> None:
    (angle, across, along), (width, length) = place, extent
    toward, aside = (sin(angle), -cos(angle)), (cos(angle), sin(angle))
    middle = [start[axis] + aside[axis] * across + toward[axis] * along for axis in (0, 1)]
    ends = [[middle[axis] + sign * toward[axis] * length / 2 for axis in (0, 1)] for sign in (-1, 1)]
    fine = [FINE * part for end in ends for part in end]
    caps = [[FINE * (part + sign * width / 2) for sign in (-1, 1) for part in end] for end in ends]

    def draw(pen: Pen) -> None:
        pen.line(fine, fill=255, width=round(FINE * width))
        for cap in caps:
            pen.ellipse(cap, fill=255)

    sheet.fill(color, draw)


def paint_discs(sheet: Sheet) -> None:
    """Three large translucent discs that overlap."""
    _, _, warm, pale, light = sheet.palette
    start = sheet.chance.uniform(0, 2 * pi)
    x, y = sheet.place(0.5, 0.34)
    for turn, (color, size) in enumerate(((warm, 0.3), (pale, 0.26), (light, 0.2))):
        angle = start + turn * 2 * pi / 3
        reach = sheet.unit * 0.17
        sheet.discs(color, [(x + reach * cos(angle), y + reach * sin(angle), sheet.unit * size)], 0.82)
    sheet.middle = (0.5, 0.34)


def paint_tiles(sheet: Sheet) -> None:
    """A grid of quarter discs, half discs and discs in all colours."""
    dark, middle, warm, pale, light = sheet.palette
    colors = [warm, pale, light, mix(dark, middle, 0.9), mix(middle, light, 0.25)]
    side = sheet.unit / 4
    columns, rows = round(sheet.image.width / side), round(sheet.image.height * 0.66 / side) + 1
    shapes: dict[Color, list[tuple[int, int, int]]] = {color: [] for color in colors}
    for column in range(columns):
        for row in range(rows):
            ground, color = sheet.chance.sample(colors, 2)
            shapes[ground].append((column, row, -1))
            shapes[color].append((column, row, sheet.chance.randrange(9)))
    wide = sheet.image.width / columns
    for stage in (True, False):
        for color, cells in shapes.items():
            chosen = [cell for cell in cells if (cell[2] < 0) == stage]
            sheet.fill(color, lambda pen, chosen=chosen: [_draw_tile(pen, cell, wide) for cell in chosen])


def _draw_tile(pen: Pen, cell: tuple[int, int, int], side: float) -> None:
    """A square (-1), a quarter disc around one of the corners (0-3), a half (4-7), or a disc (8)."""
    column, row, form = cell
    side *= FINE
    left, top = column * side, row * side
    if form < 0:
        pen.rectangle((left, top, left + side, top + side), fill=255)
    elif form < 4:
        x, y = left + side * (form in (1, 2)), top + side * (form > 1)
        pen.pieslice((x - side, y - side, x + side, y + side), 90 * form, 90 * form + 90, fill=255)
    elif form < 8:
        turn = 90 * form
        pen.pieslice((left, top, left + side, top + side), turn, turn + 180, fill=255)
    else:
        inset = side * 0.18
        pen.ellipse((left + inset, top + inset, left + side - inset, top + side - inset), fill=255)


def paint_waves(sheet: Sheet) -> None:
    """Sheets of paper with a wavy edge, one before the other, below a small sun."""
    dark, middle, warm, pale, light = sheet.palette
    colors = [pale, warm, mix(warm, middle, 0.55), middle, mix(middle, dark, 0.55)]
    x, y = sheet.place(sheet.chance.uniform(0.3, 0.7), 0.2)
    sheet.discs(light, [(x, y, sheet.unit * 0.115)])
    width, height = sheet.image.size
    for number, color in enumerate(colors):
        level, swing = height * (0.27 + 0.095 * number), sheet.unit * sheet.chance.uniform(0.04, 0.09)
        turns, start = sheet.chance.uniform(0.7, 1.5), sheet.chance.uniform(0, 2 * pi)
        edge = [(width * n / 80, level + swing * sin(start + 2 * pi * turns * n / 80)) for n in range(81)]
        sheet.polygon(color, [*edge, (width, height), (0, height)])
    sheet.middle = (0.5, 0.3)


MOTIFS: dict[str, Callable[[Sheet], None]] = {
    "sunset": paint_sunset,
    "rings": paint_rings,
    "bars": paint_bars,
    "discs": paint_discs,
    "tiles": paint_tiles,
    "waves": paint_waves,
}
