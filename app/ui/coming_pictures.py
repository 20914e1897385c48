"""What the steps of a plan would draw from, shown beside the picture that is there now."""

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

DRAWN = ("create", "replace")
NEW, SAME, SOURCE = "new", "same", "source"
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
    """The source of a step: its address on this server, "" with the reason in `absent`, and what it is."""

    label: str
    preview: str
    absent: str


def coming_pictures(
    machine: Machine, run: Run, steps: Sequence[Mapping[str, Any]]
) -> dict[str, ComingPicture]:
    """By path the sources of what a plan would draw; other runs have drawn it, or not."""
    if run.mode != PLAN or not concerns_files(run):
        return {}
    drawn = [step for step in steps if step["action"] in DRAWN and step.get("provider")]
    addresses = {step["path"]: smaller_address(step.get("address", "")) for step in drawn}
    known = preview_queries(machine, filter(is_web_address, addresses.values()))
    return {step["path"]: coming_picture(step, known.get(addresses[step["path"]])) for step in drawn}


def coming_picture(step: Mapping[str, Any], query: Mapping[str, str] | None) -> ComingPicture:
    return ComingPicture(
        label=LABELS.get(step["reason"], SOURCE),
        preview=url_for(PREVIEW, width=TILE_WIDTH, **query) if query else "",
        absent=ABSENT.get(step["provider"], "none"),
    )
