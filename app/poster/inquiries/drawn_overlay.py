"""An overlay that a person puts together on a page, as a PNG."""

from base64 import b64encode
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from app.poster.colors import parse_color
from app.poster.drawing.design import POSTER_SIZE, WIDE_SIZE
from app.poster.drawing.designs import StyleBook
from app.poster.drawing.overlay_creator import OverlayPlan, draw_overlay, mark_area
from app.poster.inquiries.inquiry import BadInquiry, Inquiry
from app.poster.kinds import Kind

KINDS = {"poster": (Kind.POSTER, POSTER_SIZE), "background": (Kind.BACKGROUND, WIDE_SIZE)}
COLORS = ("border_color", "gradient_color", "inner_glow_color", "vignette_color")
PREVIEW_WIDTH = 500


def draw_given_overlay(inquiry: Inquiry) -> dict[str, Any]:
    """{"png": base64}, {"problem": a sentence} for a colour that is none; `preview` draws it small."""
    given = inquiry.given
    if given.get("overlay_type") not in KINDS:
        raise BadInquiry(f"overlay_type must be one of {', '.join(KINDS)}")
    kind, size = KINDS[given["overlay_type"]]
    try:
        colors = {name: parse_color(inquiry.text(name)) for name in COLORS}
    except ValueError as error:
        return {"problem": str(error)}
    plan = overlay_plan(given, colors, size)
    if not given.get("preview"):
        return {"png": png_text(draw_overlay(plan))}
    overlay = draw_overlay(plan.at_width(PREVIEW_WIDTH))
    if given.get("show_text_area"):
        mark_area(overlay, text_area(inquiry, kind, overlay.size))
    return {"png": png_text(overlay)}


def overlay_plan(given: Any, colors: dict[str, Any], size: tuple[int, int]) -> OverlayPlan:
    return OverlayPlan(
        size,
        size[0],
        border=given["border_px"] if given["border_enabled"] else None,
        border_color=colors["border_color"],
        corner_radius=given["corner_radius"],
        matte=given["matte_height_ratio"],
        fade=given["fade_height_ratio"],
        shade_color=colors["gradient_color"],
        glow=given["inner_glow_strength"],
        glow_color=colors["inner_glow_color"],
        vignette=given["vignette_strength"],
        vignette_color=colors["vignette_color"],
        grain=given["grain_amount"],
        grain_size=given["grain_size"],
    )


def text_area(inquiry: Inquiry, kind: Kind, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Where the settings place the title, in pixels of an image of that size."""
    style = StyleBook(inquiry.settings, Path()).style(kind)
    box, scale = style.title.pattern, size[0] / style.plain.size[0]
    left, bottom = (size[0] - box.width * scale) / 2, size[1] - box.offset * scale
    return round(left), round(bottom - box.height * scale), round(left + box.width * scale), round(bottom)


def png_text(image: Image.Image) -> str:
    content = BytesIO()
    image.save(content, "PNG", compress_level=6)
    return b64encode(content.getvalue()).decode()
