"""The sample pictures of the last testing run, in groups by what they are samples of."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.core.samples import SamplePicture

# Each with the names that it fits, whether it is wide, and in the order of the page.
GROUPS = (
    ("poster", re.compile(r"poster", re.IGNORECASE), False),
    ("showposter", re.compile(r"showposter", re.IGNORECASE), False),
    ("season", re.compile(r"season", re.IGNORECASE), False),
    ("background", re.compile(r"background", re.IGNORECASE), True),
    ("showbackground", re.compile(r"showbackground", re.IGNORECASE), True),
    ("titlecard", re.compile(r"title", re.IGNORECASE), True),
    ("other", re.compile(""), False),
)
# The pictures that samples are drawn on.
BASE = re.compile(r"(background)?testimage\.", re.IGNORECASE)
LENGTH = re.compile(r"(short|medium|long)(?:text)?(caps)?\.\w+$", re.IGNORECASE)
TEXTLESS = re.compile(r"textless\.\w+$", re.IGNORECASE)
LENGTHS = ("", "short", "medium", "long")


@dataclass(frozen=True)
class Sample:
    """A sample with the length of its text: "" for one without text, None where its name says neither."""

    picture: SamplePicture
    length: str | None
    is_capitals: bool

    @property
    def rank(self) -> tuple[bool, int]:
        """Short before long, and capitals after the others."""
        return self.is_capitals, LENGTHS.index(self.length or "")


@dataclass(frozen=True)
class SampleGroup:
    """Samples of one kind, in the order in which they are compared."""

    name: str
    is_wide: bool
    samples: list[Sample]


def sample_groups(pictures: Iterable[SamplePicture]) -> list[SampleGroup]:
    """The groups that hold a sample."""
    found: dict[str, list[Sample]] = {name: [] for name, _, _ in GROUPS}
    for picture in pictures:
        if not BASE.match(picture.name):
            found[group_of(picture.name)].append(sample_on_shelf(picture))
    return [
        SampleGroup(name, is_wide, sorted(found[name], key=lambda sample: sample.rank))
        for name, _, is_wide in GROUPS
        if found[name]
    ]


def group_of(name: str) -> str:
    return next(group for group, pattern, _ in GROUPS if pattern.match(name))


def sample_on_shelf(picture: SamplePicture) -> Sample:
    length = LENGTH.search(picture.name)
    if length:
        return Sample(picture, length[1].lower(), bool(length[2]))
    return Sample(picture, "" if TEXTLESS.search(picture.name) else None, False)
