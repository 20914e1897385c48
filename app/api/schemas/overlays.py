from marshmallow import EXCLUDE, Schema, ValidationError, fields
from marshmallow.validate import Length

from app.api.schemas.shapes import FormFile, MessageSchema, SuccessSchema
from app.core.font_previews import LONGEST_TEXT


class FontsSchema(SuccessSchema):
    files = fields.List(fields.String(), required=True)


class OverlayUploadSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    file = FormFile(required=True)


class StoredOverlaySchema(MessageSchema):
    filename = fields.String(required=True, metadata={"description": "The name under which it is kept."})


def require_printable(text: str) -> None:
    if not text.isprintable():
        raise ValidationError("Only printable characters can be drawn.")


class FontPreviewQuery(Schema):
    class Meta:
        unknown = EXCLUDE

    text = fields.String(load_default="Aa", validate=[Length(1, LONGEST_TEXT), require_printable])
