"""Long texts in compressed files without a name, so that memory does not grow with the library."""

import os
import tempfile
import weakref
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

BLOCK = 128 * 1024
GZIP = zlib.MAX_WBITS | 16
LEVEL = 1


class Spool:
    """A text that is written once and then read by many threads at once."""

    def __init__(self, folder: Path):
        self.file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - it lives as long as the spool
        weakref.finalize(self, self.file.close)
        self.packer = zlib.compressobj(LEVEL, wbits=GZIP)
        self.length = self.packed_length = 0

    def write(self, text: bytes) -> None:
        self.length += len(text)
        self.file.write(self.packer.compress(text))

    def close(self) -> "Spool":
        """End writing; the file is deleted with the last reference to the spool."""
        self.file.write(self.packer.flush())
        self.file.flush()
        self.packed_length = self.file.tell()
        return self

    def packed(self) -> Iterator[bytes]:
        """The text compressed by gzip."""
        position = 0
        while block := os.pread(self.file.fileno(), BLOCK, position):
            position += len(block)
            yield block

    def plain(self) -> Iterator[bytes]:
        unpacker = zlib.decompressobj(wbits=GZIP)
        for block in self.packed():
            yield unpacker.decompress(block)
        yield unpacker.flush()


def spooled(folder: Path, parts: Iterable[bytes]) -> Spool:
    spool = Spool(folder)
    for part in parts:
        spool.write(part)
    return spool.close()
