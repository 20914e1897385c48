"""Shapes that several groups of views share."""

from marshmallow import Schema, fields
from marshmallow.validate import ContainsNoneOf, Range

LARGEST_OFFSET = 2**31
LARGEST_PAGE = 500
NO_NUL = ContainsNoneOf("\0", error="A NUL character cannot be part of it.")


def described(text: str, **more) -> dict:
    return {"description": text, **more}


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
