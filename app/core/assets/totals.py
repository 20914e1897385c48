"""Sums by top folder, so that no query depends on the number of files."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from app.core.assets.batch import FOLDERS
from app.core.assets.naming import PLURALS
from app.models import AssetRoot, AssetTotal

TOTALS = AssetTotal.__table__
ROOTS = AssetRoot.__table__
SUMS = (*PLURALS, "size")


def renew_totals(session: Session, root_id: int, tops: Iterable[str] | None = None) -> None:
    """Add up the folders below some top folders again, or below all."""
    stale, source = TOTALS.c.root_id == root_id, FOLDERS.c.root_id == root_id
    if tops is not None:
        wanted = list(tops)
        stale, source = stale & TOTALS.c.top.in_(wanted), source & FOLDERS.c.top.in_(wanted)
    sums = [func.coalesce(func.sum(FOLDERS.c[name]), 0) for name in SUMS]
    query = select(FOLDERS.c.root_id, FOLDERS.c.top, *sums).where(source)
    session.execute(delete(TOTALS).where(stale))
    session.execute(
        insert(TOTALS).from_select(
            ["root_id", "top", *SUMS], query.group_by(FOLDERS.c.root_id, FOLDERS.c.top)
        )
    )


def publish_changes(
    session: Session, root_id: int, tops: Iterable[str] | None = None, **marks: datetime
) -> None:
    """Make written changes visible: renew the totals, and invalidate every cached response."""
    # The row is locked first: two that renew the same sums at once wait for each other.
    session.execute(update(ROOTS).where(ROOTS.c.id == root_id).values(version=ROOTS.c.version + 1, **marks))
    renew_totals(session, root_id, tops)


def has_artwork(session: Session) -> bool:
    """Whether the asset folder holds any picture that the index knows."""
    pictures = sum((TOTALS.c[name] for name in PLURALS), start=0)
    own = select(ROOTS.c.id).where(ROOTS.c.name == "assets")
    found = select(TOTALS.c.top).where(TOTALS.c.root_id.in_(own), pictures > 0)
    return session.scalar(found.limit(1)) is not None
