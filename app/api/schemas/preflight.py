from marshmallow import Schema, fields
from marshmallow.validate import Length

from app.api.schemas.shapes import SuccessSchema, described


class PreflightSchema(Schema):
    changed = fields.Dict(
        keys=fields.String(validate=Length(1, 64)),
        values=fields.Dict(keys=fields.String(validate=Length(1, 64))),
        metadata={"description": "Settings by section that are drawn beside the present ones."},
    )


class PreflightPictureSchema(Schema):
    kind = fields.String(required=True, metadata={"example": "poster"})
    title = fields.String(required=True)
    second = fields.String(required=True, metadata=described("The second text, such as that of a season."))
    library = fields.String(required=True)
    why = fields.String(required=True, metadata=described("Why the title is hard."))
    settings = fields.String(required=True, metadata={"example": "present"})
    lines = fields.List(
        fields.List(fields.String()), required=True, metadata=described("As drawn, text by text.")
    )
    sizes = fields.List(fields.Integer(), required=True, metadata=described("In pixels, text by text."))
    truncated = fields.Boolean(required=True, metadata=described("Whether an ellipsis ends a text."))
    missing = fields.List(fields.String(), required=True, metadata=described("Characters that no font has."))
    fits = fields.Boolean(required=True, metadata=described("Whether all of the text is in the picture."))


class PreflightTitlesSchema(SuccessSchema):
    made_at = fields.DateTime(required=True)
    titles = fields.Integer(required=True, metadata=described("How many titles the library has."))
    failing = fields.Integer(required=True, metadata=described("How many pictures lose some of their text."))
    pictures = fields.List(fields.Nested(PreflightPictureSchema), required=True)
