"""Takes over the queue of replacements; pictures at addresses are fetched where somebody asks for it."""

from dataclasses import dataclass, replace
from pathlib import Path

from app.core.errors import ApplicationError, NotFound, reason_of
from app.core.takeover.part_outcome import PartOutcome, PartState
from app.core.takeover.record import record_item, stored_takeover, taken_items
from app.core.takeover.upstream_database import opened_upstream
from app.core.takeover.upstream_files import QUEUE_FILE
from app.core.takeover.upstream_queue import (
    PastItem,
    open_items,
    past_replacement,
    queued_pairs,
    staged_file,
)
from app.extensions import Machine
from app.services.replacing import replace_artwork
from app.services.staged_pictures import UPLOAD, GivenPicture, copied_picture, downloaded_picture

QUEUE_PART = "queue"
TO_FETCH = "with a picture that is still to be fetched"
ADVICE = "posterizarr takeover fetches pictures and tries again; else replace these pictures anew."


@dataclass(frozen=True)
class QueueMeans:
    """Whether pictures may be fetched from their addresses, and whether anything may be written."""

    fetches: bool = False
    stages: bool = True


def take_queue(machine: Machine, workplace: Path, means: QueueMeans) -> PartOutcome:
    """Queue the replacements of the old program here; none is started by that."""
    path = machine.paths.database / QUEUE_FILE
    if not path.is_file():
        return PartOutcome(PartState.ABSENT)
    outcome = PartOutcome(PartState.ABSENT)
    with opened_upstream(path, workplace) as database:
        items = open_items(database, outcome)
    with machine.database.reading() as session:
        known, present = taken_items(stored_takeover(session)), queued_pairs(session)
    for item in items:
        is_known = item.number in known or (item.asset_path, item.source_type) in present
        outcome.known += is_known
        if not is_known:
            take_item(machine, item, means, outcome)
    if items and outcome.state == PartState.ABSENT:
        outcome.state = PartState.TAKEN
    return outcome


def take_item(machine: Machine, item: PastItem, means: QueueMeans, outcome: PartOutcome) -> None:
    try:
        if item.has_address and not means.fetches:
            outcome.left_out[TO_FETCH] += 1
        else:
            queue_item(machine, item, means)
            outcome.taken += 1
            return
    except (ApplicationError, OSError, ValueError) as error:
        outcome.note(f"{item.asset_path[:200]}: {reason_of(error)}")
    outcome.state, outcome.advice = PartState.NOT_TAKEN, ADVICE


def queue_item(machine: Machine, item: PastItem, means: QueueMeans) -> None:
    wanted = past_replacement(item)
    picture = picture_of(machine, item)
    if means.stages:
        replace_artwork(machine, wanted, picture)
        with machine.database.writing() as session:
            record_item(session, item.number)


def picture_of(machine: Machine, item: PastItem) -> GivenPicture:
    """The picture of an item; `NotFound`, `Invalid` or `Unavailable` where there is none that can be used."""
    if item.has_address:
        return downloaded_picture(machine, item.source)
    file = staged_file(machine.paths, item)
    if file is None:
        raise NotFound("the picture that was sent is not there any more")
    return replace(copied_picture(file), source=(UPLOAD, file.name))
