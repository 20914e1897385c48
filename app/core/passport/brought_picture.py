"""A picture as somebody brings it: its bytes, its measures, and by what it is recognised."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import file_digest
from typing import TYPE_CHECKING, BinaryIO

from app.core.catalogue.contents import DIGITS
from app.core.thumbnails.shrinking import looks_of, opened_picture, shown_size

if TYPE_CHECKING:
    from PIL.Image import Image

# The comment of JPEG files that the built-in script and its forerunners make; anybody can write one.
MARKS = (b"created with posterizarr", b"created with ppm")


@dataclass(frozen=True)
class BroughtPicture:
    """`content` is open at its begin; `print` is what it looks like, `is_marked` that it says to be ours."""

    content: BinaryIO
    sha256: str
    size: int
    format: str
    width: int
    height: int
    print: bytes
    is_marked: bool

    @property
    def digest(self) -> str:
        """The name of its content in the catalogue."""
        return self.sha256[:DIGITS]


def brought_picture(content: BinaryIO) -> BroughtPicture:
    """Decode the picture; `Invalid` for what is none, is damaged, or has too many pixels."""
    sha256, size = file_digest(content, "sha256").hexdigest(), content.tell()
    content.seek(0)
    with opened_picture(content) as picture:
        kind, is_marked = picture.format or "", is_marked_picture(picture)
    width, height = shown_size(rewound(content))
    kept = looks_of(rewound(content)).print
    return BroughtPicture(rewound(content), sha256, size, kind, width, height, kept, is_marked)


def rewound(content: BinaryIO) -> BinaryIO:
    content.seek(0)
    return content


def is_marked_picture(picture: Image) -> bool:
    comment = picture.info.get("comment", b"")
    words = comment.encode("utf-8", "replace") if isinstance(comment, str) else bytes(comment)
    return any(mark in words.lower() for mark in MARKS)
