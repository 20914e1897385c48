"""The queue of pictures that wait to take the place of artwork."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from app.core.errors import ApplicationError, Conflict, NotFound
from app.core.runs import LARGEST_NUMBER, MOST_QUEUED, cancel, queued_count, request_run
from app.models import ItemStatus, Origin, QueueItem, Run, Status
from app.models.base import now

MOST_ITEMS = 1000
# What an item may be tried again after a crash; a picture that ends each server must not do so for ever.
MOST_ATTEMPTS = 3
KEPT_COMPLETED = 200
RUN_GONE = "the run that processed it is not known any more; start it again"
CRASHED = "the server ended while it was processed, three times"
OPEN = (ItemStatus.PENDING, ItemStatus.PROCESSING, ItemStatus.FAILED)
LIVE = (Status.QUEUED, Status.RUNNING)


@dataclass(frozen=True)
class QueueRequest:
    """What is queued: `source` is (type, what clients show of it), `arguments` those of a manual run.

    Without arguments the picture is put in its place as it is.
    """

    asset_path: str
    source: tuple[str, str]
    overlay_params: dict[str, Any]
    arguments: Sequence[str] = ()


@dataclass
class Removed:
    """Numbers of items that are gone, with their staged pictures, and why others are not."""

    removed: list[int] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    kept: dict[int, str] = field(default_factory=dict)


def add_item(session: Session, request: QueueRequest, picture: str, is_started: bool = False) -> QueueItem:
    """Queue a staged picture; `Conflict` where too many wait already. It waits until it is started."""
    if (session.scalar(select(func.count()).where(QueueItem.status.in_(OPEN))) or 0) >= MOST_ITEMS:
        raise Conflict(f"{MOST_ITEMS} pictures are queued, which is the most: run the queue, or delete some.")
    source_type, source_data = request.source
    item = QueueItem(
        asset_path=request.asset_path,
        source_type=source_type,
        source_data=source_data,
        overlay_params=request.overlay_params,
        picture=picture,
        arguments=list(request.arguments),
        is_started=is_started,
    )
    session.add(item)
    session.flush()
    return item


def list_items(session: Session) -> list[QueueItem]:
    """All items, the oldest first."""
    return list(session.scalars(select(QueueItem).order_by(QueueItem.id)))


def unstarted_count(session: Session) -> int:
    """How many items wait for somebody to run the queue."""
    waits = QueueItem.status == ItemStatus.PENDING, ~QueueItem.is_started
    return session.scalar(select(func.count()).where(*waits)) or 0


def waiting_before(session: Session, item: QueueItem) -> int:
    """How many items stand before one that has not been processed."""
    earlier = QueueItem.status.in_((ItemStatus.PENDING, ItemStatus.PROCESSING)), QueueItem.id < item.id
    return session.scalar(select(func.count()).where(*earlier)) or 0


def start_items(session: Session, numbers: Sequence[int] | None) -> int:
    """Have items processed: those, failed ones again, or all that are pending; how many there are."""
    chosen = [ItemStatus.PENDING] if numbers is None else [ItemStatus.PENDING, ItemStatus.FAILED]
    query = select(QueueItem).where(QueueItem.status.in_(chosen))
    items = list(session.scalars(query if numbers is None else query.where(QueueItem.id.in_(numbers))))
    for item in items:
        item.is_started, item.attempts = True, 0
        change_status(item, ItemStatus.PENDING)
    return len(items)


def change_status(item: QueueItem, status: ItemStatus, error: str | None = None) -> None:
    item.status, item.error_message, item.updated_at = status, error, now()


def remove_item(session: Session, number: int) -> Removed:
    """Delete one item; `NotFound` where there is none, `Conflict` while it is being processed."""
    if number > LARGEST_NUMBER or session.get(QueueItem, number) is None:
        raise NotFound(f"There is no queue item {number}.")
    removed = remove_items(session, [number])
    if removed.kept:
        raise Conflict(f"Queue item {number} was not deleted: {removed.kept[number]}.")
    return removed


def remove_items(session: Session, numbers: Iterable[int] | None) -> Removed:
    """Delete those items, or all; one that is being processed stays."""
    query = select(QueueItem).order_by(QueueItem.id)
    wanted = query if numbers is None else query.where(QueueItem.id.in_(list(numbers)))
    result = Removed()
    for item in session.scalars(wanted):
        if reason := reason_to_keep(session, item):
            result.kept[item.id] = reason
            continue
        result.removed.append(item.id)
        result.pictures.append(item.picture)
        session.delete(item)
    return result


def reason_to_keep(session: Session, item: QueueItem) -> str:
    """Why the item cannot be deleted now, "" where it can; its run is taken out of the queue of runs."""
    if item.status != ItemStatus.PROCESSING:
        return ""
    run = session.get(Run, item.run_id) if item.run_id else None
    if run is None or run.status != Status.QUEUED:
        return "it is being processed"
    try:
        cancel(session, run.id)
    except ApplicationError:
        return "it is being processed"
    return ""


def has_work(session: Session) -> bool:
    """Whether an item is being processed or was started."""
    is_open = (QueueItem.status == ItemStatus.PROCESSING) | (
        (QueueItem.status == ItemStatus.PENDING) & QueueItem.is_started
    )
    return bool(session.scalar(select(exists().where(is_open))))


def take_back_puts(session: Session) -> None:
    """Start those again that a server was putting in place when it ended."""
    lost = select(QueueItem).where(QueueItem.status == ItemStatus.PROCESSING, QueueItem.run_id.is_(None))
    for item in session.scalars(lost):
        process_again(item)


def process_again(item: QueueItem) -> None:
    item.attempts += 1
    is_last = item.attempts >= MOST_ATTEMPTS
    change_status(item, ItemStatus.FAILED if is_last else ItemStatus.PENDING, CRASHED if is_last else None)
    item.run_id = None
    item.is_started = not is_last


def settle_items(session: Session) -> list[str]:
    """Write down what became of items whose run has ended; the staged pictures that nobody needs any more."""
    processing = select(QueueItem).where(
        QueueItem.status == ItemStatus.PROCESSING, QueueItem.run_id.is_not(None)
    )
    done = []
    for item in session.scalars(processing):
        run = session.get(Run, item.run_id)
        if run is None or run.status not in LIVE:
            settle_item(item, run)
        if item.status == ItemStatus.COMPLETED:
            done.append(item.picture)
    return [*done, *prune_completed(session)]


def settle_item(item: QueueItem, run: Run | None) -> None:
    """The item as its run ended: one that a crash interrupted is tried again."""
    if run is None:
        end_item(item, RUN_GONE)
    elif run.status == Status.INTERRUPTED:
        process_again(item)
    else:
        failure = run.reason or f"the run {run.id} ended as {run.status}"
        end_item(item, None if run.status == Status.COMPLETED else failure)


def end_item(item: QueueItem, error: str | None) -> None:
    item.is_started = False
    change_status(item, ItemStatus.FAILED if error else ItemStatus.COMPLETED, error)


def prune_completed(session: Session) -> list[str]:
    """Delete the oldest of too many completed items; their staged pictures, where they are still there."""
    done = select(QueueItem).where(QueueItem.status == ItemStatus.COMPLETED).order_by(QueueItem.id.desc())
    old = list(session.scalars(done.offset(KEPT_COMPLETED)))
    for item in old:
        session.delete(item)
    return [item.picture for item in old]


def take_next(session: Session) -> QueueItem | None:
    """The oldest item that was started, now being processed; None while another one is, or runs are too many.

    A run is queued for an item that is drawn; one that is put as it is has no run yet.
    """
    is_busy = session.scalar(select(exists().where(QueueItem.status == ItemStatus.PROCESSING)))
    if is_busy or queued_count(session) >= MOST_QUEUED:
        return None
    started = QueueItem.status == ItemStatus.PENDING, QueueItem.is_started
    item = session.scalar(select(QueueItem).where(*started).order_by(QueueItem.id).limit(1))
    if item is None:
        return None
    change_status(item, ItemStatus.PROCESSING)
    item.run_id = request_run(session, "manual", Origin.API, item.arguments).id if item.arguments else None
    return item


def end_put(session: Session, number: int, run: int | None, error: str | None) -> str:
    """Write down what became of an item that was put as it is; its staged picture, "" where it is needed."""
    item = session.get(QueueItem, number)
    if item is None:
        return ""
    item.run_id = run
    end_item(item, error)
    return "" if error else item.picture


def queued_pictures(session: Session) -> set[str]:
    """The staged pictures that items need, which nobody may delete."""
    return set(session.scalars(select(QueueItem.picture).where(QueueItem.status.in_(OPEN))))
