from marshmallow import fields

from app.api.schemas.shapes import SuccessSchema


class FontsSchema(SuccessSchema):
    files = fields.List(fields.String(), required=True)
