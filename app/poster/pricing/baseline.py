"""Pictures that the saved settings leave as they are, so that whole lots are compared at once."""

from collections.abc import Iterator
from itertools import product

from app.poster.pricing.looks import SortLook, Variant
from app.poster.pricing.stock import DrawingNeed, StockPicture


class PartedPictures:
    """Pictures of one item and sort, parted into those that the saved settings leave and all others."""

    def __init__(self) -> None:
        self.pictures: list[StockPicture] = []
        self._signature: tuple | None = None
        self._alike: dict[tuple[bool, bool], list[StockPicture]] = {}
        self._others: list[StockPicture] = []

    def part(self, look: SortLook) -> None:
        """Part them by the look that saved settings give them, unless that is done."""
        if self._signature == look.signature:
            return
        self._signature, self._alike, self._others = look.signature, {}, []
        for picture in self.pictures:
            is_left = picture.standing is DrawingNeed.COMPARED and not look.is_other(picture)
            (self._alike.setdefault(picture.filled, []) if is_left else self._others).append(picture)

    def drawn_with(self, look: SortLook, verdicts: "Verdicts") -> Iterator[StockPicture]:
        """Those of the parted pictures that another look would have drawn."""
        for filled, pictures in self._alike.items():
            verdict = verdicts.of(filled)
            if verdict is None:
                yield from filter(look.is_other, pictures)
            elif verdict:
                yield from pictures
        for picture in self._others:
            if is_drawn(picture, look):
                yield picture


class Verdicts:
    """Whether two looks differ, by which boxes are filled."""

    def __init__(self, before: SortLook, now: SortLook):
        self._looks = before, now
        self._known: dict[tuple[bool, bool], bool | None] = {}

    def of(self, filled: tuple[bool, bool]) -> bool | None:
        """As `differs` says."""
        if filled not in self._known:
            self._known[filled] = differs(*(look.variant(*filled) for look in self._looks))
        return self._known[filled]


def is_drawn(picture: StockPicture, look: SortLook) -> bool:
    if picture.standing is DrawingNeed.COMPARED:
        return look.is_other(picture)
    return picture.standing is DrawingNeed.DRAWN


def differs(before: Variant, now: Variant) -> bool | None:
    """Whether every picture differs, or none; None where it depends on the text."""
    if before.overlay != now.overlay:
        return True
    if wording_of(before) != wording_of(now):
        return None
    if before.pieces != now.pieces:
        return True
    return None if any_font_differs(before, now) else False


def wording_of(variant: Variant) -> list:
    """What decides how texts are written."""
    return [box and (box.capitals, box.breaks) for box in variant.boxes]


def any_font_differs(before: Variant, now: Variant) -> bool:
    directions = product((False, True), repeat=sum(box is not None for box in now.boxes))
    return any(before.fonts(each) != now.fonts(each) for each in directions)
