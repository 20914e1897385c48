"""Ids of folders, given out by the one thread that writes the index."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.assets.batch import FOLDERS


class Numbers:
    """Counts on from the greatest id in the index."""

    def __init__(self, session: Session):
        self.last = session.scalar(select(func.max(FOLDERS.c.id))) or 0

    def next(self) -> int:
        self.last += 1
        return self.last
