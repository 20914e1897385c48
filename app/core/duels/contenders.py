"""Two candidates of a duel, with what is measured of each picture."""

import io
from dataclasses import asdict, dataclass
from hashlib import blake2b
from typing import Any, NamedTuple

from PIL import Image, ImageStat

from app.core.replacing.candidate_list import ListedCandidate

MEASURED = (64, 96)
# From a share of 255 to per cent; the deviation of a picture that is half black and half white is 100.
PER_CENT, OF_DEVIATION = 100 / 255, 100 / 127.5
MOST_OFFERED = 30


class PictureLook(NamedTuple):
    """Brightness, saturation and contrast of a picture, each from 0 to 100."""

    brightness: int
    saturation: int
    contrast: int


@dataclass(frozen=True)
class Contender:
    """A candidate as it is compared; `look` is empty before it is measured."""

    address: str
    provider: str
    text: str
    votes: float = 0.0
    pixels: int = 0
    look: tuple[int, ...] = ()

    @property
    def words(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)


def contender_of(candidate: ListedCandidate) -> Contender:
    return Contender(
        candidate.address, candidate.provider, candidate.text, float(candidate.liking), candidate.pixels
    )


def read_contender(words: dict[str, Any]) -> Contender:
    return Contender(**{**words, "look": tuple(words["look"])})


def picture_look(content: bytes) -> PictureLook:
    """What is measured of a small copy."""
    with Image.open(io.BytesIO(content)) as picture:
        small = picture.convert("RGB").resize(MEASURED, Image.Resampling.BOX)
    grey = ImageStat.Stat(small.convert("L"))
    saturation = ImageStat.Stat(small.convert("HSV")).mean[1]
    return PictureLook(
        round(grey.mean[0] * PER_CENT),
        round(saturation * PER_CENT),
        min(100, round(grey.stddev[0] * OF_DEVIATION)),
    )


def contending_pair(asset: str, listed: list[ListedCandidate]) -> tuple[Contender, Contender] | None:
    """Two pictures of an asset, rather of two providers or with and without text; None where there is one.

    Which two, and on which side each stands, depends on nothing that a person could learn.
    """
    takeable = {one.address: one for one in listed[:MOST_OFFERED] if one.is_takeable}
    ordered = sorted(takeable.values(), key=lambda one: chance(asset, one.address))
    if len(ordered) < 2:
        return None
    first, *others = ordered
    unlike = (one for one in others if (one.provider, one.text) != (first.provider, first.text))
    return contender_of(first), contender_of(next(unlike, others[0]))


def chance(*words: str) -> bytes:
    """A value in which the words have no order."""
    return blake2b("\0".join(words).encode("utf-8", "replace"), digest_size=8).digest()
