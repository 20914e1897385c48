"""Whether bytes that came for a picture are one."""

import hashlib
import threading
from collections import defaultdict
from collections.abc import Mapping

from app.poster.drawing.canvas import LOOK, decoding, open_picture
from app.poster.drawing.design import PictureError
from app.poster.records.candidate import CandidateRefused, FetchedPicture

ENDINGS = {"JPEG": b"\xff\xd9", "PNG": b"IEND"}
TAIL = 64 * 1024
LEAST_PIXELS = 16
MANY = 3


class PictureInspector:
    """Refuses what is no picture, and bytes that many addresses of one host give; safe under threads."""

    def __init__(self):
        self._lock = threading.Lock()
        self._addresses: defaultdict[bytes, set[int]] = defaultdict(set)

    def accept(self, address: str, content: bytes, headers: Mapping[str, str]) -> FetchedPicture:
        """The picture with its validator; CandidateRefused with one sentence where it is of no use."""
        require_picture(content, headers.get("Content-Type", ""))
        if self._count(address, content) >= MANY:
            raise CandidateRefused("the host gives the same picture for many addresses")
        return FetchedPicture(content, headers.get("ETag", "") or headers.get("Last-Modified", ""))

    def _count(self, address: str, content: bytes) -> int:
        with self._lock:
            addresses = self._addresses[hashlib.blake2b(content, digest_size=16).digest()]
            addresses.add(hash(address))
            return len(addresses)


def require_picture(content: bytes, kind: str) -> None:
    """CandidateRefused for an empty body, a page, a format that is not drawn, a picture cut short or tiny."""
    if not content:
        raise CandidateRefused("the answer is empty")
    try:
        with decoding("the answer"), open_picture(content, LOOK) as image:
            name, size = image.format, image.size
    except PictureError as error:
        raise CandidateRefused(f"{error} ({kind.split(';')[0] or 'no type'})") from None
    if min(size) < LEAST_PIXELS:
        raise CandidateRefused(f"the picture is only {size[0]} x {size[1]} pixels")
    if ENDINGS.get(name, b"") not in content[-TAIL:]:
        raise CandidateRefused("the picture is cut short")
