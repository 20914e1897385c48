"""Digests of all that goes into a picture, so that it is drawn again when one of them changes."""

from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from app.poster.drawing.design import Design
from app.poster.records.candidate import Candidate, ProviderName
from app.poster.records.decision import Decision
from app.poster.records.step import Ingredients

# Counts up when the same ingredients give other pictures than before: every asset is then drawn again.
DRAWING_VERSION = "1"
DIGEST_BYTES = 8
NOTHING = ""
LATER = ("shade", "spacing", "shadow", "even")


class Digests:
    """Makes ingredients; each overlay and font file is read once in the life of the object.

    Paths of a design are absolute, or count from `overlays`. Calls come from any thread.
    """

    def __init__(self, overlays: Path):
        self._overlays = overlays
        self.path_digest = lru_cache(maxsize=256)(self._read)

    def ingredients(self, decision: Decision, design: Design) -> Ingredients:
        """What the picture of the decision is made of; `decision.chosen` is not None."""
        return Ingredients(
            source=source_digest(decision.chosen),
            overlay=self.path_digest(design.overlay),
            fonts=short_digest(dict.fromkeys(self.path_digest(one.font) for one in design.letterings)),
            text=text_digest(decision, design),
            design=short_digest(without_paths(design)),
            engine=DRAWING_VERSION,
        )

    def _read(self, path: Path | str | None) -> str:
        return file_digest(self._overlays / path) if path else NOTHING


def source_digest(chosen: Candidate) -> str:
    """Provider, address and validator; a picture that is drawn from words has none of the latter two."""
    is_drawn = chosen.provider is ProviderName.TYPOGRAPHIC
    return short_digest((chosen.provider, *(() if is_drawn else (chosen.address, chosen.validator))))


def text_digest(decision: Decision, design: Design) -> str:
    """The texts that are drawn, or the logo; the validator of a picture drawn from words is its words."""
    chosen = decision.chosen
    words = chosen.validator if chosen.provider is ProviderName.TYPOGRAPHIC else NOTHING
    logo = source_digest(decision.logo) if decision.logo and design.logo else NOTHING
    return short_digest([words, logo, *(folded_text(one.text) for one in design.letterings)])


def folded_text(text: str) -> str:
    """The text without what settings make of it: capitals and line breaks belong to the design."""
    return " ".join(text.casefold().split())


def without_paths(design: Design) -> dict[str, Any]:
    """The design as plain values without its files, whose bytes count instead of their names.

    What came with a later version counts only where it is used: pictures of before are not drawn again.
    """
    letterings = tuple(replace(one, font=None) for one in design.letterings)
    values = msgspec.to_builtins(replace(design, overlay=None, letterings=letterings))
    for part in (values, *values["letterings"]):
        for name in LATER:
            if name in part and not part[name]:
                del part[name]
    return values


def short_digest(content: Any) -> str:
    """A short digest of plain values, equal for equal values in every run."""
    encoded = msgspec.json.encode(content, order="sorted")
    return blake2b(encoded, digest_size=DIGEST_BYTES).hexdigest()


def file_digest(path: Path) -> str:
    """A digest of the file's bytes, "" for one that cannot be read."""
    try:
        return blake2b(path.read_bytes(), digest_size=DIGEST_BYTES).hexdigest()
    except OSError:
        return NOTHING
