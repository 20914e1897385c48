"""Overlays that a person puts together on a page, drawn by the poster engine."""

from base64 import b64decode
from collections.abc import Mapping
from typing import Any

from app.core.engine_calls import EngineCalls
from app.core.errors import Invalid
from app.core.overlay_edits import drawn_name, refuse_clash, store_drawn_overlay
from app.core.paths import Paths

DRAW = "draw-overlay"
DRAW_SECONDS = 60.0


def overlay_preview(engine: EngineCalls, wanted: Mapping[str, Any]) -> str:
    """A small PNG of the overlay as base64 text; `Invalid` for a colour that is none."""
    return drawn_png(engine, {**wanted, "preview": True})


def save_drawn_overlay(paths: Paths, engine: EngineCalls, wanted: Mapping[str, Any]) -> str:
    """The name under which the overlay is kept in full size; `Conflict` where there is one of that name."""
    name, overwrite = drawn_name(wanted["filename"]), wanted["overwrite"]
    if not overwrite:
        refuse_clash(paths.overlays, name)
    return store_drawn_overlay(paths, name, b64decode(drawn_png(engine, wanted)), overwrite)


def drawn_png(engine: EngineCalls, wanted: Mapping[str, Any]) -> str:
    found = engine.inquire(DRAW, wanted, DRAW_SECONDS)
    if "problem" in found:
        raise Invalid(f"{found['problem']}.")
    return found["png"]
