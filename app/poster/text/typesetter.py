"""Measures and draws the lines of one text, each character in a font that has it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from app.poster.text.breaking import ELLIPSIS, HYPHEN
from app.poster.text.fonts import THIN_FONTS, TextLayout, coverage, font_chain, load_font
from app.poster.text.joining import shown_order
from app.poster.text.script_runs import (
    NO_BREAK_SPACE,
    Cluster,
    FontRun,
    choose_fonts,
    clean,
    clusters,
    fonts_in_use,
    has_ink,
    is_invisible,
    letters_by_script,
    preferred_fonts,
    visual_runs,
)

REFERENCE_SIZE = 200
# What a line of another font than the wanted one keeps free above and below its ink, as a share of the size.
_LEADING = 0.08
UNKNOWN_LANGUAGE = "und"
_NAMED_IN_A_NOTE = 8
_LANGUAGE_TAG = re.compile("[A-Za-z0-9_-]{2,35}")
# Scripts whose characters change their form or place beside others; Arabic is joined without the engine too.
_SHAPED_SCRIPTS = frozenset(
    {
        *("ADLAM", "BALINESE", "BENGALI", "CHAKMA", "CHAM", "DEVANAGARI", "GUJARATI", "GURMUKHI", "JAVANESE"),
        *("KANNADA", "KHMER", "MALAYALAM", "MONGOLIAN", "MYANMAR", "NEWA", "NKO", "ORIYA", "SINHALA"),
        *("SUNDANESE", "SYRIAC", "TAI", "TAMIL", "TELUGU", "THAANA", "TIBETAN"),
    }
)

# Scripts whose characters may be set apart; in all others they join, or stand in cells of their own.
_SPACED_SCRIPTS = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "GEORGIAN"})
# A ligature cannot be set apart.
_APART = ["-liga", "-clig", "-dlig"]

InkBox = tuple[float, float, float, float]


@dataclass(frozen=True)
class Placed:
    """A run ready to be drawn `x` pixels after the line's start; `boldness` widens its strokes.

    `tracking` are the pixels that follow each of its characters.
    """

    x: float
    font: ImageFont.FreeTypeFont
    text: str
    direction: str | None
    boldness: float
    language: str | None
    tracking: float = 0.0

    @property
    def ink(self) -> InkBox:
        box = self.font.getbbox(self.text, anchor="ls", **self._shaping)
        bold, widened = self.boldness, self.tracking * (len(clusters(self.text)) - 1)
        return box[0] + self.x - bold, box[1] - bold, box[2] + self.x + widened + bold, box[3] + bold

    @property
    def advance(self) -> float:
        return self._length(self.text) + self.tracking * len(clusters(self.text))

    @property
    def pieces(self) -> Iterator[tuple[float, str]]:
        """Each part that is drawn at once, with its place from the line's start."""
        if not self.tracking:
            yield self.x, self.text
            return
        before = ""
        for number, letter in enumerate(clusters(self.text)):
            before += letter
            yield self.x + self._length(before) - self._length(letter) + number * self.tracking, letter

    def draw(self, pen: ImageDraw.ImageDraw, start: tuple[float, float], stroke: float) -> None:
        """Draw the run of a line that starts there, its outline widened by `stroke` pixels on each side."""
        for x, text in self.pieces:
            pen.text(
                (start[0] + x, start[1]),
                text,
                fill=255,
                font=self.font,
                anchor="ls",
                stroke_width=stroke + self.boldness,
                **self._shaping,
            )

    @property
    def _shaping(self) -> dict[str, Any]:
        """The arguments by which Pillow shapes a text; characters that stand apart take no ligatures."""
        apart = self.tracking and self.font.layout_engine == TextLayout.RAQM
        return {
            "direction": self.direction,
            "language": self.language,
            "features": _APART if apart else None,
        }

    def _length(self, text: str) -> float:
        return self.font.getlength(text, **self._shaping)


