"""The prints of all contents that were ever read, and the search for those that are near to one."""

import heapq
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from app.core.assets.removal import sliced
from app.models import PicturePrint

PRINTS = PicturePrint.__table__
# Read of the table at once.
PART = 2000


class Nearness(NamedTuple):
    """In how many of its 256 bits the print of a content differs from the one that is looked for."""

    distance: int
    digest: str


def store_prints(session: Session, found: Mapping[str, bytes]) -> None:
    """Keep the prints by the digests of their contents; a content has one print for ever."""
    known = known_prints(session, found)
    new = [{"digest": digest, "print": kept} for digest, kept in found.items() if digest not in known]
    if new:
        session.execute(insert(PRINTS), new)


def known_prints(session: Session, digests: Iterable[str]) -> set[str]:
    """Those of the digests whose contents have a print."""
    query = select(PRINTS.c.digest)
    parts = sliced(list(digests))
    return {digest for some in parts for digest in session.scalars(query.where(PRINTS.c.digest.in_(some)))}


def nearest_prints(session: Session, wanted: bytes, most: int, farthest: int) -> list[Nearness]:
    """The nearest contents, at most so many and none that is farther, the nearest first."""
    number, size = int.from_bytes(wanted, "big"), len(wanted)
    rows = session.execute(select(PRINTS.c.digest, PRINTS.c.print).execution_options(yield_per=PART))
    distances = (
        Nearness((int.from_bytes(kept, "big") ^ number).bit_count(), digest)
        for digest, kept in rows
        if len(kept) == size
    )
    return heapq.nsmallest(most, (each for each in distances if each.distance <= farthest))
