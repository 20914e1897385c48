"""What draws the pictures of a run."""

from typing import Protocol

from app.poster.applying.draw_order import DrawOrder
from app.poster.drawing.design import Drawing


class PoolClosed(Exception):
    """The run is over, and its pictures are not drawn any more."""


class Pool(Protocol):
    """Draws orders elsewhere than in the caller's process; `callers` is how many threads keep it busy."""

    callers: int

    def draw(self, order: DrawOrder) -> Drawing:
        """The picture, from any thread, which waits; PictureError where the source cannot be drawn.

        PoolClosed where the pool is closed before the picture is drawn.
        """

    def close(self) -> None:
        """Give up what is being drawn."""
