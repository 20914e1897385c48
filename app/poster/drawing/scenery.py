"""Invented landscapes, so that samples and demo libraries show artwork without a network or a photograph."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from app.poster.colors import Color, parse_color
from app.poster.drawing.landforms import Scene, draw_dunes, draw_forest, draw_hills, draw_mountains
from app.poster.drawing.paint import add_grain, fade, make_noise, mix, paint_gradient
from app.poster.drawing.resizing import resize
from app.poster.drawing.waterfront import draw_sea, draw_skyline

# The scene is drawn at half the wanted size: enlarging it smooths every edge.
DETAIL = 2
GRAIN = 7
# Where the four colours of a sky lie, from the top to the horizon.
SKY_PLACES = (0.0, 0.25, 0.6, 1.0)


@dataclass(frozen=True)
class Mood:
    """The colours of one time of day, written as #rrggbb; `sky` runs from the zenith to the horizon.

    `light` is the height of the sun or moon above the horizon, as a part of the sky.
    """

    sky: tuple[str, str, str, str]
    disc: str
    light: float
    cloud: str
    cover: float
    far: str
    near: str
    stars: int = 0
    lamps: str = "#ffd98a"


MOODS = {
    "dawn": Mood(
        ("#27365f", "#6d6391", "#dd9794", "#ffd9a8"), "#fff3d6", 0.14, "#ffdcc8", 0.5, "#b28fa3", "#241f35"
    ),
    "day": Mood(
        ("#1c5aa3", "#3f8bcb", "#93c8e8", "#e6f3f6"), "#fffdf0", 0.72, "#ffffff", 0.6, "#93b7ca", "#1d3a2c"
    ),
    "golden": Mood(
        ("#36436f", "#a8624f", "#ee9d4b", "#ffe3a3"), "#fff6d5", 0.2, "#ffd394", 0.5, "#cf9160", "#271714"
    ),
    "dusk": Mood(
        ("#12143a", "#3d2b66", "#a8446f", "#f59668"),
        "#ffd9a8",
        0.06,
        "#e0708a",
        0.55,
        "#75406c",
        "#100b1d",
        60,
    ),
    "night": Mood(
        ("#04071a", "#0b1a3d", "#1c3a69", "#4a719c"),
        "#f7f3e0",
        0.66,
        "#41608a",
        0.35,
        "#30507a",
        "#050912",
        420,
    ),
    "storm": Mood(
        ("#1d2429", "#3a464f", "#6c7a82", "#b6bcb6"), "#d9dcd2", 0.5, "#c3c9c6", 0.95, "#6b797f", "#12181a"
    ),
    "aurora": Mood(
        ("#030a18", "#06283c", "#0f5f60", "#6dc2a4"),
        "#e9fff2",
        0.8,
        "#2f9c86",
        0.3,
        "#23665f",
        "#031013",
        520,
    ),
}
PLACES: dict[str, Callable[[Scene], None]] = {
    "mountains": draw_mountains,
    "sea": draw_sea,
    "forest": draw_forest,
    "skyline": draw_skyline,
    "dunes": draw_dunes,
    "hills": draw_hills,
}


def scenery(
    seed: str | int, size: tuple[int, int], place: str | None = None, mood: str | None = None
) -> Image.Image:
    """An RGB landscape of exactly this size; the same arguments give the same pixels in any process.

    The seed chooses what is not named: `place` is a key of PLACES and `mood` one of MOODS; KeyError for
    another name.
    """
    chance = Random(f"scenery {seed}")
    chosen = chance.choice(list(PLACES)), chance.choice(list(MOODS))
    place, mood = place or chosen[0], mood or chosen[1]
    scene = _open_scene(chance, size, MOODS[mood])
    _paint_sky(scene, MOODS[mood])
    PLACES[place](scene)
    return resize(add_grain(scene.image, chance, GRAIN), size)


def _open_scene(chance: Random, size: tuple[int, int], mood: Mood) -> Scene:
    width, height = (max(16, length // DETAIL) for length in size)
    horizon = round(height * chance.uniform(0.60, 0.66))
    return Scene(
        image=_make_sky(mood, (width, height), horizon),
        chance=chance,
        horizon=horizon,
        disc=(round(width * chance.uniform(0.24, 0.76)), round(horizon * (1 - mood.light))),
        light=parse_color(mood.disc),
        haze=parse_color(mood.sky[-1]),
        far=parse_color(mood.far),
        near=parse_color(mood.near),
        lamps=parse_color(mood.lamps) if mood.stars else None,
    )


def _make_sky(mood: Mood, size: tuple[int, int], horizon: int) -> Image.Image:
    colors = [parse_color(color) for color in mood.sky]
    places = [part * horizon / size[1] for part in SKY_PLACES]
    return paint_gradient(list(zip(places, colors, strict=True)), size)


def _paint_sky(scene: Scene, mood: Mood) -> None:
    if mood.stars:
        _paint_stars(scene, mood.stars)
    if mood.cover < 0.9:
        _paint_disc(scene)
    _paint_clouds(scene, parse_color(mood.cloud), mood.cover)


def _paint_stars(scene: Scene, count: int) -> None:
    pen, chance = ImageDraw.Draw(scene.image), scene.chance
    for _ in range(count):
        x, y = chance.randrange(scene.image.width), int(scene.horizon * chance.random() ** 1.6)
        shine = chance.random() ** 3
        color = mix(scene.image.getpixel((x, y)), (255, 255, 255), 0.35 + 0.6 * shine)
        radius = 1 if shine > 0.55 else 0
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=color)


def _paint_disc(scene: Scene) -> None:
    """The sun or moon with three glows, each wider and fainter than the last."""
    unit = min(scene.image.size)
    for reach, strength in ((1.5, 0.34), (0.62, 0.34), (0.2, 0.5)):
        scene.glow(scene.disc, round(unit * reach), scene.light, strength)
    x, y = scene.disc
    radius = unit * 0.05
    ImageDraw.Draw(scene.image).ellipse((x - radius, y - radius, x + radius, y + radius), fill=scene.light)


def _paint_clouds(scene: Scene, color: Color, cover: float) -> None:
    """Streaks of noise in three sizes, densest towards the horizon."""
    width, height = scene.image.width, scene.horizon
    layers = [make_noise(scene.chance, (5 * step, 9 * step)).resize((width, height), 3) for step in (1, 3, 8)]
    cloud = ImageChops.blend(ImageChops.blend(layers[0], layers[1], 0.42), layers[2], 0.2)
    low, gain = round(172 - 62 * cover), 3.2 + 2 * cover
    cloud = cloud.point([min(255, max(0, round((value - low) * gain))) for value in range(256)])
    cloud = ImageChops.multiply(cloud, fade((width, height), 0.5 * cover, 0.35 + 0.5 * cover))
    scene.image.paste(color, (0, 0), cloud.filter(ImageFilter.GaussianBlur(width / 500)))
