"""Draws the overlays of the packaged designs: `python -m docs.design_overlays [ID...]`."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

from app.poster.colors import Color
from app.poster.drawing.design import POSTER_SIZE, WIDE_SIZE
from app.poster.drawing.overlay_creator import eased

FOLDER = Path(__file__).parents[1] / "app" / "poster" / "designs"
# An ordered dither: rows that are alike stay alike, so that a soft shade without bands packs well.
BAYER = (
    (0, 32, 8, 40, 2, 34, 10, 42),
    (48, 16, 56, 24, 50, 18, 58, 26),
    (12, 44, 4, 36, 14, 46, 6, 38),
    (60, 28, 52, 20, 62, 30, 54, 22),
    (3, 35, 11, 43, 1, 33, 9, 41),
    (51, 19, 59, 27, 49, 17, 57, 25),
    (15, 47, 7, 39, 13, 45, 5, 37),
    (63, 31, 55, 23, 61, 29, 53, 21),
)
SMOOTH = 3
# (from, to, strength): opacity that grows softly between two parts of a length; the other way round it falls.
Ramp = tuple[float, float, float]


@dataclass(frozen=True)
class Shade:
    """Opacity of one colour: an even part, and ramps downwards (`down`) and to the right (`across`)."""

    color: Color
    down: tuple[Ramp, ...] = ()
    across: tuple[Ramp, ...] = ()
    even: float = 0.0


@dataclass(frozen=True)
class Mount:
    """An opaque frame: what it leaves free (left, top, right, bottom), and a line around that."""

    color: Color
    free: tuple[int, int, int, int]
    radius: int = 0
    line: tuple[Color, int, int] | None = None  # colour, opacity of 255, width


@dataclass(frozen=True)
class Rule:
    """A filled rectangle (left, top, right, bottom)."""

    color: Color
    box: tuple[int, int, int, int]


@dataclass(frozen=True)
class Dots:
    """A screen of dots that grow downwards from a part of the height."""

    color: Color
    start: float
    pitch: int
    opacity: int = 255


Part = Shade | Mount | Rule | Dots

BLACK: Color = (6, 7, 10)
WARM: Color = (10, 7, 5)
GOLD: Color = (203, 170, 108)
AMBER: Color = (255, 180, 72)
MAT: Color = (11, 11, 13)
PAPER: Color = (243, 239, 230)
INK: Color = (16, 17, 48)
VIOLET: Color = (33, 12, 78)
MAGENTA: Color = (214, 40, 132)

OVERLAYS: dict[str, dict[str, tuple[tuple[int, int], list[Part]]]] = {
    "minimal": {
        "minimal-poster.png": (POSTER_SIZE, [Shade(BLACK, down=((0.46, 0.86, 0.64), (0.8, 1.0, 0.16)))]),
        "minimal-wide.png": (WIDE_SIZE, [Shade(BLACK, down=((0.4, 0.86, 0.64), (0.8, 1.0, 0.16)))]),
    },
    "classic": {
        "classic-poster.png": (
            POSTER_SIZE,
            [
                Shade(WARM, down=((0.44, 0.8, 0.72), (0.76, 0.98, 0.24))),
                Rule(GOLD, (850, 2734, 1150, 2739)),
            ],
        ),
        "classic-wide.png": (
            WIDE_SIZE,
            [
                Shade(WARM, down=((0.34, 0.8, 0.72), (0.76, 0.98, 0.24))),
                Rule(GOLD, (1740, 1922, 2100, 1928)),
            ],
        ),
    },
    "cinema": {
        "cinema-poster.png": (
            POSTER_SIZE,
            [Mount(MAT, (84, 84, 1916, 2540), line=((255, 255, 255), 70, 4))],
        ),
        "cinema-wide.png": (
            WIDE_SIZE,
            [Mount(MAT, (0, 118, 3840, 1702), line=((255, 255, 255), 60, 4))],
        ),
    },
    "textless-logo": {
        "textless-logo-poster.png": (
            POSTER_SIZE,
            [Shade(BLACK, down=((0.5, 0.86, 0.62), (0.84, 1.0, 0.16)))],
        ),
        "textless-logo-wide.png": (WIDE_SIZE, [Shade(BLACK, down=((0.4, 0.86, 0.62), (0.84, 1.0, 0.16)))]),
    },
    "streaming": {
        "streaming-poster.png": (POSTER_SIZE, [Shade(BLACK, down=((0.44, 0.82, 0.74), (0.76, 1.0, 0.22)))]),
        "streaming-wide.png": (
            WIDE_SIZE,
            [Shade(BLACK, down=((0.5, 1.0, 0.7),), across=((0.96, 0.0, 0.66),))],
        ),
        "streaming-card.png": (
            WIDE_SIZE,
            [Shade(BLACK, down=((0.4, 0.86, 0.68), (0.8, 1.0, 0.16)), across=((0.7, 0.0, 0.3),))],
        ),
    },
    "typographic": {
        "typographic-poster.png": (
            POSTER_SIZE,
            [Shade(INK, even=0.42, down=((0.0, 0.6, 0.5), (0.5, 1.0, 0.2)))],
        ),
        "typographic-wide.png": (
            WIDE_SIZE,
            [Shade(INK, even=0.42, down=((0.0, 0.6, 0.5), (0.5, 1.0, 0.2)))],
        ),
    },
    "title-cards": {
        "title-cards-poster.png": (
            POSTER_SIZE,
            [
                Shade(BLACK, down=((0.44, 0.82, 0.72), (0.78, 1.0, 0.2))),
                Rule(AMBER, (140, 2746, 300, 2762)),
            ],
        ),
        "title-cards-wide.png": (
            WIDE_SIZE,
            [
                Shade(BLACK, down=((0.4, 0.84, 0.7), (0.78, 1.0, 0.2)), across=((0.6, 0.0, 0.24),)),
                Rule(AMBER, (200, 1936, 440, 1954)),
            ],
        ),
        "title-cards-card.png": (
            WIDE_SIZE,
            [
                Shade(BLACK, down=((0.36, 0.8, 0.72), (0.76, 1.0, 0.2)), across=((0.6, 0.0, 0.24),)),
                Rule(AMBER, (200, 1922, 360, 1940)),
            ],
        ),
    },
    "anime": {
        "anime-poster.png": (
            POSTER_SIZE,
            [
                Shade(MAGENTA, down=((0.56, 0.9, 0.5),)),
                Dots(VIOLET, 0.6, 46),
                Shade(VIOLET, down=((0.62, 0.98, 0.9),)),
            ],
        ),
        "anime-wide.png": (
            WIDE_SIZE,
            [
                Shade(MAGENTA, down=((0.44, 0.9, 0.5),)),
                Dots(VIOLET, 0.5, 46),
                Shade(VIOLET, down=((0.54, 0.98, 0.9),)),
            ],
        ),
    },
    "gallery": {
        "gallery-poster.png": (
            POSTER_SIZE,
            [Mount(PAPER, (110, 110, 1890, 2430), line=((0, 0, 0), 60, 3))],
        ),
        "gallery-wide.png": (
            WIDE_SIZE,
            [Mount(PAPER, (110, 110, 3730, 1672), line=((0, 0, 0), 60, 3))],
        ),
    },
}


def main(names: list[str]) -> None:
    for design in names or OVERLAYS:
        for file, (size, parts) in OVERLAYS[design].items():
            path = FOLDER / design / file
            path.parent.mkdir(parents=True, exist_ok=True)
            save_overlay(path, size, parts)
            print(path.name, path.stat().st_size)


def save_overlay(path: Path, size: tuple[int, int], parts: list[Part]) -> None:
    """A PNG of the parts, each laid over those before; a shade with rules takes a byte a pixel."""
    shade, *others = parts
    if isinstance(shade, Shade) and all(isinstance(part, Rule) for part in others):
        save_indexed(path, shade_mask(size, shade), shade.color, others)
    else:
        drawn_overlay(size, parts).save(path, "PNG", optimize=True)


def save_indexed(path: Path, mask: Image.Image, color: Color, rules: list[Rule]) -> None:
    """Opacities as indexes of a palette, whose last entries are the opaque colours of the rules."""
    palette, opacities = bytearray(bytes(color) * 256), bytearray(range(256))
    for number, rule in enumerate(rules):
        entry = 255 - number
        palette[3 * entry : 3 * entry + 3] = bytes(rule.color)
        opacities[entry] = 255
        mask.paste(entry, (rule.box[0], rule.box[1], rule.box[2], rule.box[3]))
    mask.putpalette(bytes(palette))
    mask.save(path, "PNG", optimize=True, transparency=bytes(opacities))


def drawn_overlay(size: tuple[int, int], parts: Iterable[Part]) -> Image.Image:
    """An RGBA image of the parts, each laid over those before."""
    overlay = Image.new("RGBA", size)
    for part in parts:
        for color, mask in layers_of(size, part):
            layer = Image.new("RGBA", size, color)
            layer.putalpha(mask)
            overlay.alpha_composite(layer)
    return overlay


def layers_of(size: tuple[int, int], part: Part) -> list[tuple[Color, Image.Image]]:
    """(colour, mask) of what the part consists of."""
    if isinstance(part, Shade):
        return [(part.color, shade_mask(size, part))]
    if isinstance(part, Rule):
        return [(part.color, box_mask(size, part.box, 0))]
    if isinstance(part, Dots):
        return [(part.color, dot_mask(size, part))]
    outside = ImageChops.invert(box_mask(size, part.free, part.radius))
    return [(part.color, outside), *line_layers(size, part)]


def shade_mask(size: tuple[int, int], shade: Shade) -> Image.Image:
    """The opacity as an L image, dithered in order."""
    width, height = size
    across = [opacity_at((x + 0.5) / width, shade.across) for x in range(width)]
    flat = not any(across)
    rows = bytearray()
    for y in range(height):
        down = 255 * (1 - (1 - opacity_at((y + 0.5) / height, shade.down)) * (1 - shade.even))
        steps = [(step + 0.5) / 64 for step in BAYER[y % 8]]
        if flat:
            rows += (bytes(int(down + step) for step in steps) * (-(-width // 8)))[:width]
        else:
            rows += bytes(int(down + (255 - down) * part + steps[x % 8]) for x, part in enumerate(across))
    return Image.frombytes("L", size, bytes(rows))


def opacity_at(part: float, ramps: tuple[Ramp, ...]) -> float:
    return min(1.0, sum(strength * eased((part - start) / (end - start)) for start, end, strength in ramps))


def box_mask(size: tuple[int, int], box: tuple[int, int, int, int], radius: int) -> Image.Image:
    """A filled box; round corners are smooth."""
    mask = Image.new("L", size)
    if not radius:
        ImageDraw.Draw(mask).rectangle((box[0], box[1], box[2] - 1, box[3] - 1), fill=255)
        return mask
    width, height = box[2] - box[0], box[3] - box[1]
    large = Image.new("L", (width * SMOOTH, height * SMOOTH))
    ImageDraw.Draw(large).rounded_rectangle(
        (0, 0, large.width - 1, large.height - 1), radius * SMOOTH, fill=255
    )
    mask.paste(large.reduce(SMOOTH), box[:2])
    return mask


def line_layers(size: tuple[int, int], mount: Mount) -> list[tuple[Color, Image.Image]]:
    """The line around what a mount leaves free, inside of it."""
    if mount.line is None:
        return []
    color, opacity, width = mount.line
    left, top, right, bottom = mount.free
    inner = (left + width, top + width, right - width, bottom - width)
    ring = ImageChops.subtract(
        box_mask(size, mount.free, mount.radius), box_mask(size, inner, max(0, mount.radius - width))
    )
    return [(color, ring.point([value * opacity // 255 for value in range(256)]))]


def dot_mask(size: tuple[int, int], dots: Dots) -> Image.Image:
    """Round dots in rows that are shifted by half, from nothing at the start to touching at the bottom."""
    width, height = size
    mask = Image.new("L", size)
    for row, y in enumerate(range(round(height * dots.start), height + dots.pitch, dots.pitch // 2)):
        part = (y / height - dots.start) / (1 - dots.start)
        radius = dots.pitch * 0.5 * min(1.0, part) ** 0.8
        stamp = dot_stamp(radius, dots.opacity)
        for x in range((row % 2) * dots.pitch // 2, width + dots.pitch, dots.pitch):
            mask.paste(stamp, (round(x - stamp.width / 2), round(y - stamp.height / 2)), stamp)
    return mask


def dot_stamp(radius: float, opacity: int) -> Image.Image:
    side = max(2, round(radius * 2) + 2)
    stamp = Image.new("L", (side * SMOOTH, side * SMOOTH))
    middle, reach = side * SMOOTH / 2, radius * SMOOTH
    if radius > 0.5:
        ImageDraw.Draw(stamp).ellipse(
            (middle - reach, middle - reach, middle + reach, middle + reach), fill=opacity
        )
    return stamp.reduce(SMOOTH)


if __name__ == "__main__":
    main(sys.argv[1:])
