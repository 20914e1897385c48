"""The poster script with a stand-in for its drawing processes: `python -m benchmarks.undrawn`.

Every picture is the same small JPEG with our mark, so that listing, deciding, planning, publishing and the
journal of a large library can be measured without an hour of drawing.
"""

import io
from unittest.mock import patch

from PIL import Image

from app.poster.__main__ import end, main
from app.poster.applying.draw_pool import SPARE_CALLERS
from app.poster.drawing.design import COMMENT, Drawing


def small_picture() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (20, 30), "navy").save(target, "JPEG", comment=COMMENT)
    return target.getvalue()


class NoPool:
    """Answers like a DrawPool, at once."""

    def __init__(self, processes: int):
        self.callers = processes + SPARE_CALLERS
        self._drawing = Drawing(small_picture())

    def draw(self, order: object) -> Drawing:
        return self._drawing

    def close(self) -> None:
        """There are no processes."""


if __name__ == "__main__":
    with patch("app.poster.applying.pools.DrawPool", NoPool):
        code = main()
    end(code)
