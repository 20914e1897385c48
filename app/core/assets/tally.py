"""What the images of a folder add up to."""

from collections import Counter
from dataclasses import dataclass
from zlib import crc32

from app.core.assets.naming import PLURALS
from app.core.assets.reading import Image

LARGEST = 2**62
LARGEST_SEED = 2**32 - 1


@dataclass
class Tally:
    """Counts by kind, bytes, and a checksum by which an unchanged folder is known again."""

    posters: int = 0
    backgrounds: int = 0
    seasons: int = 0
    titlecards: int = 0
    size: int = 0
    newest_ns: int = 0
    checksum: int = 0

    def add(self, images: list[Image], sign: int = 1) -> None:
        self.count(Counter([image[2] for image in images]), sign)
        self.size += sign * sum([image[3] for image in images])
        self.newest_ns = max(self.newest_ns, max([image[4] for image in images], default=0))
        self.checksum = (self.checksum + sign * sum(map(checksum, images))) % LARGEST

    def count(self, kinds: Counter[str], sign: int) -> None:
        for plural, kind in PLURALS.items():
            setattr(self, plural, getattr(self, plural) + sign * kinds[kind])


def checksum(image: Image) -> int:
    _, name, _, size, modified_ns, _ = image
    return crc32(name.encode(), (size * 31 + modified_ns) & LARGEST_SEED)


def tally_of(folder) -> Tally:
    """The sums that a folder's row keeps."""
    return Tally(**{name: getattr(folder, name) for name in Tally.__dataclass_fields__})
