"""Lists of preferred languages, as the settings write them and as candidates are compared with them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

TAG = re.compile(r"([a-z]{2})(?:[-_]([a-z]{2}))?", re.IGNORECASE)
TEXTLESS = "xx"
INHERITED = "pleasefillme"
DEFAULT = ("xx", "en", "de")


@dataclass(frozen=True, slots=True)
class Tag:
    """A language, ISO 639-1 ("fr"), with the region it was named with, ISO 3166-1 ("CA"), or ""."""

    language: str
    region: str = ""

    def __str__(self) -> str:
        return f"{self.language}-{self.region}" if self.region else self.language


def read_tag(text: str) -> Tag | None:
    """The language of "fr", "fr-CA" or "fr_ca"; None for anything else."""
    found = TAG.fullmatch(text.strip())
    return Tag(found[1].lower(), (found[2] or "").upper()) if found else None


def read_tags(words: Iterable[str]) -> tuple[tuple[Tag, ...], tuple[str, ...]]:
    """The languages of a list, each once, and the entries that are none."""
    tags, bad = {}, []
    for word in words:
        tag = read_tag(word)
        if tag:
            tags[tag] = None
        else:
            bad.append(word)
    return tuple(tags), tuple(bad)


def is_inherited(words: Iterable[str]) -> bool:
    """Whether the list stands for that of the posters."""
    return any(word.strip().lower() == INHERITED for word in words)
