"""Pictures for the sheets of designs: light and dark, calm and busy, with and without somebody in them."""

from collections.abc import Callable
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from app.poster.colors import Color
from app.poster.drawing.paint import add_grain, make_noise, mix, paint_gradient
from app.poster.drawing.resizing import resize
from app.poster.drawing.scenery import scenery

DETAIL = 2
Size = tuple[int, int]


def sheet_picture(number: int, size: Size) -> Image.Image:
    """The picture of that number, the same in any process; kinds take turns."""
    return PICTURES[number % len(PICTURES)](number, size)


def landscape(place: str, mood: str) -> Callable[[int, Size], Image.Image]:
    return lambda number, size: scenery(f"sheet {number}", size, place, mood)


def snowfield(number: int, size: Size) -> Image.Image:
    """Nearly white all over, which is the hardest ground for white letters."""
    small, chance = halved(size), Random(number)
    image = paint_gradient([(0, (226, 234, 242)), (0.5, (250, 248, 244)), (1, (255, 255, 255))], small)
    for level, color in ((0.52, (206, 219, 231)), (0.62, (224, 233, 241)), (0.74, (241, 245, 249))):
        ImageDraw.Draw(image).polygon(ridge_line(chance, small, level, 0.07), fill=color)
    pen, unit = ImageDraw.Draw(image), min(small) / 100
    for _ in range(9):
        x, y = chance.uniform(0, small[0]), small[1] * chance.uniform(0.6, 0.72)
        draw_fir(pen, (x, y), unit * chance.uniform(6, 13), (92, 112, 126))
    return grained(image, chance, size)


def bazaar(number: int, size: Size) -> Image.Image:
    """Small bright things of every colour, without a calm place anywhere."""
    small, chance = halved(size), Random(number)
    image, unit = paint_gradient([(0, (244, 214, 160)), (1, (214, 120, 84))], small), min(small) / 100
    colors = [(238, 92, 72), (252, 196, 64), (64, 170, 160), (248, 240, 220), (58, 92, 150), (230, 120, 160)]
    pen = ImageDraw.Draw(image)
    for _ in range(1100):
        x, y = chance.uniform(-5, small[0]), chance.uniform(-5, small[1])
        reach, color = unit * chance.uniform(1, 5), chance.choice(colors)
        shade = mix(color, (30, 18, 20), chance.random() * 0.5)
        box = (x, y, x + reach * chance.uniform(0.6, 2.4), y + reach)
        chance.choice((pen.rectangle, pen.ellipse))(box, fill=shade)
    return grained(image.filter(ImageFilter.GaussianBlur(unit * 0.12)), chance, size)


def portrait(backdrop: tuple[Color, Color], body: Color, light: Color) -> Callable[[int, Size], Image.Image]:
    """Somebody from the chest up against the light, before a soft backdrop."""

    def drawn(number: int, size: Size) -> Image.Image:
        small, chance = halved(size), Random(number)
        image = paint_gradient([(0, backdrop[0]), (1, backdrop[1])], small)
        unit, middle = min(small[0] / 2, small[1] / 3) / 100, small[0] * chance.uniform(0.44, 0.56)
        glow = Image.new("L", small)
        ImageDraw.Draw(glow).ellipse(around(middle + unit * 30, small[1] * 0.34, unit * 80), fill=210)
        image.paste(light, (0, 0), glow.filter(ImageFilter.GaussianBlur(unit * 34)))
        figure = draw_figure(small, (middle, small[1] * 0.52), unit)
        image.paste(lit(body, figure, light, unit), (0, 0), figure)
        return grained(image, chance, size)

    return drawn


def draw_figure(size: Size, neck: tuple[float, float], unit: float) -> Image.Image:
    """The mask of shoulders and head."""
    x, y = neck
    mask = Image.new("L", size)
    pen = ImageDraw.Draw(mask)
    pen.rounded_rectangle((x - unit * 92, y + unit * 24, x + unit * 92, size[1] * 1.4), unit * 58, fill=255)
    pen.polygon(
        [(x - unit * 18, y - unit * 20), (x + unit * 18, y - unit * 20), (x + unit * 46, y + unit * 34)]
        + [(x - unit * 46, y + unit * 34)],
        fill=255,
    )
    pen.ellipse((x - unit * 36, y - unit * 96, x + unit * 36, y + unit * 2), fill=255)
    pen.ellipse((x - unit * 42, y - unit * 108, x + unit * 40, y - unit * 30), fill=255)
    pen.ellipse((x - unit * 44, y - unit * 84, x - unit * 14, y - unit * 26), fill=255)
    return mask.filter(ImageFilter.GaussianBlur(unit * 0.8))


def lit(color: Color, mask: Image.Image, light: Color, unit: float) -> Image.Image:
    """The colour with a narrow light along the right edge of the mask."""
    shaded = Image.new("RGB", mask.size, color)
    for reach, share in ((14, 0.28), (4, 0.75)):
        side = ImageChops.offset(mask, round(-unit * reach), round(unit * reach / 3))
        rim = ImageChops.subtract(mask, side.filter(ImageFilter.GaussianBlur(unit * reach / 3)))
        shaded.paste(mix(color, light, share), (0, 0), rim)
    return shaded


def ridge_line(chance: Random, size: Size, level: float, rise: float) -> list[tuple[float, float]]:
    """A soft line of hills down to the bottom."""
    steps = [size[1] * (level + rise * (chance.random() - 0.5)) for _ in range(8)]
    points = [(size[0] * number / 7, y) for number, y in enumerate(steps)]
    return [(0, size[1]), *points, (size[0], size[1])]


def draw_fir(pen: ImageDraw.ImageDraw, foot: tuple[float, float], height: float, color: Color) -> None:
    x, y = foot
    for part in range(3):
        top, reach = y - height * (0.35 + 0.3 * part), height * (0.3 - 0.07 * part)
        pen.polygon(
            [(x - reach, top + height * 0.35), (x + reach, top + height * 0.35), (x, top)], fill=color
        )


def around(x: float, y: float, reach: float) -> tuple[float, float, float, float]:
    return x - reach, y - reach, x + reach, y + reach


def halved(size: Size) -> Size:
    return size[0] // DETAIL, size[1] // DETAIL


def grained(image: Image.Image, chance: Random, size: Size) -> Image.Image:
    cloud = make_noise(chance, (24, 24)).resize(image.size, Image.Resampling.BICUBIC)
    soft = ImageChops.soft_light(image, Image.merge("RGB", [cloud] * 3))
    return resize(add_grain(ImageChops.blend(image, soft, 0.1), chance, 6), size)


PICTURES: tuple[Callable[[int, Size], Image.Image], ...] = (
    portrait(((38, 66, 92), (16, 24, 38)), (13, 16, 24), (255, 205, 150)),
    landscape("mountains", "day"),
    snowfield,
    landscape("skyline", "night"),
    bazaar,
    landscape("sea", "golden"),
    portrait(((246, 226, 204), (238, 202, 172)), (226, 158, 122), (255, 250, 240)),
    landscape("forest", "storm"),
    landscape("dunes", "day"),
    portrait(((150, 22, 48), (60, 8, 34)), (24, 8, 22), (255, 120, 90)),
)
