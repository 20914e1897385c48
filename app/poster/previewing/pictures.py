"""Source pictures, made ready once: what lies below everything that is drawn over it."""

import io
import time
from math import ceil
from typing import NamedTuple

import msgspec
from PIL import Image

from app.poster.applying.draw_order import picture_of_words
from app.poster.drawing.canvas import Picture, decoding, open_canvas, open_picture, upright
from app.poster.drawing.samples import sample_picture
from app.poster.kinds import Kind
from app.poster.previewing.frames import Contents
from app.poster.previewing.keeping import WeightedCache
from app.poster.records.candidate import Candidate, ProviderName, Typography

MOST_BYTES = 24 * 2**20
# Four posters of full size, or a wall of a hundred small ones; a pixel takes four bytes.
MOST_PIXELS = 24_000_000
# A picture that was not to be had is asked for again after so many seconds.
PATIENCE = 60.0
SCENE = {Kind.POSTER: "poster", Kind.SEASON: "SeasonPoster", Kind.COLLECTION: "showPoster"}
WIDE_SCENE = {Kind.TITLE_CARD: "TitleCard"}
SAMPLE_QUALITY = 90

Crop = tuple[float, float, float, float] | None


class PartWanted(Exception):
    """A part that the caller has to send along: `part` is "picture" or "logo"."""

    def __init__(self, part: str):
        super().__init__(part)
        self.part = part


class Ground(NamedTuple):
    """A canvas of the design's size, the tables of a JPEG source, and where it came from.

    `source` is "original", "sample" or "made", which is a picture drawn from words.
    """

    canvas: Image.Image
    tables: dict | None
    source: str


class GroundWanted(NamedTuple):
    """A canvas of `size` of the candidate's picture; `full` is the size of the whole design."""

    kind: Kind
    candidate: Candidate | None
    full: tuple[int, int]
    size: tuple[int, int]
    crop: Crop = None
    # Whether a small copy of the picture is enough.
    small: bool = False

    @property
    def key(self) -> tuple:
        picture = candidate_key(self.candidate) if self.candidate else ("sample", self.kind)
        return picture, self.size, self.crop


class Pictures:
    """Contents by candidate, and canvases by candidate, crop and size."""

    def __init__(self) -> None:
        self._contents: WeightedCache[bytes] = WeightedCache(MOST_BYTES)
        self._canvases: WeightedCache[Ground] = WeightedCache(MOST_PIXELS)
        self._missing: WeightedCache[float] = WeightedCache(1000)

    def ground(self, wanted: GroundWanted, given: Contents) -> Ground:
        """A fresh canvas; a sample where the candidate's picture is not to be had. PartWanted."""
        known = self._canvases.get(wanted.key) if wanted.candidate else None
        if known is None:
            known = self._found(wanted, given)
        return known._replace(canvas=known.canvas.copy())

    def _found(self, wanted: GroundWanted, given: Contents) -> Ground:
        if words := typography_of(wanted.candidate):
            pattern = picture_of_words(words, wanted.full)
            return self._kept(wanted, cropped(pattern, wanted.crop), "made")
        content = self.content("picture", wanted.candidate, given, wanted.small) if wanted.candidate else None
        if content is not None:
            return self._kept(wanted, cut_out(content, wanted.size, wanted.crop), "original")
        sample = wanted._replace(candidate=None)
        known = self._canvases.get(sample.key)
        return known or self._kept(sample, cut_out(self._sample(wanted), wanted.size, wanted.crop), "sample")

    def _kept(self, wanted: GroundWanted, picture: Picture, source: str) -> Ground:
        ground = Ground(*open_canvas(picture, wanted.size), source)
        return self._canvases.keep(wanted.key, ground, wanted.size[0] * wanted.size[1])

    def content(self, part: str, candidate: Candidate, given: Contents, small: bool = False) -> bytes | None:
        """The file of a candidate, None where it is not to be had; PartWanted where it was not sent."""
        whole = candidate_key(candidate)
        key = (*whole, "small") if small else whole
        if part in given:
            return self._received(key, given[part])
        if known := self._contents.get(whole) or self._contents.get(key):
            return known
        since = self._missing.get(key)
        if since is not None and time.monotonic() - since < PATIENCE:
            return None
        raise PartWanted(part)

    def _received(self, key: tuple, content: bytes | None) -> bytes | None:
        if content is None:
            self._missing.keep(key, time.monotonic(), 1)
            return None
        return self._contents.keep(key, content, len(content))

    def _sample(self, wanted: GroundWanted) -> bytes:
        """The picture of the kind in full size, as a file, so that small ones show the same."""
        key = ("sample", wanted.kind)
        if known := self._contents.get(key):
            return known
        content = sample_content(wanted.kind, wanted.full)
        return self._contents.keep(key, content, len(content))


def sample_content(kind: Kind, size: tuple[int, int]) -> bytes:
    content = io.BytesIO()
    scene = SCENE.get(kind) or WIDE_SCENE.get(kind, "background")
    sample_picture(scene, size).save(content, "JPEG", quality=SAMPLE_QUALITY)
    return content.getvalue()


def candidate_key(candidate: Candidate) -> tuple:
    return candidate.provider, candidate.address, candidate.validator


def typography_of(candidate: Candidate | None) -> Typography | None:
    """The words of a picture that is drawn from them."""
    if candidate is None or candidate.provider is not ProviderName.TYPOGRAPHIC:
        return None
    return msgspec.json.decode(candidate.validator, type=Typography)


def cut_out(content: bytes, size: tuple[int, int], crop: Crop) -> bytes | Image.Image:
    """The content, or the part of it, decoded no larger than the size needs."""
    if not crop:
        return content
    share = max(min(crop[2], crop[3]), 0.01)
    with decoding("the picture"):
        return cropped(upright(open_picture(content, tuple(ceil(side / share) for side in size))), crop)


def cropped(picture: Image.Image, crop: Crop) -> Image.Image:
    """The part of the picture, of which at least one pixel is left."""
    if not crop:
        return picture
    left, top, width, height = crop
    across, down = picture.size
    start = min(round(left * across), across - 1), min(round(top * down), down - 1)
    end = min(round((left + width) * across), across), min(round((top + height) * down), down)
    return picture.crop((*start, max(end[0], start[0] + 1), max(end[1], start[1] + 1)))
