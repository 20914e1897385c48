"""Pictures and words for the sample posters, so that trying out settings needs no library and no network."""

from PIL import Image, ImageDraw

BACKGROUND = "#FC7E10"
DARK = "#D9650A"
LIGHT = "#FFB366"
PANEL = "#F3AC7C"
# 10, 27 and 66 characters.
SENTENCES = {
    "ShortText": "Metropolis",
    "MediumText": "A lantern burns at the quay",
    "LongText": "Long after the last train, the clockmaker counted all her old keys",
}
LABEL_NUMBER = 9999
PERFORATIONS = 8


def sample_picture(size: tuple[int, int]) -> Image.Image:
    """An orange canvas with a strip of film in its middle."""
    picture = Image.new("RGB", size, BACKGROUND)
    side = min(size) // 2
    left, top = (size[0] - side) // 2, (size[1] - side) // 2
    draw_film(ImageDraw.Draw(picture), left, top, side)
    return picture


def draw_film(pen: ImageDraw.ImageDraw, left: int, top: int, side: int) -> None:
    """A frame of film within a square: dark strip, holes along both edges, a lit window with a play sign."""
    unit = side // 20
    pen.rounded_rectangle((left, top, left + side, top + side), radius=unit, fill=DARK)
    for number in range(PERFORATIONS):
        middle = top + side * (2 * number + 1) // (2 * PERFORATIONS)
        draw_hole(pen, left + 2 * unit, middle, unit)
        draw_hole(pen, left + side - 2 * unit, middle, unit)
    window = (left + 4 * unit, top + 2 * unit, left + side - 4 * unit, top + side - 2 * unit)
    pen.rounded_rectangle(window, radius=unit, fill=LIGHT)
    middle_x, middle_y, reach = left + side // 2, top + side // 2, 3 * unit
    corners = (middle_x - reach, middle_y - reach), (middle_x - reach, middle_y + reach)
    pen.polygon([*corners, (middle_x + reach + unit, middle_y)], fill=DARK)


def draw_hole(pen: ImageDraw.ImageDraw, middle_x: int, middle_y: int, unit: int) -> None:
    box = (middle_x - unit, middle_y - unit // 2, middle_x + unit, middle_y + unit // 2)
    pen.rounded_rectangle(box, radius=unit // 3, fill=BACKGROUND)
