from marshmallow import Schema, ValidationError, fields, validates_schema
from marshmallow.validate import Length, OneOf, Range

from app.api.schemas.runs import StartedSchema
from app.api.schemas.shapes import NO_NUL, SuccessSchema, described
from app.core.item_rules.checking import LONGEST_TEXT, MOVES, SHADES, SIZES
from app.core.likeness.alike import LEFT_OUT
from app.core.likeness.faults import CODES
from app.core.paths import LONGEST_PATH

MOST_CORRECTED = 200


def per_cent(bounds: tuple[int, int], usual: int, words: str) -> fields.Integer:
    return fields.Integer(
        strict=True, load_default=usual, validate=Range(*bounds), metadata=described(f"Per cent {words}.")
    )


class CorrectionSchema(Schema):
    """Of a title; what is left out is as the design has it."""

    text = fields.String(
        load_default="",
        validate=[Length(max=LONGEST_TEXT), NO_NUL],
        metadata=described("In place of the title, with its line breaks; not of seasons and title cards."),
    )
    size = per_cent(SIZES, 100, "of its size")
    shade = per_cent(SHADES, 0, "of darkness behind it")
    move = per_cent(MOVES, 0, "of the picture's height by which it stands higher")


class AssetCorrectionSchema(CorrectionSchema):
    asset = fields.String(
        required=True,
        validate=[Length(1, LONGEST_PATH), NO_NUL],
        metadata={"example": "Movies/Alien (1979)/poster.jpg"},
    )


class CorrectionsSchema(Schema):
    corrections = fields.List(
        fields.Nested(AssetCorrectionSchema), required=True, validate=Length(1, MOST_CORRECTED)
    )

    @validates_schema
    def names_each_once(self, data: dict, **more: object) -> None:
        assets = [one["asset"] for one in data.get("corrections", ())]
        if len(set(assets)) < len(assets):
            raise ValidationError("Each asset may be named once.", "corrections")


class CorrectingSchema(StartedSchema):
    count = fields.Integer(required=True, metadata=described("How many pictures the run draws."))


class TitleMeasureSchema(Schema):
    size = fields.Integer(required=True, metadata=described("Points; 0 where it is not known."))
    lines = fields.Integer(required=True, metadata=described("0 where it is not known."))
    contrast = fields.Float(
        required=True,
        metadata=described("Of the letters to their ground, from 1 to 21; 0 where it is not known."),
    )
    is_cut = fields.Boolean(required=True)


class CorrectableSchema(SuccessSchema):
    asset = fields.String(required=True)
    title = fields.String(required=True, metadata=described("What is drawn without a correction."))
    kind = fields.String(required=True)
    takes_text = fields.Boolean(required=True)
    correction = fields.Nested(CorrectionSchema, required=True, metadata=described("The one that stands."))
    measure = fields.Nested(TitleMeasureSchema, required=True)
    paths = fields.List(
        fields.String(), required=True, metadata=described("All pictures that a correction changes.")
    )


class AlikePictureSchema(Schema):
    asset = fields.String(required=True, attribute="picture.path")
    title = fields.String(required=True, attribute="picture.title")
    library = fields.String(required=True, attribute="picture.library")
    measured = fields.Dict(required=True, metadata={"example": {"contrast": "2.1"}})
    correction = fields.Nested(CorrectionSchema, required=True)


class AlikeSchema(SuccessSchema):
    """What the last correction of a picture mended, and the pictures with the same fault."""

    asset = fields.String(required=True)
    fault = fields.String(
        required=True,
        allow_none=True,
        validate=OneOf(CODES),
        metadata=described("Null where nothing was corrected, or no fault was measured."),
    )
    total = fields.Integer(required=True)
    alike = fields.List(
        fields.Nested(AlikePictureSchema), required=True, metadata=described("The worst of them.")
    )
    left_out = fields.Dict(
        keys=fields.String(validate=OneOf(LEFT_OUT)),
        values=fields.Integer(),
        required=True,
        metadata=described("How many have the fault, or may have it, and are left out, by the reason."),
    )
