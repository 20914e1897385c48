"""The place of a text on a picture, and how a person's corrections change it."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from app.poster.drawing.design import Lettering, Shade
from app.poster.records.ruling import TitleCorrection
from app.poster.text.bidi import reads_right_to_left
from app.poster.text.wording import LineBreaks, prepare_title

# The share of the image's width that the box of an enlarged title takes at most.
WIDEST_BOX = 0.96


@dataclass(frozen=True)
class TextBox:
    """A place for a text: the pattern is a lettering whose text is still blank."""

    shown: bool
    capitals: bool
    pattern: Lettering
    right_to_left_font: Path
    breaks: LineBreaks = field(default_factory=LineBreaks)

    def letter(
        self, text: str, capitals: bool | None = None, panel: str | None = None, language: str = ""
    ) -> Lettering:
        """The lettering of a title in a language; `capitals` overrules the user's setting."""
        prepared = prepare_title(text, self.capitals if capitals is None else capitals, self.breaks, language)
        font = self.right_to_left_font if reads_right_to_left(prepared) else self.pattern.font
        return replace(self.pattern, text=prepared, font=font, panel=panel, language=language)


def zoomed(box: TextBox, size: tuple[int, int], zoom: float) -> TextBox:
    """The box of the title in the size that rules ask for, with everything in it."""
    if zoom == 1:
        return box
    pattern, (width, height) = box.pattern, size
    return replace(
        box,
        pattern=replace(
            pattern,
            minimum=max(1, round(pattern.minimum * zoom)),
            maximum=max(1, round(pattern.maximum * zoom)),
            width=min(round(pattern.width * zoom), max(round(width * WIDEST_BOX), pattern.width)),
            height=min(round(pattern.height * zoom), height),
        ),
    )


def moved_title_box(box: TextBox, size: tuple[int, int], per_cent: int) -> TextBox:
    """The box of the title higher by that part of the picture's height, and not outside of the picture."""
    pattern, height = box.pattern, size[1]
    highest = max(height - pattern.height, pattern.offset)
    wanted = pattern.offset + round(height * per_cent / 100)
    return replace(box, pattern=replace(pattern, offset=min(max(wanted, min(0, pattern.offset)), highest)))


def shade_behind(box: TextBox, size: tuple[int, int], corrected: TitleCorrection) -> Shade | None:
    """The darkness that a person asked for behind the box of the title."""
    if not corrected.shade:
        return None
    bottom = size[1] - box.pattern.offset
    return Shade(corrected.shade, bottom - box.pattern.height, bottom)
