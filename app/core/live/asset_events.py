"""Images that change in a tree of artwork as events: updated, removed."""

import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.assets import register
from app.core.assets.addresses import picture_addresses
from app.core.assets.change_log import CHANGES, MANY, REMOVED
from app.core.assets.pictures import epoch_seconds
from app.core.assets.register import RootMark
from app.core.assets.roots import PLACES
from app.core.catalogue.contents import contents_by_path
from app.core.live.event_log import MOST_AT_ONCE, LiveEvent, reset

# How long an event waits for the hash of the new content, which a thread of the leader reads.
HASH_SECONDS = 15.0


class Held(NamedTuple):
    """A row of the log whose event waits, and since when."""

    row: Any
    since: float


class AssetEvents:
    """Reads the log of changed images on from the last look, as far as the index shows them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self.clock = clock
        self.known: dict[str, RootMark] | None = None
        # By the number of the root and the path; of an image that changes twice, the last state.
        self.held: dict[int, dict[str, Held]] = {}
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
            return self.begin_anew(session, mark)
        rows = []
        if mark.version != before.version:
            rows = list(session.execute(visible_changes(mark, self.read_to[mark.id])))
        held = self.held.setdefault(mark.id, {})
        if len(rows) + len(held) > MOST_AT_ONCE or any(row.change == MANY for row in rows):
            return self.begin_anew(session, mark)
        self.read_to[mark.id] = max((row.id for row in rows), default=self.read_to[mark.id])
        held |= {row.path: Held(row, self.clock()) for row in rows}
        return list(self.release(session, name, mark.id, held))

    def begin_anew(self, session: Session, mark: RootMark | None) -> list[LiveEvent]:
        if mark:
            self.read_to[mark.id] = newest_change(session, mark)
            self.held.pop(mark.id, None)
        return [reset("assets")]

    def release(
        self, session: Session, name: str, root_id: int, held: dict[str, Held]
    ) -> Iterator[LiveEvent]:
        """The events that need not wait any longer: of removed images, and of those whose hash is there."""
        contents = contents_by_path(session, root_id, held) if held else {}
        due = self.clock() - HASH_SECONDS
        for path, (row, since) in list(held.items()):
            content = contents.get(path)
            if content and (content.size, content.modified_ns) != (row.size, row.modified_ns):
                content = None
            if content or row.change == REMOVED or since <= due:
                del held[path]
                yield asset_event(name, row, content)


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


def asset_event(root: str, row: Any, content: Any | None) -> LiveEvent:
    """The event of a logged change; `content` has digest and color, None where they are not known."""
    place = {"root": root, "path": row.path, "kind": row.kind}
    if row.change == REMOVED:
        return LiveEvent("asset_removed", place)
    digest, color = (content.digest, content.color) if content else (None, None)
    facts = {"change": row.change, "size": row.size, "modified": epoch_seconds(row.modified_ns)}
    addresses = picture_addresses(PLACES[root].prefix, row.path, digest, color)
    return LiveEvent("asset_updated", {**place, **facts, **addresses})
