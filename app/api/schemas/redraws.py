from marshmallow import EXCLUDE, Schema, fields
from marshmallow.validate import Length

LONGEST_TEXT = 500


class RedrawSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    text = fields.String(
        load_default=None,
        allow_none=True,
        validate=Length(max=LONGEST_TEXT),
        metadata={
            "description": "Drawn in place of the title, with its line breaks; blank for a picture without.",
            "example": "The Lord of the Rings\nThe Two Towers",
        },
    )
