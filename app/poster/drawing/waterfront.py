"""Sea and city: the landscapes that reflect or send out light."""

from PIL import Image, ImageDraw, ImageOps

from app.poster.colors import Color
from app.poster.drawing.landforms import Scene, ridge
from app.poster.drawing.paint import mix


def draw_sea(scene: Scene) -> None:
    """Water that mirrors the sky, a far coast, the path of light, and a boat or a lighthouse."""
    below = scene.image.height - scene.horizon
    coast = ridge(scene, scene.horizon - below * 0.01, below * 0.16, 0.45)
    scene.fill(coast, scene.depth(0.1), mix(scene.far, scene.haze, 0.4))
    _fill_water(scene, below)
    _draw_waves(scene, below)
    scene.chance.choice((_draw_boat, _draw_lighthouse))(scene, below)


def _fill_water(scene: Scene, below: int) -> None:
    """The sky upside down, squeezed and darkened towards the viewer."""
    width = scene.image.width
    mirrored = ImageOps.flip(scene.image.crop((0, 0, width, scene.horizon))).resize((width, below), 2)
    fading = bytes(round(70 + 175 * (y / below) ** 0.8) for y in range(below))
    shade = Image.frombytes("L", (1, below), fading).resize((width, below), Image.Resampling.NEAREST)
    mirrored.paste(scene.near, (0, 0), shade)
    scene.image.paste(mirrored, (0, scene.horizon))


def _draw_waves(scene: Scene, below: int) -> None:
    """Strokes that grow longer and thicker towards the viewer, brightest below the sun or moon."""
    pen, chance = ImageDraw.Draw(scene.image), scene.chance
    for _ in range(1500):
        part = chance.random() ** 1.7
        y = scene.horizon + below * part
        on_path = chance.random() < 0.55
        spread = scene.image.width * (0.03 + 0.11 * part)
        x = chance.gauss(scene.disc[0], spread) if on_path else chance.uniform(0, scene.image.width)
        length = scene.image.width * (0.004 + 0.03 * part) * chance.uniform(0.4, 1.4)
        color = _wave_color(scene, (x, y), on_path, part)
        pen.line((x - length, y, x + length, y), fill=color, width=1 + round(3 * part * chance.random()))


def _wave_color(scene: Scene, place: tuple[float, float], on_path: bool, part: float) -> Color:
    x = min(max(int(place[0]), 0), scene.image.width - 1)
    below = scene.image.getpixel((x, min(int(place[1]), scene.image.height - 1)))
    if on_path:
        return mix(below, scene.light, scene.chance.uniform(0.3, 0.85) * (1 - 0.55 * part))
    return mix(below, scene.chance.choice((scene.haze, scene.near)), 0.2)


def _draw_boat(scene: Scene, below: int) -> None:
    unit = below * 0.13
    x, y = scene.image.width * scene.chance.uniform(0.2, 0.8), scene.horizon + below * 0.2
    pen, dark = ImageDraw.Draw(scene.image), scene.near
    pen.polygon(
        [(x - unit, y), (x + unit, y), (x + unit * 0.7, y + unit * 0.3), (x - unit * 0.8, y + unit * 0.3)],
        fill=dark,
    )
    sails = mix(scene.near, scene.haze, 0.25)
    pen.polygon(
        [
            (x - unit * 0.05, y - unit * 0.1),
            (x - unit * 0.05, y - unit * 2.4),
            (x - unit * 0.85, y - unit * 0.1),
        ],
        fill=sails,
    )
    pen.polygon(
        [
            (x + unit * 0.08, y - unit * 0.1),
            (x + unit * 0.08, y - unit * 2.0),
            (x + unit * 0.75, y - unit * 0.1),
        ],
        fill=sails,
    )


