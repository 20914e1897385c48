from marshmallow import EXCLUDE, Schema, fields
from marshmallow.validate import Length, OneOf, Range

from app.api.schemas.shapes import SuccessSchema, described

BLACK = "#000000"


def color(**metadata) -> fields.String:
    return fields.String(load_default=BLACK, validate=Length(1, 64), metadata=metadata)


def share(usual: float = 0.0, **metadata) -> fields.Float:
    return fields.Float(load_default=usual, validate=Range(0, 1), metadata=metadata)


def pixels(usual: int, most: int) -> fields.Integer:
    in_full_size = described("In the size of the saved overlay, 2000 or 3840 pixels wide.")
    return fields.Integer(load_default=usual, validate=Range(0, most), metadata=in_full_size)


class OverlayDrawingSchema(Schema):
    """What an overlay consists of; what is missing is not drawn, but for a soft fade at the bottom."""

    class Meta:
        unknown = EXCLUDE

    overlay_type = fields.String(load_default="poster", validate=OneOf(("poster", "background")))
    border_enabled = fields.Boolean(load_default=False)
    border_px = pixels(30, 500)
    border_color = color()
    corner_radius = pixels(0, 1000)
    matte_height_ratio = share(**described("The opaque part at the bottom, as a share of the height."))
    fade_height_ratio = share(0.35, **described("The part above it that fades, as a share of the height."))
    gradient_color = color(**described("Of matte and fade."))
    inner_glow_strength = share()
    inner_glow_color = color()
    vignette_strength = share()
    vignette_color = color()
    grain_amount = share()
    grain_size = fields.Float(load_default=1.0, validate=Range(0.5, 20))
    show_text_area = fields.Boolean(
        load_default=False, metadata=described("Mark in the preview where the settings place a title.")
    )


class SavedOverlaySchema(OverlayDrawingSchema):
    filename = fields.String(required=True, validate=Length(1, 255))
    overwrite = fields.Boolean(load_default=False)


class OverlayPreviewSchema(SuccessSchema):
    image_base64 = fields.String(required=True, metadata=described("A PNG, 500 pixels wide."))
