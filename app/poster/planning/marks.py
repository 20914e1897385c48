"""Marks in picture files that say which tool made them."""

import re
from pathlib import Path

from app.poster.drawing.design import COMMENT
from app.poster.records.reasons import Owner

HEAD = 64 * 1024
# The second one is in files of old versions of the script that this program replaces.
OUR_COMMENTS = (COMMENT, b"created with ppm")
OTHER_TOOLS = re.compile(rb"\b(?:overlay|titlecard|kometa)\b", re.IGNORECASE)
START_OF_IMAGE, START_OF_SCAN, COMMENT_SEGMENT, EXIF_SEGMENT = 0xD8, 0xDA, 0xFE, 0xE1


def maker(path: Path) -> Owner:
    """Who made the file, as far as it says so: OURS, TOOL, else HAND."""
    with path.open("rb") as file:
        segments = list(jpeg_segments(file.read(HEAD)))
    comments = [body for marker, body in segments if marker == COMMENT_SEGMENT]
    if any(comment.strip(b"\0 \r\n").lower() in OUR_COMMENTS for comment in comments):
        return Owner.OURS
    spoken = [body for marker, body in segments if marker in (COMMENT_SEGMENT, EXIF_SEGMENT)]
    return Owner.TOOL if any(OTHER_TOOLS.search(body) for body in spoken) else Owner.HAND


def jpeg_segments(head: bytes) -> list[tuple[int, bytes]]:
    """Marker and content of the segments before the picture itself; nothing where it is no JPEG."""
    found, place = [], 2
    if head[:2] != bytes((0xFF, START_OF_IMAGE)):
        return found
    while place + 4 <= len(head) and head[place] == 0xFF and head[place + 1] != START_OF_SCAN:
        length = int.from_bytes(head[place + 2 : place + 4], "big")
        if length < 2:
            break
        found.append((head[place + 1], head[place + 4 : place + 2 + length]))
        place += 2 + length
    return found
