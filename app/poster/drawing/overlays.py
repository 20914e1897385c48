"""The overlays that a fresh installation draws for itself."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops

from app.poster.drawing.design import POSTER_SIZE, WIDE_SIZE
from app.poster.publish import write_whole

POSTER_OVERLAY = "overlay-innerglow.png"
WIDE_OVERLAY = "backgroundoverlay-innerglow.png"

_SHADE = (4, 5, 8)
_GLOW = (255, 252, 245)
_READABLE = 0.90
_SHADED_PART = 0.62
_VIGNETTE = 0.34
_VIGNETTE_DEPTH = 0.20
_GLOW_STRENGTH = 0.24
_GLOW_DEPTH = 0.042


def ensure_default_overlays(folder: Path) -> None:
    """Draw the two default overlays where the folder lacks them; a file that is there stays as it is."""
    for name, size in ((POSTER_OVERLAY, POSTER_SIZE), (WIDE_OVERLAY, WIDE_SIZE)):
        if not (folder / name).exists():
            write_whole(folder / name, _png(draw_inner_glow(size)))


def draw_inner_glow(size: tuple[int, int]) -> Image.Image:
    """A transparent middle that darkens to the bottom and the edges, and a faint light on the rim."""
    shade = ImageChops.screen(_bottom(size), _edges(size, _VIGNETTE, _VIGNETTE_DEPTH))
    glow = _edges(size, _GLOW_STRENGTH, _GLOW_DEPTH)
    overlay = Image.merge("RGBA", [Image.new("L", size, part) for part in _SHADE] + [shade])
    overlay.alpha_composite(Image.merge("RGBA", [Image.new("L", size, part) for part in _GLOW] + [glow]))
    return overlay


def _bottom(size: tuple[int, int]) -> Image.Image:
    start = 1 - _SHADED_PART
    rows = (_READABLE * _eased((row / (size[1] - 1) - start) / _SHADED_PART) for row in range(size[1]))
    return _stripe(rows, (1, size[1])).resize(size, Image.Resampling.NEAREST)


def _edges(size: tuple[int, int], strength: float, depth: float) -> Image.Image:
    """A light along all four edges that fades over a part of the shorter side."""
    reach = min(size) * depth
    sides = (_fading(size[0], reach, strength), _fading(size[1], reach, strength))
    columns = _stripe(sides[0], (size[0], 1)).resize(size, Image.Resampling.NEAREST)
    rows = _stripe(sides[1], (1, size[1])).resize(size, Image.Resampling.NEAREST)
    return ImageChops.screen(columns, rows)


def _fading(length: int, reach: float, strength: float) -> list[float]:
    return [strength * _eased(1 - min(place, length - 1 - place) / reach) for place in range(length)]


def _eased(part: float) -> float:
    """A curve from 0 to 1 without a visible start or end."""
    part = min(max(part, 0.0), 1.0)
    return part * part * (3 - 2 * part)


def _stripe(strengths, size: tuple[int, int]) -> Image.Image:
    return Image.frombytes("L", size, bytes(round(255 * strength) for strength in strengths))


def _png(image: Image.Image) -> bytes:
    content = BytesIO()
    image.save(content, "PNG", compress_level=6)
    return content.getvalue()
