"""The comment by which pictures that this script or its forerunners made are known."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from app.poster.drawing.canvas import FORMATS

MARKS = (b"created with posterizarr", b"created with ppm")


def carries_mark(picture: bytes | Path) -> bool:
    """Whether the picture's comment says that it was made here; False for what is no picture.

    Only the comment counts: the same words in other metadata or in the picture itself mean nothing.
    """
    try:
        with Image.open(
            BytesIO(picture) if isinstance(picture, bytes) else picture, formats=FORMATS
        ) as opened:
            comment = opened.info.get("comment", b"")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    content = comment.encode("utf-8", "replace") if isinstance(comment, str) else bytes(comment)
    return any(mark in content.lower() for mark in MARKS)
