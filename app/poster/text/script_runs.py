"""Text split into runs that one font draws in one direction."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from app.poster.text.bidi import embedding_levels, visual_order
from app.poster.text.fonts import blank_width, coverage

NO_BREAK_SPACE = "\u00a0"
_LINE_ENDS = ("\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
_NO_BREAK_SPACES = (NO_BREAK_SPACE, "\u2007", "\u202f")
_DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_JOINER = "\u200d"
_SKIN_TONES = range(0x1F3FB, 0x1F400)
_FLAGS = range(0x1F1E6, 0x1F200)
# The canonical combining class of the marks that join two consonants, and marks of it that join nothing.
_VIRAMA = 9
_FINAL_MARKS = frozenset("\u0bcd\u0e3a\u0eba\u103a")


@dataclass(frozen=True)
class FontRun:
    """Characters in reading order that one font draws in one direction."""

    text: str
    font: Path
    right_to_left: bool


@dataclass(frozen=True)
class Cluster:
    """What a reader takes for one character, the font that draws it, and the characters that no font has."""

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


def fonts_in_use(text: str, chain: tuple[Path, ...]) -> tuple[Path, ...]:
    """The fonts of the chain that can draw a part of the text, the first one always among them.

    The search ends with the font that completes the text, so that only the fonts up to it are read.
    """
    pieces = [*letters_by_script(text).values(), *clusters("".join(text.split()))]
    wanted = {frozenset(map(ord, filter(has_ink, piece))) for piece in pieces}
    used = []
    for font in chain:
        if font == chain[0] or any(not codes.isdisjoint(coverage(font)) for codes in wanted):
            used.append(font)
            wanted = {codes for codes in wanted if not codes <= coverage(font)}
        if not wanted:
            break
    return tuple(used)


def preferred_fonts(text: str, chain: tuple[Path, ...]) -> dict[str, Path]:
    """For each script of the text, in its order, the first font that has the most of its characters."""
    return {
        script: max(chain, key=lambda font: sum(ord(letter) in coverage(font) for letter in letters))
        for script, letters in letters_by_script(text).items()
    }


def choose_fonts(
    line: str, chain: tuple[Path, ...], preferred: dict[str, Path] | None = None
) -> list[Cluster]:
    """Each character's font; those of a script share one where it has them.

    `preferred` are the preferred fonts of the whole text, by default those of the line.
    """
    preferred = preferred_fonts(line, chain) if preferred is None else preferred
    chosen: list[Cluster] = []
    for word in re.split(f"([ {NO_BREAK_SPACE}])", line):
        if word in (" ", NO_BREAK_SPACE):
            chosen.append(Cluster(word, _font_of_blank(chain[0], chosen)))
        else:
            of_word = _font_of_word(word, chain, preferred)
            for cluster in clusters(word):
                fitting = preferred.get(script_of(cluster[0]), of_word)
                chosen.extend(font_clusters(cluster, (fitting, *chain)))
    return chosen


def font_clusters(cluster: str, chain: tuple[Path, ...]) -> list[Cluster]:
    """The cluster in one font, or its characters apart where a mark joins a character of another script."""
    whole = choose_font(cluster, chain)
    if len(cluster) == 1 or all(unicodedata.category(character)[0] == "M" for character in whole.missing):
        return [whole]
    return [choose_font(character, chain) for character in cluster]


def choose_font(cluster: str, chain: tuple[Path, ...]) -> Cluster:
    """The first font that has the whole cluster, else the first that has its base."""
    visible = list(filter(has_ink, cluster))
    for font in chain:
        if _has(font, visible):
            return Cluster(cluster, font)
    for font in chain:
        if visible and ord(visible[0]) in coverage(font):
            kept = "".join(character for character in cluster if ord(character) in coverage(font))
            missing = "".join(character for character in visible if ord(character) not in coverage(font))
            return Cluster(kept, font, missing)
    return Cluster("", None, "".join(visible))


def letters_by_script(text: str) -> dict[str, str]:
    """The text's alphabetic characters by their script: the first word of the Unicode name, such as LATIN."""
    scripts: dict[str, str] = {}
    for letter in filter(str.isalpha, text):
        script = script_of(letter)
        scripts[script] = scripts.get(script, "") + letter
    return scripts


def script_of(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def is_invisible(character: str) -> bool:
    """Whether the character steers its neighbours and has no ink of its own."""
    variation = 0xFE00 <= ord(character) <= 0xFE0F or 0xE0000 <= ord(character) <= 0xE01EF
    return variation or unicodedata.category(character) == "Cf"


def has_ink(character: str) -> bool:
    return not is_invisible(character)


def visual_runs(chosen: list[Cluster], right_to_left: bool) -> list[FontRun]:
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
    runs = [FontRun(text, font, bool(level % 2)) for (level, font), text in groups]
    return [runs[index] for index in order]


def _font_of_word(word: str, chain: tuple[Path, ...], preferred: dict[str, Path]) -> Path:
    """The font of digits and punctuation: that of the word's first script, else of the text's."""
    own = (preferred.get(script_of(letter)) for letter in word)
    return next(filter(None, own), next(iter(preferred.values()), chain[0]))


def _font_of_blank(wanted: Path, before: list[Cluster]) -> Path:
    """The font with the narrower blank, the wanted one or that of the word before: wide gaps look loose."""
    neighbour = before[-1].font if before else None
    return min((wanted, neighbour or wanted), key=blank_width)


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
    if character in _NO_BREAK_SPACES:
        return NO_BREAK_SPACE
    if character == "\t" or category == "Zs":
        return " "
    return "" if category in ("Cc", "Cs") or character in _DIRECTION_CONTROLS else character


def _continues(cluster: str, character: str) -> bool:
    code = ord(character)
    if cluster in (" ", "\n") or character in (" ", "\n"):
        return False
    if unicodedata.category(character).startswith("M") or is_invisible(character) or code in _SKIN_TONES:
        return True
    return _joins_next(cluster[-1]) or (code in _FLAGS and len(cluster) == 1 and ord(cluster) in _FLAGS)


def _joins_next(character: str) -> bool:
    is_virama = unicodedata.combining(character) == _VIRAMA and character not in _FINAL_MARKS
    return is_virama or character == _JOINER
