"""The sums of the images of a folder."""

import marshal
from collections import Counter
from dataclasses import dataclass
from zlib import crc32

from app.core.assets.naming import PLURALS
from app.core.assets.reading import Image


@dataclass
class FolderTally:
    """Counts by kind, bytes, and a checksum that detects an unchanged folder."""

    posters: int = 0
    backgrounds: int = 0
    seasons: int = 0
    titlecards: int = 0
    size: int = 0
    newest_ns: int = 0
    checksum: int = 0

    def add(self, images: list[Image]) -> None:
        self.count(Counter([image[2] for image in images]))
        self.size += sum([image[3] for image in images])
        self.newest_ns = max(self.newest_ns, max([image[4] for image in images], default=0))
        # The second version of the format is the last that gives equal values equal bytes.
        self.checksum = crc32(marshal.dumps(images, 2), self.checksum)

    def count(self, kinds: Counter[str]) -> None:
        for plural, kind in PLURALS.items():
            setattr(self, plural, getattr(self, plural) + kinds[kind])


def tally_of(folder) -> FolderTally:
    """The sums that a folder's row keeps."""
    return FolderTally(**{name: getattr(folder, name) for name in FolderTally.__dataclass_fields__})
