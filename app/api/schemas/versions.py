from marshmallow import Schema, fields
from marshmallow.validate import Length, Range

from app.api.schemas.assets import ADDRESS, BYTES
from app.api.schemas.shapes import SuccessSchema


class VersionImageQuery(Schema):
    width = fields.Integer(
        load_default=None,
        validate=Range(1, 100_000),
        metadata={"description": "Pixels of a small copy: the next one of 160, 320, 480, 640 and 960."},
    )


class AssetVersionSchema(Schema):
    sha256 = fields.String(required=True)
    size = fields.Integer(required=True, **BYTES)
    at = fields.DateTime(required=True, metadata={"description": "When it was written."})
    run = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "The run that wrote it, if one did."},
    )
    mode = fields.String(required=True, metadata={"example": "normal"})
    reason = fields.String(required=True, metadata={"example": "text_changed"})
    why = fields.String(required=True, metadata={"example": "text changed"})
    is_kept = fields.Boolean(required=True, metadata={"description": "Whether its bytes are still there."})
    is_present = fields.Boolean(required=True, metadata={"description": "Whether it lies there now."})
    url = fields.String(required=True, allow_none=True, **ADDRESS)


class AssetVersionsSchema(SuccessSchema):
    path = fields.String(required=True)
    versions = fields.List(fields.Nested(AssetVersionSchema), required=True)


class WantedVersionSchema(Schema):
    version = fields.String(
        required=True,
        validate=Length(max=200),
        metadata={"description": "SHA-256 of an earlier version."},
    )
