"""Small copies of pictures that providers offer, so that no page asks another host for them."""

import io
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from app.core.outgoing.fetch_turns import FetchTurns
from app.core.outgoing.picture_download import MEBIBYTE, PictureDownloads
from app.core.picture_cache import PictureCache
from app.core.thumbnails.cache import nearest_width
from app.core.thumbnails.shrinking import WEBP, thumbnail_bytes

MOST_KEPT = 2000
# A browser asks for six at once: more than one page together wait their turn.
FETCHED_AT_ONCE = 6
LONGEST_WAIT = 10.0
LIMITS = {"most_bytes": 20 * MEBIBYTE, "connect": 4.0, "read": 6.0, "whole": 15.0}


@dataclass(frozen=True)
class CandidatePreviews:
    """The previews in a folder, fetched when they are first asked for."""

    folder: Path
    turns: FetchTurns = field(default_factory=lambda: FetchTurns(FETCHED_AT_ONCE, LONGEST_WAIT))

    def content(self, downloads: PictureDownloads, address: str, width: int) -> bytes:
        """The picture as WebP of about that width; `Invalid` where its host gives none."""
        width = nearest_width(width)
        name = f"{sha256(address.encode('utf-8', 'surrogatepass')).hexdigest()}-{width}.webp"
        cache = PictureCache(self.folder, MOST_KEPT)
        return cache.content(name, lambda: self.fetched(downloads, address, width))

    def fetched(self, downloads: PictureDownloads, address: str, width: int) -> bytes:
        with self.turns.taken():
            whole = replace(downloads, **LIMITS).fetch(address)
            return thumbnail_bytes(io.BytesIO(whole), width, WEBP)
