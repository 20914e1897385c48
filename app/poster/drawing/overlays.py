"""The overlays that a fresh installation draws for itself."""

from hashlib import sha256
from io import BytesIO
from pathlib import Path

from PIL import Image

from app.poster.drawing.design import POSTER_SIZE, WIDE_SIZE
from app.poster.publish import write_whole

POSTER_OVERLAY = "overlay-innerglow.png"
WIDE_OVERLAY = "backgroundoverlay-innerglow.png"
# The SHA-256 of each default overlay of an earlier version: such a file was changed by nobody.
FORMER_OVERLAYS = frozenset(
    {
        "1f59b43f50ac6a347cd98746bfbb5f7fe4b4df940161eaf1d2010b275acfd429",
        "1807aa05dd3a5b61f429695ccfdff0a4870c28a97f9d5cc3ccb480d667a07384",
    }
)

SHADE = (4, 5, 8)
# Two ramps of opacity, each from one part of the height to another: the first makes white text readable on a
# white picture where the box of a title begins (0.69 of a poster), the second lets the picture end softly.
RAMPS = ((0.60, 0.735, 0.66), (0.68, 1.0, 0.18))


def ensure_default_overlays(folder: Path) -> None:
    """Draw the two default overlays where the folder lacks them or has those of an earlier version.

    A file that the user put there or changed stays as it is.
    """
    for name, size in ((POSTER_OVERLAY, POSTER_SIZE), (WIDE_OVERLAY, WIDE_SIZE)):
        if _is_ours_to_write(folder / name):
            write_whole(folder / name, _png(draw_title_shade(size)))


def draw_title_shade(size: tuple[int, int]) -> Image.Image:
    """A shade that grows softly from above the place of the title to the bottom; all above is transparent."""
    height = size[1]
    rows = bytes(round(255 * _opacity((row + 0.5) / height)) for row in range(height))
    opacity = Image.frombytes("L", (1, height), rows).resize(size, Image.Resampling.NEAREST)
    return Image.merge("RGBA", [*(Image.new("L", size, part) for part in SHADE), opacity])


def _is_ours_to_write(path: Path) -> bool:
    try:
        return sha256(path.read_bytes()).hexdigest() in FORMER_OVERLAYS
    except FileNotFoundError:
        return True
    except OSError:
        # A folder of that name, or a file that cannot be read, is the user's too.
        return False


def _opacity(part: float) -> float:
    return sum(strength * _eased((part - start) / (end - start)) for start, end, strength in RAMPS)


def _eased(part: float) -> float:
    """A curve from 0 to 1 without a visible start or end."""
    part = min(max(part, 0.0), 1.0)
    return part * part * (3 - 2 * part)


def _png(image: Image.Image) -> bytes:
    content = BytesIO()
    image.save(content, "PNG", compress_level=6)
    return content.getvalue()