def _draw_lighthouse(scene: Scene, below: int) -> None:
    """A tower on a rock at the side that the light leaves free."""
    width = scene.image.width
    left = scene.disc[0] > width / 2
    x, foot, unit = width * (0.2 if left else 0.8), scene.horizon + below * 0.12, below * 0.1
    pen, dark = ImageDraw.Draw(scene.image), scene.depth(0.9)
    pen.polygon(_rock(scene, x, foot, unit), fill=dark)
    top = foot - unit * 5
    pen.polygon(
        [(x - unit * 0.5, foot), (x + unit * 0.5, foot), (x + unit * 0.3, top), (x - unit * 0.3, top)],
        fill=dark,
    )
    pen.rectangle((x - unit * 0.45, top - unit * 0.12, x + unit * 0.45, top), fill=dark)
    pen.rectangle(
        (x - unit * 0.22, top - unit * 0.7, x + unit * 0.22, top - unit * 0.12), fill=scene.lamps or dark
    )
    pen.polygon(
        [(x - unit * 0.32, top - unit * 0.7), (x + unit * 0.32, top - unit * 0.7), (x, top - unit * 1.15)],
        fill=dark,
    )
    if scene.lamps:
        scene.glow((round(x), round(top - unit * 0.4)), round(unit * 2.4), scene.lamps, 0.75)


def _rock(scene: Scene, x: float, foot: float, unit: float) -> list[tuple[float, float]]:
    chance = scene.chance
    upper = [(x + unit * step * 0.5, foot - unit * chance.uniform(0, 0.35)) for step in range(-2, 3)]
    return [(x - unit * 3, foot + unit * 0.9), *upper, (x + unit * 3.2, foot + unit * 0.9)]


def draw_skyline(scene: Scene) -> None:
    """Three rows of buildings, with lit windows after dark."""
    below = scene.image.height - scene.horizon
    for number in range(3):
        nearness = (number + 1) / 3
        color = scene.depth(nearness**0.9)
        _build_row(
            scene, scene.horizon + below * 0.42 * number, below * (1.0 - 0.16 * number), color, nearness
        )


def _build_row(scene: Scene, level: float, height: float, color: Color, nearness: float) -> None:
    chance, place = scene.chance, -scene.image.width * 0.05
    unit = min(scene.image.size)
    while place < scene.image.width:
        width = unit * chance.uniform(0.05, 0.13) * (0.6 + 0.6 * nearness)
        top = level - height * (0.12 + 0.8 * chance.random() ** 2.2)
        _build_house(scene, (place, top, place + width, scene.image.height), color, nearness)
        place += width * chance.uniform(0.86, 1.12)


def _build_house(scene: Scene, box: tuple[float, float, float, float], color: Color, nearness: float) -> None:
    left, top, right, bottom = box
    pen, chance = ImageDraw.Draw(scene.image), scene.chance
    pen.rectangle(box, fill=mix(color, scene.haze, chance.uniform(0, 0.05)))
    roof, middle = chance.random(), (left + right) / 2
    if roof < 0.25:
        pen.rectangle(
            (left + (right - left) * 0.2, top - (right - left) * 0.35, right - (right - left) * 0.2, top),
            fill=color,
        )
    elif roof < 0.4:
        pen.polygon([(left, top), (right, top), (middle, top - (right - left) * 0.9)], fill=color)
    if roof > 0.75:
        pen.line((middle, top, middle, top - (right - left) * 1.1), fill=color, width=2)
    if scene.lamps:
        _light_windows(scene, (left, top, right, bottom), nearness)


def _light_windows(scene: Scene, box: tuple[float, float, float, float], nearness: float) -> None:
    """A grid of windows of which some are lit, the more the farther the house stands."""
    pen, chance = ImageDraw.Draw(scene.image), scene.chance
    pitch = max(4, round(min(scene.image.size) * 0.009 * (0.7 + nearness)))
    for x in range(int(box[0]) + pitch, int(box[2]) - pitch, pitch):
        for y in range(int(box[1]) + pitch, min(int(box[3]), scene.image.height), round(pitch * 1.5)):
            if chance.random() < 0.26:
                color = mix(
                    scene.depth(nearness), scene.lamps, chance.uniform(0.25, 0.9) * (0.5 + 0.5 * nearness)
                )
                pen.rectangle((x, y, x + pitch // 2 - 1, y + round(pitch * 0.7)), fill=color)
