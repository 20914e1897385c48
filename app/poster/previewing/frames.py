"""What passes between the server and this program: a line of JSON, and the bytes that it announces."""

from typing import Any, BinaryIO

import msgspec

LONGEST_LINE = 4 * 2**20
MOST_BYTES = 128 * 2**20

Contents = dict[str, bytes | None]


class BadFrame(ValueError):
    """What arrived is no frame; nothing behind it can be understood."""


def read_frame(stream: BinaryIO) -> tuple[dict[str, Any], Contents] | None:
    """The header and its contents by name, None at the end of the stream; BadFrame for anything else.

    `sizes` of the header has the length of each content, null for one that is not to be had.
    """
    line = stream.readline(LONGEST_LINE)
    if not line:
        return None
    try:
        header = msgspec.json.decode(line, type=dict[str, Any])
        sizes = msgspec.convert(header.pop("sizes", {}), dict[str, int | None])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadFrame("the line is no JSON object") from error
    if any(size is not None and size < 0 for size in sizes.values()):
        raise BadFrame("a size is negative")
    if sum(filter(None, sizes.values())) > MOST_BYTES:
        raise BadFrame("the contents are too long")
    return header, {name: None if size is None else exactly(stream, size) for name, size in sizes.items()}


def exactly(stream: BinaryIO, size: int) -> bytes:
    content = stream.read(size)
    if len(content) != size:
        raise BadFrame("the stream ended within a frame")
    return content


def write_frame(stream: BinaryIO, header: dict[str, Any], content: bytes = b"") -> None:
    """Send the header with one content, named "picture"."""
    line = msgspec.json.encode({**header, "sizes": {"picture": len(content)}})
    stream.write(line + b"\n" + content)
    stream.flush()
