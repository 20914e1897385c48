"""What the steps of a plan would draw from or put back, shown beside the picture that is there now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.core.execution.run_plan import concerns_files
from app.core.modes import PLAN
from app.core.replacing.offered_address import is_web_address, smaller_address
from app.extensions import Machine
from app.models import Run
from app.services.offered_pictures import preview_queries
from app.ui.candidate_section import PREVIEW, TILE_WIDTH

VERSION_PICTURE = "asset versions.version_image"
DRAWN = ("create", "replace")
NEW, SAME, SOURCE, EARLIER = "new", "same", "source", "earlier"
# A plan gives the first of the differences, and looks at the source before these.
LABELS = {
    "new": NEW,
    "source_changed": NEW,
    **dict.fromkeys(("text_changed", "font_changed", "overlay_changed", "design_changed"), SAME),
    "engine_changed": SAME,
}
# Why a source has no preview.
ABSENT = {
    **dict.fromkeys(("Manual", "Template", "Folder"), "own"),
    "Server": "server",
    "Typographic": "words",
}


@dataclass(frozen=True)
class ComingPicture:
    """The source of a step, or the version that comes back, and what it is.

    `preview` is its address on this server, "" with the reason in `absent`.
    """

    label: str
    preview: str
    absent: str


def coming_pictures(
    machine: Machine, run: Run, steps: Sequence[Mapping[str, Any]]
) -> list[ComingPicture | None]:
    """For each step what a plan would draw from or put back, None for neither and in another run.

    They go by step and not by path: the steps at media servers have the path of the file, too.
    """
    if run.mode != PLAN or not concerns_files(run):
        return [None] * len(steps)
    addresses = [smaller_address(step.get("address", "")) for step in steps]
    known = preview_queries(machine, filter(is_web_address, addresses))
    return [coming_picture(step, known.get(address)) for step, address in zip(steps, addresses, strict=True)]


def coming_picture(step: Mapping[str, Any], query: Mapping[str, str] | None) -> ComingPicture | None:
    if step["content"]:
        address = url_for(VERSION_PICTURE, asset=step["path"], sha256=step["content"], width=TILE_WIDTH)
        return ComingPicture(EARLIER, address, absent="")
    if step["action"] not in DRAWN or not step.get("provider"):
        return None
    return ComingPicture(
        label=LABELS.get(step["reason"], SOURCE),
        preview=url_for(PREVIEW, width=TILE_WIDTH, **query) if query else "",
        absent=ABSENT.get(step["provider"], "none"),
    )
