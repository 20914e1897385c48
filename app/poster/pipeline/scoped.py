"""The works of a run that is about some pictures alone."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from app.poster.pipeline.listing import Listed
from app.poster.pipeline.planned import Work
from app.poster.planning.scope import Scope


def works_in_scope(scope: Scope, works: Iterable[Work | Listed]) -> Iterator[Work | Listed]:
    """The works with what the run is about; an item without any of that is left out, and not counted."""
    if scope.only is None:
        yield from works
        return
    kept = 0
    for work in works:
        if isinstance(work, Listed):
            # How large the library is says nothing of how much there is to do.
            yield replace(work, size=kept if work.has_ended else None)
            kept = 0
        elif wanted := scope.wanted(work.wanted):
            kept += 1
            yield replace(work, wanted=wanted)
