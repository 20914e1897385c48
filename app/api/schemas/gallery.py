from marshmallow import Schema, fields
from marshmallow.validate import Length, Range

from app.api.schemas.shapes import NO_NUL, PictureSchema, described

LONGEST_ADDRESS = 5_000


class ThumbnailQuery(Schema):
    path = fields.String(
        required=True,
        validate=[Length(max=LONGEST_ADDRESS), NO_NUL],
        metadata=described(
            "Address of the picture.", example="/poster_assets/Films/Alien%20(1979)/poster.jpg"
        ),
    )
    width = fields.Integer(
        load_default=400,
        validate=Range(1, 100_000),
        metadata=described("Pixels: the next one of 160, 320, 480, 640 and 960 is sent."),
    )
    v = fields.String(
        load_default="",
        validate=Length(max=64),
        metadata=described("The hash of the picture: an answer that has it is kept for ever."),
    )


class SampleImageSchema(PictureSchema):
    path = fields.String(required=True)
    name = fields.String(required=True)
    size = fields.Integer(required=True, metadata={"description": "Bytes."})
    url = fields.String(required=True, metadata={"description": "Address of the image, percent-encoded."})
    modified = fields.Float(required=True, metadata={"description": "Epoch seconds."})


class TestGallerySchema(Schema):
    images = fields.List(fields.Nested(SampleImageSchema), required=True)
    total = fields.Integer(required=True, metadata=described("Without limit and offset."))
