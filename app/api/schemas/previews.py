from marshmallow import EXCLUDE, Schema, ValidationError, fields, validates_schema
from marshmallow.validate import Length, OneOf, Range

from app.api.schemas.shapes import NO_NUL, described
from app.api.schemas.title_corrections import CorrectionSchema
from app.core.item_rules.checking import mistakes
from app.core.samples import is_image

KINDS = ("poster", "season", "background", "title_card", "collection", "square")
NARROWEST, WIDEST = 16, 4000
LONGEST_TEXT = 2000
WHAT_WIDTH = "Pixels; null draws the picture in full size, as a run publishes it."
MOST_SETTINGS = 500


def text_or_none(longest: int, **metadata) -> fields.String:
    checks = (Length(0, longest), NO_NUL)
    return fields.String(load_default=None, allow_none=True, validate=checks, metadata=metadata)


class PreviewSchema(Schema):
    """What is to be drawn; without an asset and a picture a sample stands in its place."""

    class Meta:
        unknown = EXCLUDE

    kind = fields.String(load_default="poster", validate=OneOf(KINDS))
    asset = text_or_none(4096, **described("The path of artwork, whose picture and texts are drawn."))
    sample = fields.Boolean(load_default=False, metadata=described("Draw a sample, whatever the asset is."))
    upload = text_or_none(255, **described("The token of a picture that was sent before."))
    title = text_or_none(LONGEST_TEXT, **described("In place of the asset's title."))
    second = text_or_none(
        LONGEST_TEXT, **described("In place of the second text, of seasons and title cards.")
    )
    settings = fields.Dict(
        keys=fields.String(validate=Length(1, 100)),
        values=fields.Dict(keys=fields.String(validate=Length(1, 100))),
        load_default=None,
        allow_none=True,
        metadata=described("Settings that are not saved, by section and name."),
    )
    design = text_or_none(100, **described("The id of a design, whose settings stand below these."))
    width = fields.Integer(
        load_default=None, allow_none=True, validate=Range(NARROWEST, WIDEST), metadata=described(WHAT_WIDTH)
    )
    slot = text_or_none(100, **described("A newer request of the same slot lets a waiting one end with 409."))
    crop = fields.List(
        fields.Float(validate=Range(0, 1)),
        load_default=None,
        allow_none=True,
        validate=Length(equal=4),
        metadata=described("Left, top, width and height of what is used of the picture, in parts of it."),
    )

    correct = fields.Nested(
        CorrectionSchema,
        load_default=None,
        allow_none=True,
        metadata=described("Of the title, in place of the correction that the rules have."),
    )

    rules = fields.Raw(
        load_default=None,
        allow_none=True,
        metadata={"type": "array", "items": {"type": "object"}}
        | described("Rules that are not saved, in place of those of rules.json."),
    )

    @validates_schema
    def require_right_rules(self, data: dict, **_: object) -> None:
        wrong = {} if data.get("rules") is None else mistakes(data["rules"])
        if wrong:
            raise ValidationError([f"{place}: {words}" for place, words in list(wrong.items())[:5]], "rules")

    @validates_schema
    def require_some_settings(self, data: dict, **_: object) -> None:
        """A picture depends on some dozen settings."""
        if sum(map(len, (data.get("settings") or {}).values())) > MOST_SETTINGS:
            raise ValidationError(f"At most {MOST_SETTINGS} settings.", "settings")

    @validates_schema
    def require_image_path(self, data: dict, **_: object) -> None:
        if data.get("asset") and not is_image(data["asset"]):
            raise ValidationError("Not the path of artwork.", "asset")


class DesignPreviewQuery(PreviewSchema):
    """A preview by its address; what it depends on beside the design is in the query."""

    class Meta:
        unknown = EXCLUDE
        fields = ("kind", "asset", "title", "second", "width", "revision", "picture")

    revision = text_or_none(64, **described("Of the design, as the list of designs has it."))
    picture = text_or_none(
        64, **described("The hash of the artwork, so that another one has another address.")
    )
