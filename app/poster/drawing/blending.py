"""Overlays, decoded once and cut into tiles, so that a canvas is touched only where something shows."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from pathlib import Path

from PIL import Image

from app.poster.drawing.canvas import decoding, open_layer
from app.poster.drawing.design import PictureError

TILE = 500


@dataclass(frozen=True)
class Tile:
    """A part of an overlay at its place on the canvas; without a mask it hides what is below."""

    place: tuple[int, int]
    colors: Image.Image
    mask: Image.Image | None


def blend_overlay(canvas: Image.Image, path: Path, zoom: float = 1.0) -> None:
    """Lay the overlay at the bottom centre of the canvas, in its own size times `zoom`."""
    try:
        status = path.stat()
    except OSError as error:
        raise PictureError(f"the overlay {path} cannot be read: {error.strerror}") from error
    tiles = _tiles if zoom == 1 else _small_tiles
    for tile in tiles(path, status.st_mtime_ns, status.st_size, canvas.size, zoom):
        canvas.paste(tile.colors, tile.place, tile.mask)


def _cut(path: Path, _changed: int, _length: int, size: tuple[int, int], zoom: float) -> tuple[Tile, ...]:
    with decoding(f"the overlay {path}"):
        overlay = _zoomed(open_layer(path), zoom)
    left, top = (size[0] - overlay.width) // 2, size[1] - overlay.height
    return tuple(
        tile
        for x, y in product(range(0, overlay.width, TILE), range(0, overlay.height, TILE))
        if (tile := _tile(overlay, x, y, (left + x, top + y)))
    )


# Previews show many designs at a few small sizes.
_tiles, _small_tiles = lru_cache(maxsize=4)(_cut), lru_cache(maxsize=48)(_cut)


def _zoomed(overlay: Image.Image, zoom: float) -> Image.Image:
    if zoom == 1:
        return overlay
    size = tuple(max(1, round(side * zoom)) for side in overlay.size)
    return overlay.resize(size, Image.Resampling.BOX)


def _tile(overlay: Image.Image, x: int, y: int, place: tuple[int, int]) -> Tile | None:
    part = overlay.crop((x, y, min(x + TILE, overlay.width), min(y + TILE, overlay.height)))
    mask = part.getchannel("A")
    faintest, strongest = mask.getextrema()
    if strongest == 0:
        return None
    return Tile(place, _colors(part), None if faintest == 255 else mask)


def _colors(part: Image.Image) -> Image.Image:
    colors = part.convert("RGB")
    extrema = colors.getextrema()
    if all(low == high for low, high in extrema):
        return _plain(part.size, tuple(low for low, _ in extrema))
    return colors


@lru_cache(maxsize=16)
def _plain(size: tuple[int, int], color: tuple[int, int, int]) -> Image.Image:
    return Image.new("RGB", size, color)
