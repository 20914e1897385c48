"""Puts a picture in the place of an asset: at once, by a manual run, or by the queue."""

from dataclasses import dataclass, replace
from pathlib import Path

from app.core.execution.run_offers import require_mode
from app.core.execution.run_requests import manual_arguments
from app.core.paths import inside
from app.core.replacing.picture_content import shown_everywhere
from app.core.replacing.replacement import Replacement, require_ratio
from app.core.replacing.replacement_queue import QueueRequest, add_item
from app.core.runs import MOST_QUEUED, queued_count, request_run
from app.extensions import Machine
from app.models import Origin
from app.services.artwork_edits import put_artwork
from app.services.staged_pictures import GivenPicture, picture_folders, staged_picture

PUT = "{path} was replaced. It is yours now: no run replaces it until you release it."
RUN_QUEUED = "{path} is drawn by run {run} and replaced when its turn has come."
QUEUED = "{path} waits in the queue until you run it."
FULL = (
    "{path} waits in the queue: " + f"{MOST_QUEUED} runs are queued, and its own follows when there is room."
)


@dataclass(frozen=True)
class ReplacementOutcome:
    """What became of a picture: `run` is the number of the run or edit, `item` of the queue's item.

    `is_drawn` says that a manual run makes the asset of it.
    """

    path: str
    size: int
    message: str
    was_there: bool = False
    run: int | None = None
    item: int | None = None
    is_drawn: bool = False


def replace_artwork(machine: Machine, wanted: Replacement, picture: GivenPicture) -> ReplacementOutcome:
    """Put the picture in the asset's place; `Invalid` where it has not the shape, or something is missing.

    Without overlays it is there at once, and may be undone. With overlays a run is queued; where too many
    wait already, or on request, it goes into the queue of replacements.
    """
    require_ratio(picture.measured, wanted.kind)
    if not wanted.with_overlays:
        picture = replace(picture, content=shown_everywhere(picture.content, picture.measured))
    with staged_picture(machine, picture) as staged:
        request = queue_request(machine, wanted, picture, staged)
        if wanted.to_queue:
            return keep_in_queue(machine, request, staged)
        if wanted.with_overlays:
            return run_or_queued(machine, request, staged)
        outcome = put_at_once(machine, wanted.path, staged)
    staged.unlink(missing_ok=True)
    return outcome


def queue_request(machine: Machine, wanted: Replacement, picture: GivenPicture, staged: Path) -> QueueRequest:
    """What the queue keeps of it; with overlays the arguments of the manual run."""
    arguments: list[str] = []
    if wanted.with_overlays:
        require_mode(machine.settings.poster_script, "manual")
        form = {**wanted.manual_form, "picturePath": str(staged)}
        is_built_in = not machine.settings.poster_script
        arguments = manual_arguments(form, picture_folders(machine), is_built_in)
    return QueueRequest(wanted.path, picture.source, dict(wanted.overlay_params), arguments)


def put_at_once(machine: Machine, path: str, staged: Path) -> ReplacementOutcome:
    was_there = asset_is_there(machine, path)
    size = staged.stat().st_size
    run = put_artwork(machine, path, staged).run
    return ReplacementOutcome(path, size, PUT.format(path=path), was_there, run)


def asset_is_there(machine: Machine, path: str) -> bool:
    root = machine.roots.path("assets")
    return root is not None and inside(root, path).is_file()


def run_or_queued(machine: Machine, request: QueueRequest, staged: Path) -> ReplacementOutcome:
    path, size = request.asset_path, staged.stat().st_size
    with machine.database.writing() as session:
        if queued_count(session) >= MOST_QUEUED:
            item = add_item(session, request, str(staged), is_started=True)
            return ReplacementOutcome(path, size, FULL.format(path=path), item=item.id, is_drawn=True)
        run = request_run(session, "manual", Origin.API, request.arguments)
    message = RUN_QUEUED.format(path=path, run=run.id)
    return ReplacementOutcome(path, size, message, asset_is_there(machine, path), run.id, is_drawn=True)


def keep_in_queue(machine: Machine, request: QueueRequest, staged: Path) -> ReplacementOutcome:
    """Put it into the queue, where it waits until somebody runs the queue."""
    path, size = request.asset_path, staged.stat().st_size
    with machine.database.writing() as session:
        item = add_item(session, request, str(staged))
    return ReplacementOutcome(
        path,
        size,
        QUEUED.format(path=path),
        asset_is_there(machine, path),
        item=item.id,
        is_drawn=bool(request.arguments),
    )
