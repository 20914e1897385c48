"""The helper that forks runs of the poster script, which draw in their own threads.

A kill so ends all of a run at once. A `fault` is the name of a function of tests/poster/faults/refusals.py.
"""

import atexit
import sys
from dataclasses import replace
from functools import cache

from tests.forked import Forge, serve

SMALLER = 10


def script_forge(is_small: bool = False) -> Forge:
    """`is_small` has the runs draw small pictures without text, which costs next to nothing."""
    return Forge(__name__, "small" if is_small else "whole")


@cache
def shared_forge() -> Forge:
    """The one for all tests of this process; it ends with the process."""
    forge = script_forge()
    atexit.register(forge.close)
    return forge


class Draughtsman:
    """Draws in the thread that asks for it."""

    callers = 5

    def __init__(self, processes: int):
        """Takes what a pool of processes takes."""

    def draw(self, order):
        from app.poster.applying.draw_order import draw_order

        return draw_order(order)

    def close(self) -> None:
        """Nothing is held open."""


class SmallDraughtsman(Draughtsman):
    def draw(self, order):
        width, height = order.design.size
        size = (width // SMALLER, height // SMALLER)
        design = replace(order.design, size=size, letterings=(), overlay=None, border_width=0)
        return super().draw(replace(order, design=design))


def repeat_uploads_soon() -> None:
    """As many attempts as ever, with short pauses; before the receivers are loaded, which take them over."""
    from app.poster.uploading import calls

    calls.PAUSES = tuple(pause / 20 for pause in calls.PAUSES)


def main(kind: type[Draughtsman]) -> None:
    repeat_uploads_soon()
    import app.poster.__main__ as script
    import app.poster.applying.pools
    import app.poster.preflight.preflight
    from tests.poster.faults import refusals

    app.poster.applying.pools.DrawPool = app.poster.preflight.preflight.DrawPool = kind
    serve(lambda: script.end(script.main()), lambda name: getattr(refusals, name)())


if __name__ == "__main__":
    main(SmallDraughtsman if sys.argv[1] == "small" else Draughtsman)
