"""Text cut into runs that one font draws in one direction."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from app.poster.text.bidi import embedding_levels, visual_order
from app.poster.text.fonts import coverage

_LINE_ENDS = ("\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
_DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINER = "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAGS = range(0x1F1E6, 0x1F200)


@dataclass(frozen=True)
class Run:
    """Characters in reading order that one font draws in one direction."""

    text: str
    font: Path
    right_to_left: bool


@dataclass(frozen=True)
class Cluster:
    """What a reader takes for one character, the font that draws it, and what had to be left out of it."""

    text: str
    font: Path | None
    missing: str = ""


def clean(text: str) -> str:
    """Composed text with plain blanks and line ends, without control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for end in _LINE_ENDS:
        text = text.replace(end, "\n")
    return unicodedata.normalize("NFC", "".join(map(_plain, text)))


def clusters(text: str) -> list[str]:
    """Split text where a reader sees characters: marks, joiners and skin tones stay with their base."""
    found: list[str] = []
    for character in text:
        if found and _continues(found[-1], character):
            found[-1] += character
        else:
            found.append(character)
    return found


def choose_font(cluster: str, chain: tuple[Path, ...]) -> Cluster:
    """The first font that has the whole cluster, else the first that has its base."""
    visible = [character for character in cluster if not is_invisible(character)]
    for font in chain:
        if _has(font, visible):
            return Cluster(cluster, font)
    for font in chain:
        if visible and ord(visible[0]) in coverage(font):
            kept = "".join(character for character in cluster if ord(character) in coverage(font))
            missing = "".join(character for character in visible if ord(character) not in coverage(font))
            return Cluster(kept, font, missing)
    return Cluster("", None, "".join(visible))


def choose_fonts(line: str, chain: tuple[Path, ...]) -> list[Cluster]:
    """Each character's font; letters of one word share a font where one has them all."""
    chosen: list[Cluster] = []
    for word in re.split("( )", line):
        letters = "".join(character for character in word if character.isalpha())
        fitting = next((font for font in chain if _has(font, letters)), chain[0])
        chosen += [choose_font(cluster, (fitting, *chain)) for cluster in clusters(word)]
    return chosen


def is_invisible(character: str) -> bool:
    """Whether the character steers its neighbours and has no ink of its own."""
    variation = 0xFE00 <= ord(character) <= 0xFE0F or 0xE0000 <= ord(character) <= 0xE01EF
    return variation or unicodedata.category(character) == "Cf"


def visual_runs(chosen: list[Cluster], right_to_left: bool) -> list[Run]:
    """The line's runs from left to right."""
    drawn = [cluster for cluster in chosen if cluster.font]
    levels = embedding_levels("".join(cluster.text for cluster in drawn), right_to_left)
    starts = _starts(drawn)
    marked = [(levels[start], cluster) for start, cluster in zip(starts, drawn, strict=True)]
    groups = [
        (key, "".join(cluster.text for _, cluster in group))
        for key, group in groupby(marked, lambda entry: (entry[0], entry[1].font))
    ]
    order = visual_order([level for (level, _), _ in groups])
    runs = [Run(text, font, bool(level % 2)) for (level, font), text in groups]
    return [runs[index] for index in order]


def _has(font: Path, characters: Iterable[str]) -> bool:
    return all(ord(character) in coverage(font) for character in characters)


def _starts(drawn: list[Cluster]) -> list[int]:
    starts, position = [], 0
    for cluster in drawn:
        starts.append(position)
        position += len(cluster.text)
    return starts


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if character == "\n":
        return character
    if character == "\t" or (category == "Zs" and character != "\u00a0"):
        return " "
    return "" if category in ("Cc", "Cs") or character in _DIRECTION_CONTROLS else character


def _continues(cluster: str, character: str) -> bool:
    code = ord(character)
    if cluster in (" ", "\n") or character in (" ", "\n"):
        return False
    if unicodedata.category(character).startswith("M") or is_invisible(character) or code in _SKIN_TONES:
        return True
    return cluster[-1] == _JOINER or (code in _FLAGS and len(cluster) == 1 and ord(cluster) in _FLAGS)
