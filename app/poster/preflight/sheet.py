"""The contact sheet: pictures side by side, each with a line that says what is hard and what is lost."""

import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

FONT = Path(__file__).parents[1] / "fonts" / "FiraSansExtraCondensed-Bold.ttf"
WIDTH = 1580
GAP = 20
CAPTION = 52
HEIGHT = 360
GROUND, LIGHT, DIM, BAD = "#14161b", "#f2f3f5", "#9aa0ab", "#ff7a6b"


@dataclass(frozen=True, slots=True)
class SheetTile:
    """A finished picture, the lines below it, and whether something of its text is lost."""

    jpeg: bytes
    why: str
    loss: str


def contact_sheet(tiles: list[SheetTile], heading: str) -> bytes:
    """A JPEG of all tiles, WIDTH pixels wide, as high as they need."""
    placed, height = places(tiles)
    sheet = Image.new("RGB", (WIDTH, height), GROUND)
    pen = ImageDraw.Draw(sheet)
    pen.text((GAP, GAP), heading, LIGHT, ImageFont.truetype(FONT, 28))
    for tile, picture, place in placed:
        sheet.paste(picture, place)
        label(pen, tile, place, picture.size)
    content = io.BytesIO()
    sheet.save(content, "JPEG", quality=88)
    return content.getvalue()


def label(pen: ImageDraw.ImageDraw, tile: SheetTile, place: tuple[int, int], size: tuple[int, int]) -> None:
    """Write the lines below a picture, and frame one that loses something."""
    (left, top), (width, height) = place, size
    font = ImageFont.truetype(FONT, 20)
    if tile.loss:
        pen.rectangle((left - 3, top - 3, left + width + 2, top + height + 2), None, BAD, 3)
    pen.text((left, top + height + 6), fitted(tile.why, font, width), DIM, font)
    result, color = (tile.loss, BAD) if tile.loss else ("fits", LIGHT)
    pen.text((left, top + height + 28), fitted(result, font, width), color, font)


def places(tiles: list[SheetTile]) -> tuple[list[tuple[SheetTile, Image.Image, tuple[int, int]]], int]:
    """([(tile, its picture made small, place)], height of the sheet), row by row."""
    left, top, placed = GAP, GAP + 56, []
    for tile in tiles:
        picture = small(tile.jpeg)
        is_other_shape = bool(placed) and placed[-1][1].width != picture.width
        if left > GAP and (is_other_shape or left + picture.width + GAP > WIDTH):
            left, top = GAP, top + HEIGHT + CAPTION + GAP
        placed.append((tile, picture, (left, top)))
        left += picture.width + GAP
    return placed, top + HEIGHT + CAPTION + GAP


def small(jpeg: bytes) -> Image.Image:
    with Image.open(io.BytesIO(jpeg)) as picture:
        width = round(picture.width * HEIGHT / picture.height)
        return picture.convert("RGB").resize((width, HEIGHT), Image.Resampling.LANCZOS)


def fitted(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    """The text, cut with an ellipsis where it is wider."""
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text}…"
