"""A design made smaller, with the same lines of text."""

from dataclasses import replace
from functools import lru_cache

from app.poster.drawing.design import Design, Lettering
from app.poster.drawing.lettering import MeasuredText, measure_text
from app.poster.text.fonts import DEFAULT_FONT, best_layout

# Pixels beyond the box, so that rounding does not break a line that fits.
SLACK = 4


@lru_cache(maxsize=512)
def measured_full_size(size: tuple[int, int], lettering: Lettering) -> MeasuredText:
    """What becomes of the text in full size."""
    try:
        return measure_text(size, lettering, best_layout())
    except OSError:
        # A damaged font; the drawing takes this one in its place, too.
        return measure_text(size, replace(lettering, font=DEFAULT_FONT), best_layout())


def scaled_design(design: Design, zoom: float, finer: int = 1) -> Design:
    """The design in parts of its size, and `finer` times as large.

    A text has the lines and the size that it has in full size.
    """
    size = tuple(scaled_length(side, zoom) * finer for side in design.size)
    zoom *= finer
    parts = {
        "size": size,
        "border_width": round(design.border_width * zoom),
        "letterings": tuple(scaled_text(design.size, one, zoom) for one in design.letterings),
    }
    if design.logo:
        parts["logo"] = replace(design.logo, **box_of(design.logo, zoom))
    if design.shade:
        top, bottom = round(design.shade.top * zoom), round(design.shade.bottom * zoom)
        parts["shade"] = replace(design.shade, top=top, bottom=bottom)
    return replace(design, **parts)


def scaled_text(size: tuple[int, int], lettering: Lettering, zoom: float) -> Lettering:
    text = measured_full_size(size, lettering).text
    point = scaled_length(text.size or lettering.minimum, zoom)
    box = box_of(lettering, zoom)
    return replace(
        lettering,
        text="\n".join(text.lines),
        minimum=max(1, point - 1),
        maximum=point,
        width=box["width"] + SLACK,
        height=box["height"] + SLACK,
        offset=box["offset"] - SLACK // 2,
        stroke_width=round(lettering.stroke_width * zoom),
        line_spacing=round(lettering.line_spacing * zoom),
    )


def box_of(placed: Lettering, zoom: float) -> dict[str, int]:
    """Width, height and offset of a lettering or a logo."""
    width, height = scaled_length(placed.width, zoom), scaled_length(placed.height, zoom)
    return {"width": width, "height": height, "offset": round(placed.offset * zoom)}


def scaled_length(length: int, zoom: float) -> int:
    return max(1, round(length * zoom))
