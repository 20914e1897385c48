"""What a client covers, cuts off or makes too small of the text on a picture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.core.viewing.clients import PICTURE_SHAPES, SHAPE_OF_KIND, VIEWS, Box, ScreenTile, View

COVERED, CUT, SMALL = "covered", "cut", "small"
# A capital's height as a share of the size of its type, as it is in most fonts.
CAPITAL = 0.7
# Smaller shares of a text are its margins rather than its glyphs.
LEAST_COVERED, LEAST_CUT = 0.02, 0.005


@dataclass(frozen=True)
class ShownText:
    """A text on a picture of that kind: the box of its ink and the size of its type in shares of it."""

    kind: str
    box: Box
    size: float


@dataclass(frozen=True)
class Loss:
    """What a client takes from a text: how much of it in shares, or how small it is in the screen's unit."""

    view: View
    name: str
    amount: float
    mark: str = ""


def losses_of(text: ShownText, views: Sequence[View] = VIEWS) -> list[Loss]:
    """What each of the clients takes from the text, in the order of the views; nothing of one without ink."""
    if area(text.box) <= 0:
        return []
    return [loss for view in views for loss in _losses_in(view, text)]


def _losses_in(view: View, text: ShownText) -> Iterator[Loss]:
    shape = SHAPE_OF_KIND[text.kind]
    tile, picture = view.tile(shape), PICTURE_SHAPES[shape]
    shown = visible_part(picture, tile)
    if (cut := 1 - share_within(text.box, shown)) > LEAST_CUT:
        yield Loss(view, CUT, cut)
    for mark in view.marks:
        covered = share_within(text.box, on_picture(mark.box(tile), shown))
        if covered > LEAST_COVERED:
            yield Loss(view, COVERED, covered, mark.name)
    height = view.screen.judged(view.millimetres(capital_height(text.size, picture, tile)))
    if height < view.screen.least:
        yield Loss(view, SMALL, height)


def visible_part(picture: float, tile: ScreenTile) -> Box:
    """The part of a picture of that shape that a tile shows, which it fills and cuts evenly at both sides."""
    if picture > tile.shape:
        edge = (1 - tile.shape / picture) / 2
        return edge, 0, 1 - edge, 1
    edge = (1 - picture / tile.shape) / 2
    return 0, edge, 1, 1 - edge


def on_picture(box: Box, shown: Box) -> Box:
    """The place on the picture of a box that is in shares of its visible part."""
    left, top, right, bottom = shown
    across, down = right - left, bottom - top
    return left + box[0] * across, top + box[1] * down, left + box[2] * across, top + box[3] * down


def share_within(box: Box, other: Box) -> float:
    """The share of a box that lies within another one."""
    across = min(box[2], other[2]) - max(box[0], other[0])
    down = min(box[3], other[3]) - max(box[1], other[1])
    return max(across, 0) * max(down, 0) / area(box)


def area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def capital_height(size: float, picture: float, tile: ScreenTile) -> float:
    """The height of a capital on a tile, whose picture of that shape fills it, in units of the screen."""
    height = max(tile.height, tile.width / picture)
    return size * height * CAPITAL
