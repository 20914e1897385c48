"""What a picture is to look like: plain values, without a word about how it is drawn."""

from dataclasses import dataclass
from pathlib import Path

POSTER_SIZE = (2000, 3000)
WIDE_SIZE = (3840, 2160)
SQUARE_SIZE = (2000, 2000)
COMMENT = b"created with posterizarr"
DEFAULT_QUALITY = 92
FONT_ADVICE = "put a font that has it into Overlayfiles and choose it in the settings"


class PictureError(ValueError):
    """A picture that cannot be decoded, or is too large to be; its text is one sentence for the log."""


class LogoError(PictureError):
    """A logo that cannot be drawn, while the picture can; another logo or the title may take its place."""


@dataclass(frozen=True)
class Lettering:
    """One text in its box; sizes are pixels, and a point is a pixel (72 dpi).

    The text arrives prepared: capitals and explicit line breaks are done. `stroke_width` counts the whole
    line around the letters' outline, of which half shows; 0 draws none. `offset` is the height of the box's
    bottom edge above the canvas' bottom edge, and `gravity` places the ink inside the box. `language` is the
    text's language as an ISO 639-1 code or BCP 47 tag ("de", "zh-TW"), by which long words are hyphenated
    and Chinese characters take their national form; "" where it is unknown. `spacing` is put after each
    letter of scripts whose letters stand apart, in thousandths of the size; `shadow` is the strength in per
    cent of a soft shadow around the letters. With `even` the first capitals and the last baseline stand where
    the ink would, so that texts with and without descenders stand alike.
    """

    text: str
    font: Path | str | None
    minimum: int
    maximum: int
    width: int
    height: int
    offset: int
    gravity: str = "south"
    color: str = "white"
    stroke_color: str = "black"
    stroke_width: int = 0
    line_spacing: int = 0
    panel: str | None = None
    right_to_left: bool | None = None
    language: str = ""
    spacing: int = 0
    shadow: int = 0
    even: bool = False


@dataclass(frozen=True)
class Logo:
    """A logo in the box where a title would be; sizes, offset and gravity are those of a lettering.

    `content` is the file. A logo in shades of grey is painted in `color`, unless that is None.
    """

    content: bytes
    width: int
    height: int
    offset: int
    gravity: str = "south"
    color: str | None = None


@dataclass(frozen=True)
class Shade:
    """Darkness between two heights of the canvas, in pixels, of a strength in per cent; soft at both ends."""

    strength: int
    top: int
    bottom: int


@dataclass(frozen=True)
class Design:
    """A canvas and what lies on it, from the bottom to the top: overlay, shade, border, logo, letterings.

    `blurred` leaves nothing of the picture but its colours; what lies on it stays sharp.
    `quality` None keeps the quality of a JPEG source.
    """

    size: tuple[int, int]
    overlay: Path | None = None
    border_width: int = 0
    border_color: str = "black"
    letterings: tuple[Lettering, ...] = ()
    quality: int | None = DEFAULT_QUALITY
    comment: bytes | None = COMMENT
    logo: Logo | None = None
    blurred: bool = False
    shade: Shade | None = None


@dataclass(frozen=True)
class DrawnText:
    """What became of one lettering.

    `size` is in pixels, 0 where nothing was drawn; `lines` are the lines as drawn. `truncated` means that an
    ellipsis stands for the end of the text, or that the box has no room at all. `missing` has each character
    that no font has, once, in the text's order; such characters are left out of the picture. `notes` are
    sentences for the log. `contrast` is that of the letters to the ground on which they are hardest to read,
    from 1 to 21 as WCAG counts, 0 where nothing was drawn.
    """

    size: int = 0
    lines: tuple[str, ...] = ()
    truncated: bool = False
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    contrast: float = 0.0

    @property
    def lost(self) -> bool:
        """Whether there was a text and nothing of it is in the picture, which must not count as a success."""
        return not self.size and (self.truncated or bool(self.missing))


@dataclass(frozen=True)
class Drawing:
    """The finished JPEG and what became of each lettering of the design, in its order."""

    jpeg: bytes
    texts: tuple[DrawnText, ...] = ()

    @property
    def truncated(self) -> bool:
        """Whether a text did not fit at its minimum size without an ellipsis."""
        return any(text.truncated for text in self.texts)

    @property
    def point_sizes(self) -> tuple[int, ...]:
        """One size for each lettering, 0 where nothing was drawn."""
        return tuple(text.size for text in self.texts)

    @property
    def missing(self) -> tuple[str, ...]:
        """Each character of the texts that no font has, once."""
        return tuple(dict.fromkeys(character for text in self.texts for character in text.missing))

    @property
    def loss(self) -> str:
        """Why the picture lacks a text entirely and must not be used, "" where it has all texts."""
        lost = [text for text in self.texts if text.lost]
        if not lost:
            return ""
        missing = "".join(character for text in lost for character in text.missing)
        if not missing:
            return (
                "its text cannot be drawn: the box has no room; raise MaxWidth and MaxHeight in the settings"
            )
        return f"its text cannot be drawn: no font has {missing!r}; {FONT_ADVICE}"

    @property
    def notes(self) -> tuple[str, ...]:
        """The warnings about all texts, each once."""
        return tuple(dict.fromkeys(note for text in self.texts for note in text.notes))
