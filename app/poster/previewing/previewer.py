"""Draws one preview after another."""

from dataclasses import dataclass, replace
from typing import Any

from app.poster.applying.draw_order import design_of_words
from app.poster.drawing.design import Design, Drawing, LogoError
from app.poster.drawing.designs import StyleBook
from app.poster.drawing.draw import draw_on
from app.poster.drawing.overlays import ensure_default_overlays
from app.poster.folders import Folders
from app.poster.planning.designing import design_of
from app.poster.previewing.frames import Contents
from app.poster.previewing.order import PreviewOrder
from app.poster.previewing.pictures import Ground, GroundWanted, Pictures, typography_of
from app.poster.previewing.present_settings import PresentSettings
from app.poster.previewing.scaling import measured_full_size, scaled_design
from app.poster.previewing.subjects import Subject, subject_of
from app.poster.records.decision import Decision
from app.poster.records.ids import Medium

# Pictures that are at most so many pixels wide are drawn so many times larger.
SMALL, FINER = 300, 2


@dataclass(frozen=True)
class Preview:
    """The JPEG, where its picture came from, and facts about its texts in full size."""

    jpeg: bytes
    source: str
    facts: dict[str, Any]


class Previewer:
    """Keeps what several previews need."""

    def __init__(self, folders: Folders):
        self._folders = folders
        self._present = PresentSettings(folders)
        self._pictures = Pictures()
        ensure_default_overlays(folders.overlays)

    def draw(self, order: PreviewOrder, given: Contents) -> Preview:
        """The preview; PartWanted where a picture has to come along, PictureError where one is of no use."""
        settings, styles = self._present.styles(order)
        subject = subject_of(order, self._folders.engine, self._present, settings)
        design = self._design(subject, styles, given)
        zoom = min(1.0, order.width / design.size[0]) if order.width else 1.0
        # Text that is only some pixels high is drawn larger, because fonts place them by whole pixels.
        finer = FINER if zoom * design.size[0] <= SMALL else 1
        shown = scaled_design(design, zoom, finer) if zoom < 1 else design
        wanted = GroundWanted(subject.kind, subject.picture, design.size, shown.size, order.crop, order.small)
        ground = self._pictures.ground(wanted, given)
        drawing = drawn_preview(ground, shown, zoom * finer, finer)
        contrasts = {"contrasts": [text.contrast for text in drawing.texts]}
        return Preview(drawing.jpeg, ground.source, text_facts(design) | contrasts)

    def _design(self, subject: Subject, styles: StyleBook, given: Contents) -> Design:
        """The design that a run would draw; the title stands where its logo is not to be had."""
        logo = self._pictures.content("logo", subject.logo, given) if subject.logo else None
        if subject.logo and not logo:
            subject = replace(subject, logo=None)
        design = design_of(decision_of_subject(subject), styles.ruled_by(subject.ruling))
        if design.logo and logo:
            design = replace(design, logo=replace(design.logo, content=logo))
        words = typography_of(subject.picture)
        return design_of_words(words, design) if words else design


def decision_of_subject(subject: Subject) -> Decision:
    """As much of a decision as a design depends on."""
    return Decision(
        "", subject.kind, Medium.FILM, "", "", "", "", treatment=subject.treatment, logo=subject.logo
    )


def drawn_preview(ground: Ground, design: Design, zoom: float, finer: int) -> Drawing:
    """The picture, made smaller by `finer` at last."""
    sizes = {"zoom": zoom, "finer": finer}
    try:
        return draw_on(ground.canvas, design, ground.tables, **sizes)
    except LogoError:
        return draw_on(ground.canvas, replace(design, logo=None), ground.tables, **sizes)


def text_facts(design: Design) -> dict[str, Any]:
    """{"truncated", "missing": [character], "sizes": [points], "lines": [count], "boxes": [box]}.

    Boxes are [left, top, right, bottom] of the ink of each text in parts of the canvas, [] for no ink.
    """
    found = [measured_full_size(design.size, one) for one in design.letterings]
    boxes = [list(in_parts(one.ink, design.size)) if one.ink else [] for one in found]
    missing = dict.fromkeys(character for one in found for character in one.text.missing)
    return {
        "truncated": any(one.text.truncated for one in found),
        "missing": list(missing),
        "sizes": [one.text.size for one in found],
        "lines": [len(one.text.lines) for one in found],
        "boxes": boxes,
    }


def in_parts(box: tuple[float, ...], size: tuple[int, int]) -> tuple[float, ...]:
    sides = (*size, *size)
    return tuple(round(edge / side, 4) for edge, side in zip(box, sides, strict=True))
