"""Shapes that several groups of views share."""

from flask_smorest.fields import Upload
from marshmallow import Schema, ValidationError, fields
from marshmallow.validate import ContainsNoneOf, Range

LARGEST_OFFSET = 2**31
LARGEST_PAGE = 500
LONGEST_SEARCH = 200
NO_NUL = ContainsNoneOf("\0", error="A NUL character cannot be part of it.")


def described(text: str, **more) -> dict:
    return {"description": text, **more}


def storable(text: str) -> None:
    """Half of a surrogate pair is no character that a database could keep."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ValidationError("Not valid text.") from error


class FormFile(Upload):
    """A file of a form; a text in its place is no file."""

    def deserialize(self, value, attr=None, data=None, **options):
        if isinstance(value, str):
            raise ValidationError("A file is needed, and this is a text.")
        return super().deserialize(value, attr, data, **options)


class PageQuery(Schema):
    limit = fields.Integer(load_default=50, validate=Range(1, LARGEST_PAGE))
    offset = fields.Integer(load_default=0, validate=Range(0, LARGEST_OFFSET))


class SuccessSchema(Schema):
    success = fields.Boolean(required=True)


class MessageSchema(SuccessSchema):
    message = fields.String(required=True)


class PageSchema(SuccessSchema):
    """What stands around the rows of a page."""

    count = fields.Integer(required=True, metadata=described("Rows in this answer."))
    total = fields.Integer(required=True, metadata=described("Without limit and offset."))
    limit = fields.Integer(required=True)
    offset = fields.Integer(required=True)


FOR_EVER = (
    "With ?v= and the digest of the content: kept for ever by browsers, and another one after a change."
)
PICTURE_FIELDS = {
    "image_url": described(FOR_EVER),
    "thumbnail_url": described(f"{FOR_EVER} Append &width=."),
    "hash": described(
        "The first 16 digits of the SHA-256; null until it is known.", example="9f86d081884c7d65"
    ),
    "color": described("The average color; null until it is known.", example="#1c2a3b"),
}
ALWAYS_THERE = ("image_url", "thumbnail_url")
SomePictureSchema = Schema.from_dict(
    {name: fields.String(allow_none=True, metadata=text) for name, text in PICTURE_FIELDS.items()},
    name="SomePicture",
)
PictureSchema = Schema.from_dict(
    {
        name: fields.String(required=True, allow_none=name not in ALWAYS_THERE, metadata=text)
        for name, text in PICTURE_FIELDS.items()
    },
    name="Picture",
)
