"""How pictures of one sort are drawn: digests of everything, with gaps for their texts."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import blake2b

import msgspec

from app.poster.drawing.design import Design, Lettering
from app.poster.drawing.designs import Style, StyleBook, TextBox
from app.poster.kinds import Kind
from app.poster.planning.designing import design_of
from app.poster.planning.ingredients import (
    DIGEST_BYTES,
    DRAWING_VERSION,
    Digests,
    short_digest,
    without_paths,
)
from app.poster.pricing.stock import Sort, StockPicture
from app.poster.records.decision import Decision, Treatment
from app.poster.records.ids import Medium
from app.poster.text.bidi import reads_right_to_left
from app.poster.text.wording import prepare_title

# Characters for private use, which capitals leave unchanged.
FIRST_GAP, SECOND_GAP = "\ue000", "\ue001"

NOBODY = Decision("", Kind.POSTER, Medium.FILM, "", "", "", "")

PreparedText = tuple[bytes, bool]


class PreparedTexts:
    """Texts as they are drawn, in JSON without quotes, and whether they are read from the right.

    The same settings are asked for again and again while a value moves, so that each text is prepared once.
    """

    MOST = 24

    def __init__(self) -> None:
        self._known: dict[str, dict[str, PreparedText]] = {}

    def of(self, box: TextBox, language: str) -> Callable[[str], PreparedText]:
        key = f"{box.capitals} {box.breaks} {language}"
        if key not in self._known and len(self._known) >= self.MOST:
            self._known.clear()
        known = self._known.setdefault(key, {})

        def prepared(text: str) -> PreparedText:
            if text not in known:
                drawn = prepare_title(text, box.capitals, box.breaks, language)
                known[text] = msgspec.json.encode(drawn)[1:-1], reads_right_to_left(drawn)
            return known[text]

        return prepared


@dataclass
class Variant:
    """The digests for pictures with the same boxes filled; `pieces` are the design around its texts.

    `title` and `second` prepare the text of a box, None where it has none of the picture's own. `boxes` are
    those of the letterings, None of one that is the same on every picture.
    """

    overlay: str
    pieces: tuple[bytes, ...]
    title: Callable[[str], PreparedText] | None
    second: Callable[[str], PreparedText] | None
    letterings: tuple[Lettering, ...]
    boxes: tuple[TextBox | None, ...]
    digests: Digests
    _fonts: dict[tuple[bool, ...], str] = field(default_factory=dict)

    def fonts(self, directions: tuple[bool, ...]) -> str:
        """The digest of the fonts, by whether each text is read from the right."""
        if directions not in self._fonts:
            rest = iter(directions)
            chosen = [
                box.right_to_left_font if box and next(rest) else lettering.font
                for box, lettering in zip(self.boxes, self.letterings, strict=True)
            ]
            self._fonts[directions] = short_digest(dict.fromkeys(map(self.digests.path_digest, chosen)))
        return self._fonts[directions]

    def is_other(self, picture: StockPicture) -> bool:
        """Whether the picture is made of something else than this."""
        stored = picture.stored
        if stored is None or stored.overlay != self.overlay or stored.engine != DRAWING_VERSION:
            return True
        found = [
            prepare(text)
            for prepare, text in ((self.title, picture.title), (self.second, picture.second))
            if prepare
        ]
        content = self.pieces[0]
        for (text, _), piece in zip(found, self.pieces[1:], strict=True):
            content += text + piece
        if blake2b(content, digest_size=DIGEST_BYTES).hexdigest() != stored.design:
            return True
        return self.fonts(tuple(is_right for _, is_right in found)) != stored.fonts


class SortLook:
    """How one sort of pictures is drawn by a style book and a treatment."""

    def __init__(self, sort: Sort, treatment: Treatment, has_logo: bool, styles: StyleBook, digests: Digests,
                 texts: PreparedTexts):  # fmt: skip
        self._sort = sort
        self._treatment = treatment
        self._has_logo = has_logo
        self._styles = styles
        self._digests = digests
        self._texts = texts
        self._variants: dict[tuple[bool, bool], Variant] = {}

    @cached_property
    def signature(self) -> tuple:
        """Equal for looks that draw everything in the same way."""
        filled = [self.variant(title, second) for title in (True, False) for second in (True, False)]
        boxes = [
            (box.capitals, str(box.breaks), box.right_to_left_font)
            for one in filled
            for box in filter(None, one.boxes)
        ]
        return *((one.overlay, one.pieces, one.fonts((False,) * len(one.boxes))) for one in filled), *boxes

    def variant(self, has_title: bool, has_second: bool) -> Variant:
        key = has_title, has_second
        if key not in self._variants:
            self._variants[key] = self._make(*key)
        return self._variants[key]

    def is_other(self, picture: StockPicture) -> bool:
        return self.variant(*picture.filled).is_other(picture)

    def _make(self, has_title: bool, has_second: bool) -> Variant:
        sort, style = self._sort, self._style
        design = self._design(FIRST_GAP if has_title else "", SECOND_GAP if has_second else "")
        boxes = {FIRST_GAP: style.title, SECOND_GAP: style.second}
        shown = tuple(boxes.get(one.text) for one in design.letterings)
        gaps = [one.text for one in design.letterings if one.text in boxes]
        prepare = {gap: self._texts.of(boxes[gap], sort.language) for gap in gaps}
        return Variant(
            overlay=self._digests.path_digest(design.overlay),
            pieces=digested_pieces(design),
            title=prepare.get(FIRST_GAP),
            second=prepare.get(SECOND_GAP),
            letterings=design.letterings,
            boxes=shown,
            digests=self._digests,
        )

    @cached_property
    def _style(self) -> Style:
        return self._styles.style(self._sort.kind, self._treatment.of_show, self._treatment.resolution)

    def _design(self, title: str, second: str) -> Design:
        treatment = replace(self._treatment, title=title, second=second)
        logo = self._sort.chosen if self._has_logo else None
        return design_of(replace(NOBODY, kind=self._sort.kind, treatment=treatment, logo=logo), self._styles)


def digested_pieces(design: Design) -> tuple[bytes, ...]:
    """What is digested of the design, parted where its texts stand."""
    encoded = msgspec.json.encode(without_paths(design), order="sorted")
    return tuple(encoded.replace(SECOND_GAP.encode(), FIRST_GAP.encode()).split(FIRST_GAP.encode()))
