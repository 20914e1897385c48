"""A request as it arrives in pieces: where it ends, and what is kept of it until it is whole.

Whether a request is right is for gunicorn to say. Here only its end is looked for, so that no thread has to
wait for it; what cannot have an end counts as whole, and gunicorn refuses it.
"""

import json
import re
from http import HTTPStatus
from tempfile import TemporaryFile
from typing import BinaryIO

END_OF_HEAD = b"\r\n\r\n"
LONGEST_HEAD = 64 * 1024
IN_MEMORY = 64 * 1024
# More than any view reads of a body; what is longer is handed over unfinished, and answered with 413.
MOST_KEPT = 33 * 1024 * 1024
FRAMING = re.compile(rb"\r\n(content-length|transfer-encoding):[ \t]*([^\r\n]*)", re.IGNORECASE)
FRAMING_NAMES = (b"content-length", b"transfer-encoding")
EXPECTATION = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*(?=\r\n)", re.IGNORECASE)
NUMBER = re.compile(rb"[0-9]{1,18}")
CHUNK_SIZE = re.compile(rb"([0-9a-fA-F]{1,16})[ \t]*(?:;.*)?", re.DOTALL)


class RequestRefused(Exception):
    """A request that is answered without being read: with this status and sentence."""

    def __init__(self, status: int, detail: str):
        super().__init__(detail)
        self.status = status
        self.detail = detail


def refusal_answer(refusal: RequestRefused) -> bytes:
    body = json.dumps({"success": False, "detail": refusal.detail, "message": refusal.detail})
    lines = (
        f"HTTP/1.1 {refusal.status} {HTTPStatus(refusal.status).phrase}",
        "Connection: close",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    )
    return "\r\n".join((*lines, "", body)).encode()


class Arrival:
    """The bytes of one request so far, in memory up to 64 KiB and beyond that in a temporary file."""

    def __init__(self):
        self.head = bytearray()
        self.body: LengthBody | ChunkedBody | None = None
        self.pieces: list[bytes] = []
        self.file: BinaryIO | None = None
        self.size = 0
        self.surplus = b""
        self.is_whole = False
        self.wants_continue = False

    @property
    def has_begun(self) -> bool:
        return bool(self.head) or self.body is not None

    def add(self, piece: bytes) -> None:
        """Take the next bytes; what follows the request is in `surplus` once `is_whole` is true.

        `RequestRefused` for a head or a chunk that has no end, OSError where the disk is full.
        """
        if self.body is None:
            piece = self.add_to_head(piece)
        if self.body is not None:
            used = self.body.take(piece)
            self.keep(piece[:used])
            self.surplus = piece[used:]
            self.is_whole = self.body.is_over or self.size >= MOST_KEPT

    def add_to_head(self, piece: bytes) -> bytes:
        """The part of the piece that stands behind the head, which is kept once its end has come."""
        searched = max(0, len(self.head) - len(END_OF_HEAD))
        self.head += piece
        end = self.head.find(END_OF_HEAD, searched)
        if end < 0 and len(self.head) > LONGEST_HEAD:
            raise RequestRefused(431, f"The headers are longer than {LONGEST_HEAD // 1024} KiB.")
        if end < 0:
            return b""
        head, rest = bytes(self.head[: end + len(END_OF_HEAD)]), bytes(self.head[end + len(END_OF_HEAD) :])
        self.head.clear()
        self.body = body_after(head)
        self.wants_continue = b"\r\nexpect:" in head.lower()
        # The poller answers this expectation; gunicorn would do so only when the body is there already.
        self.keep(EXPECTATION.sub(b"", head) if self.wants_continue else head)
        return rest

    def keep(self, piece: bytes) -> None:
        self.size += len(piece)
        if self.file is None and self.size > IN_MEMORY:
            self.file = TemporaryFile()  # noqa: SIM115 - closed with the arrival
            self.file.writelines(self.pieces)
            self.pieces.clear()
        if self.file is None:
            self.pieces.append(piece)
        else:
            self.file.write(piece)

    def rewind(self) -> None:
        """Prepare to be read from the beginning."""
        if self.file is not None:
            self.file.seek(0)

    def read(self, size: int) -> bytes:
        """The next bytes, about so many; none where all have been read."""
        if self.file is not None:
            return self.file.read(size)
        content = b"".join(self.pieces)
        self.pieces.clear()
        return content

    def close(self) -> None:
        if self.file is not None:
            self.file.close()


def body_after(head: bytes) -> "LengthBody | ChunkedBody":
    """The body that a head announces; none where gunicorn refuses the head anyway."""
    if not any(name in head.lower() for name in FRAMING_NAMES):
        return LengthBody(0)
    found = [(name.lower(), value) for name, value in FRAMING.findall(head)]
    lengths = [value.strip() for name, value in found if name == b"content-length"]
    codings = [value.lower() for name, value in found if name == b"transfer-encoding"]
    if codings:
        return ChunkedBody() if not lengths and b"chunked" in codings[-1] else LengthBody(0)
    is_known = len(lengths) == 1 and NUMBER.fullmatch(lengths[0])
    return LengthBody(int(lengths[0]) if is_known else 0)


class LengthBody:
    """A body whose length was announced."""

    def __init__(self, length: int):
        self.left = length

    @property
    def is_over(self) -> bool:
        return self.left == 0

    def take(self, piece: bytes) -> int:
        """How many bytes of the piece belong to the body."""
        used = min(self.left, len(piece))
        self.left -= used
        return used


class ChunkedBody:
    """A body in chunks: each a line with its size, so many bytes and a line end; the last one is empty."""

    def __init__(self):
        self.line = bytearray()
        self.left = 0
        self.is_last = False
        self.is_over = False

    def take(self, piece: bytes) -> int:
        """How many bytes of the piece belong to the body; `RequestRefused` for a line without an end."""
        place = 0
        while place < len(piece) and not self.is_over:
            if self.left:
                used = min(self.left, len(piece) - place)
                self.left -= used
                place += used
            else:
                place = self.take_line(piece, place)
        return place

    def take_line(self, piece: bytes, place: int) -> int:
        """The place behind the line that ends in the piece, or behind the piece."""
        end = piece.find(b"\n", place)
        after = len(piece) if end < 0 else end + 1
        self.line += piece[place:after]
        if len(self.line) > LONGEST_HEAD:
            raise RequestRefused(400, "The body has a line without an end where the size of a chunk belongs.")
        if self.line.endswith(b"\r\n"):
            self.end_line(bytes(self.line[:-2]))
            self.line.clear()
        return after

    def end_line(self, line: bytes) -> None:
        if self.is_last:  # a trailer, or the empty line behind them
            self.is_over = not line
            return
        found = CHUNK_SIZE.fullmatch(line)
        size = int(found[1], 16) if found else 0
        self.is_last = size == 0
        # What is no size ends the body: gunicorn refuses the request when it reads that far.
        self.is_over = found is None
        self.left = size + len(b"\r\n") if size else 0
