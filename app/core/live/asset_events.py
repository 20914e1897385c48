"""Images that change in a tree of artwork as events: updated, removed."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.assets import register
from app.core.assets.change_log import CHANGES, MANY, REMOVED
from app.core.assets.naming import address
from app.core.assets.pictures import epoch_seconds
from app.core.assets.register import RootMark
from app.core.assets.roots import PLACES
from app.core.live.event_log import MOST_AT_ONCE, LiveEvent, reset


class AssetEvents:
    """Reads the log of changed images on from the last look, as far as the index shows them."""

    def __init__(self):
        self.known: dict[str, RootMark] | None = None
        # By the number of the root, up to which row its log was read.
        self.read_to: dict[int, int] = {}

    def read(self, session: Session) -> list[LiveEvent]:
        marks, before = register.marks(session), self.known
        self.known = dict(marks)
        if before is None:
            self.read_to = {mark.id: newest_change(session, mark) for mark in marks.values()}
            return []
        events: list[LiveEvent] = []
        for name in sorted(before.keys() | marks.keys()):
            events += self.read_root(session, name, before.get(name), marks.get(name))
        return events

    def read_root(
        self, session: Session, name: str, before: RootMark | None, mark: RootMark | None
    ) -> list[LiveEvent]:
        if mark is None or before is None or is_another(before, mark):
            if mark:
                self.read_to[mark.id] = newest_change(session, mark)
            return [reset("assets")]
        if mark.version == before.version:
            return []
        rows = list(session.execute(visible_changes(mark, self.read_to[mark.id])))
        if len(rows) > MOST_AT_ONCE or any(row.change == MANY for row in rows):
            self.read_to[mark.id] = newest_change(session, mark)
            return [reset("assets")]
        if rows:
            self.read_to[mark.id] = rows[-1].id
        # Of an image that changed twice, the last state.
        return [asset_event(name, row) for row in {row.path: row for row in rows}.values()]


def is_another(before: RootMark, mark: RootMark) -> bool:
    """Whether the tree is another one, or was read to its end for the first time."""
    return before.id != mark.id or (before.scanned_at is None and mark.scanned_at is not None)


def visible_changes(mark: RootMark, after: int):
    """A query of the logged changes that the index shows, one more than are sent singly."""
    visible = (CHANGES.c.root_id == mark.id) & (CHANGES.c.version <= mark.version)
    query = select(CHANGES).where(visible, CHANGES.c.id > after)
    return query.order_by(CHANGES.c.id).limit(MOST_AT_ONCE + 1)


def newest_change(session: Session, mark: RootMark) -> int:
    visible = (CHANGES.c.root_id == mark.id) & (CHANGES.c.version <= mark.version)
    return session.scalar(select(func.max(CHANGES.c.id)).where(visible)) or 0


def asset_event(root: str, row: Any) -> LiveEvent:
    place = {"root": root, "path": row.path, "kind": row.kind}
    if row.change == REMOVED:
        return LiveEvent("asset_removed", place)
    facts = {"change": row.change, "size": row.size, "modified": epoch_seconds(row.modified_ns)}
    return LiveEvent("asset_updated", {**place, **facts, "url": address(PLACES[root].prefix, row.path)})