class Typesetter:
    """The fonts and the direction of one text; sizes are pixels, places are relative to a baseline."""

    def __init__(
        self,
        text: str,
        font: Path | str | None,
        right_to_left: bool,
        layout: TextLayout,
        language: str = "",
        spacing: int = 0,
    ) -> None:
        self.text = text
        self.spacing = spacing
        self.right_to_left = right_to_left
        self.layout = layout
        self.language = language if _LANGUAGE_TAG.fullmatch(language) else ""
        chain, self.font_note = font_chain(font)
        self.chain = fonts_in_use(f"{text} {ELLIPSIS} {HYPHEN}", chain)
        self._runs: dict[str, list[FontRun]] = {}

    @cached_property
    def preferred(self) -> dict[str, Path]:
        """The font of each script of the text."""
        return preferred_fonts(self.text, self.chain)

    @cached_property
    def paragraphs(self) -> list[list[Cluster]]:
        """The characters of each line of the text with their fonts."""
        return [self._with_fonts(line) for line in self.text.split("\n")]

    @cached_property
    def parts(self) -> list[Cluster]:
        """The characters of the whole text with their fonts."""
        return [part for paragraph in self.paragraphs for part in paragraph]

    @cached_property
    def fonts(self) -> tuple[Path, ...]:
        """The fonts that the whole text takes, the wanted one always among them."""
        used = {part.font for part in self.parts}
        return tuple(font for font in self.chain if font in used or font == self.chain[0])

    @cached_property
    def drawable(self) -> str:
        """The text without the characters that no font has."""
        return "\n".join("".join(part.text for part in paragraph) for paragraph in self.paragraphs)

    @property
    def missing(self) -> tuple[str, ...]:
        """Each character that no font has, once, in the text's order."""
        return tuple(dict.fromkeys(character for part in self.parts for character in part.missing))

    def runs(self, line: str) -> list[FontRun]:
        """The line's runs from left to right."""
        if line not in self._runs:
            self._runs[line] = visual_runs(self._with_fonts(line), self.right_to_left)
        return self._runs[line]

    def width(self, line: str, size: int = REFERENCE_SIZE) -> float:
        """The advance width of a line."""
        return sum(placed.advance for placed in self._placed(line, size))

    def ascent_and_descent(self, size: int = REFERENCE_SIZE) -> tuple[int, int]:
        """The line's extent above and below its baseline, by the wanted font and the others in use."""
        ascent, descent = load_font(self.fonts[0], size, self.layout).getmetrics()
        others = [[share * size for share in extent] for extent in self._fallback_extents]
        return (
            max(ascent, *(ceil(above) for above, _ in others), 0),
            max(descent, *(ceil(below) for _, below in others), 0),
        )

    def capital_height(self, size: int) -> float:
        """The height of a capital letter in the wanted font."""
        return -load_font(self.chain[0], size, self.layout).getbbox("H", anchor="ls")[1]

    @cached_property
    def _fallback_extents(self) -> list[tuple[float, float]]:
        """The ascent and descent, as shares of the size, of each run that another font draws.

        Some fonts have lines twice as high as their glyphs, so the ink counts where it is lower.
        """
        return [
            (
                min(ascent, -placed.ink[1] + _LEADING * REFERENCE_SIZE) / REFERENCE_SIZE,
                min(descent, placed.ink[3] + _LEADING * REFERENCE_SIZE) / REFERENCE_SIZE,
            )
            for line in self.drawable.split("\n")
            for run, placed in zip(self.runs(line), self._placed(line, REFERENCE_SIZE), strict=True)
            if run.font != self.fonts[0]
            for ascent, descent in (placed.font.getmetrics(),)
        ]

    def ink(self, line: str, size: int) -> InkBox | None:
        """Left, top, right and bottom of a line's ink around the start of its baseline."""
        return union([placed.ink for placed in self._placed(line, size) if placed.text.strip()])

    def draw(
        self, mask: Image.Image, line: str, size: int, start: tuple[float, float], stroke: float = 0
    ) -> None:
        """Draw a line on a mask, its outline widened by `stroke` pixels on each side."""
        pen = ImageDraw.Draw(mask)
        for placed in self._placed(line, size):
            placed.draw(pen, start, stroke)

    def notes(self) -> list[str]:
        """Sentences for the log: characters drawn in another font, left out, or drawn unjoined."""
        notes = [self.font_note] if self.font_note else []
        own = self.chain[0]
        for font in self.fonts[1:]:
            foreign = [letter for part in self.parts if part.font == font for letter in part.text]
            missing = [letter for letter in foreign if ord(letter) not in coverage(own)]
            notes += _note(missing, f"missing in {own.stem}, drawn with {font.stem}")
        missing = [letter for part in self.parts for letter in part.missing]
        notes += _note(missing, "in none of the fonts, left out")
        return notes + self._unshaped()

    def _with_fonts(self, line: str) -> list[Cluster]:
        return choose_fonts(line, self.chain, self.preferred)

    def _placed(self, line: str, size: int) -> Iterator[Placed]:
        x = 0.0
        for run in self.runs(line):
            text, direction = self._prepared(run)
            boldness = round(size * THIN_FONTS.get(run.font, 0))
            font = load_font(run.font, size, self.layout)
            tracking = size * self.spacing / 1000 if self._stands_apart(run) else 0.0
            placed = Placed(x, font, text, direction, boldness, self._shaping_language(), tracking)
            yield placed
            x += placed.advance

    def _stands_apart(self, run: FontRun) -> bool:
        return (
            bool(self.spacing)
            and not run.right_to_left
            and _SPACED_SCRIPTS.issuperset(letters_by_script(run.text))
        )

    def _prepared(self, run: FontRun) -> tuple[str, str | None]:
        text = run.text.replace(NO_BREAK_SPACE, " ")
        if self.layout == TextLayout.RAQM:
            return text, "rtl" if run.right_to_left else "ltr"
        ordered = shown_order(text, coverage(run.font)) if run.right_to_left else text
        return "".join(filter(has_ink, ordered)), None

    def _shaping_language(self) -> str | None:
        """The language that selects among a font's glyphs; without one the machine's locale would."""
        return (self.language or UNKNOWN_LANGUAGE) if self.layout == TextLayout.RAQM else None

    def _unshaped(self) -> list[str]:
        if self.layout == TextLayout.RAQM:
            return []
        scripts = [script.title() for script in letters_by_script(self.drawable) if script in _SHAPED_SCRIPTS]
        return [
            f"{script} letters are drawn side by side, not joined: install the library FriBiDi (libfribidi0)"
            for script in scripts
        ]


def missing_characters(text: str, font: Path | str | None = None) -> tuple[str, ...]:
    """Each character of the text that neither the font nor one of the package has, once."""
    return Typesetter(clean(text), font, False, TextLayout.BASIC).missing


def union(boxes: list[InkBox]) -> InkBox | None:
    """The smallest box around all boxes, None around nothing."""
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _note(characters: list[str], fate: str) -> list[str]:
    codes = list(dict.fromkeys(f"U+{ord(letter):04X}" for letter in characters if not is_invisible(letter)))
    if not codes:
        return []
    more = len(codes) - _NAMED_IN_A_NOTE
    named = ", ".join(codes[:_NAMED_IN_A_NOTE]) + (f" and {more} more" if more > 0 else "")
    return [f"glyph {named} is {fate}" if len(codes) == 1 else f"glyphs {named} are {fate}"]
