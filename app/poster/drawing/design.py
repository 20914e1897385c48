"""What a picture is to look like: plain values, without a word about how it is drawn."""

from dataclasses import dataclass
from pathlib import Path

POSTER_SIZE = (2000, 3000)
WIDE_SIZE = (3840, 2160)
COMMENT = b"created with posterizarr"
DEFAULT_QUALITY = 92


class PictureError(ValueError):
    """A picture that cannot be decoded, or is too large to be; its text is one sentence for the log."""


@dataclass(frozen=True)
class Lettering:
    """One text in its box; sizes are pixels, and a point is a pixel (72 dpi).

    The text arrives prepared: capitals, quotes and explicit line breaks are done. `stroke_width` counts the
    whole line around the letters' outline, of which half shows; 0 draws none. `offset` is the height of the
    box's bottom edge above the canvas' bottom edge, and `gravity` places the ink inside the box.
    """

    text: str
    font: Path | str | None
    minimum: int
    maximum: int
    width: int
    height: int
    offset: int
    gravity: str = "south"
    color: str = "white"
    stroke_color: str = "black"
    stroke_width: int = 0
    line_spacing: int = 0
    panel: str | None = None
    right_to_left: bool | None = None


@dataclass(frozen=True)
class Design:
    """A canvas and what lies on it, from the bottom to the top: overlay, border, letterings.

    `quality` None keeps the quality of a JPEG source.
    """

    size: tuple[int, int]
    overlay: Path | None = None
    border_width: int = 0
    border_color: str = "black"
    letterings: tuple[Lettering, ...] = ()
    quality: int | None = DEFAULT_QUALITY
    comment: bytes | None = COMMENT


@dataclass(frozen=True)
class Drawing:
    """The finished JPEG and what has to be told about it.

    `truncated` says that a text did not fit at its minimum size without an ellipsis; `point_sizes` has one
    size for each lettering, 0 where nothing was written.
    """

    jpeg: bytes
    truncated: bool
    point_sizes: tuple[int, ...]
    notes: tuple[str, ...]
