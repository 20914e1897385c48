"""One picture drawn in one pass: cover, overlay, border, texts, and a single encoding."""

from io import BytesIO

from PIL import Image

from app.poster.colors import parse_color
from app.poster.drawing.blending import blend_overlay
from app.poster.drawing.blurring import blurred
from app.poster.drawing.canvas import Picture, open_canvas
from app.poster.drawing.design import DEFAULT_QUALITY, Design, Drawing
from app.poster.drawing.lettering import letter
from app.poster.drawing.logos import place_logo
from app.poster.drawing.shading import lay_shade
from app.poster.text.fonts import TextLayout, best_layout

_HALVED_BOTH_WAYS = 2
# Pillow keeps the memory of closed images for the next ones, here 128 blocks of 1 MiB: the largest usual
# picture and its canvas. New memory comes in pages of 4 KiB, which takes longer than resizing does.
_BLOCK = 1 << 20
_KEPT_BLOCKS = 128


def draw(
    picture: Picture, design: Design, layout: TextLayout | None = None, refuse_empty: bool = False
) -> Drawing:
    """Draw the design over the picture; the same input gives the same bytes in every process.

    PictureError if the picture or the overlay cannot be decoded, LogoError if the logo cannot, ValueError for
    a bad colour or gravity. `layout` asks for plain layout where a shaping engine is there. `refuse_empty`
    raises PictureError for a picture that shows nothing, as placeholders do.
    """
    canvas, tables = open_canvas(picture, design.size, refuse_empty)
    return draw_on(canvas, design, tables, layout)


def draw_on(
    canvas: Image.Image,
    design: Design,
    tables: dict | None = None,
    layout: TextLayout | None = None,
    zoom: float = 1.0,
    finer: int = 1,
) -> Drawing:
    """The design over a canvas of its size, which is changed; `tables` are those of the source's JPEG.

    `zoom` is the size of the design in parts of the one that its overlay was made for. The drawn picture is
    made smaller by `finer`.
    """
    _keep_memory()
    if design.blurred:
        canvas = blurred(canvas)
    if design.overlay:
        blend_overlay(canvas, design.overlay, zoom)
    if design.shade:
        lay_shade(canvas, design.shade)
    _frame(canvas, design.border_width, design.border_color)
    if design.logo:
        place_logo(canvas, design.logo)
    layout = TextLayout.BASIC if layout == TextLayout.BASIC else best_layout()
    texts = tuple(letter(canvas, lettering, layout) for lettering in design.letterings)
    shown = canvas if finer == 1 else canvas.reduce(finer)
    return Drawing(_encode(shown, design, tables), texts)


def _keep_memory() -> None:
    Image.core.set_block_size(_BLOCK)
    Image.core.set_blocks_max(_KEPT_BLOCKS)


def _frame(canvas: Image.Image, width: int, color: str) -> None:
    if width <= 0:
        return
    right, bottom = canvas.size
    rgb = parse_color(color)
    sides = (
        (0, 0, right, width),
        (0, bottom - width, right, bottom),
        (0, 0, width, bottom),
        (right - width, 0, right, bottom),
    )
    for side in sides:
        canvas.paste(rgb, side)


def _encode(canvas: Image.Image, design: Design, tables: dict | None) -> bytes:
    target = BytesIO()
    comment = {"comment": design.comment} if design.comment else {}
    canvas.save(target, "JPEG", subsampling=_HALVED_BOTH_WAYS, **_quality(design, tables), **comment)
    return target.getvalue()


def _quality(design: Design, tables: dict | None) -> dict:
    if design.quality is not None:
        return {"quality": min(max(design.quality, 1), 100)}
    if not tables:
        return {"quality": DEFAULT_QUALITY}
    # Baseline JPEG holds no step above 255, and a picture in colour takes two tables.
    baseline = [[min(step, 255) for step in tables[key]] for key in sorted(tables)][:2]
    return {"qtables": baseline}
