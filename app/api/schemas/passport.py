from marshmallow import EXCLUDE, Schema, fields

from app.api.schemas.assets import ADDRESS, BYTES
from app.api.schemas.shapes import FormFile, SuccessSchema
from app.api.schemas.versions import AssetVersionSchema


class PassportFileSchema(Schema):
    """A form with the picture; other fields are ignored."""

    class Meta:
        unknown = EXCLUDE

    file = FormFile(required=True, metadata={"format": "binary", "description": "JPEG, PNG or WebP."})


class ServerPlaceSchema(Schema):
    server = fields.String(required=True, metadata={"example": "Plex"})
    slot = fields.String(required=True, metadata={"example": "poster"})
    state = fields.String(required=True, metadata={"example": "applied"})
    at = fields.DateTime(
        required=True, allow_none=True, metadata={"description": "When a run looked there last."}
    )
    is_this = fields.Boolean(
        required=True, metadata={"description": "Whether the server showed this picture then."}
    )


class PassportSourceSchema(Schema):
    provider = fields.String(required=True, metadata={"example": "TMDB"})
    address = fields.String(required=True)
    language = fields.String(required=True, metadata={"example": "en"})


class SightingSchema(Schema):
    """An asset that has or had the picture, or one that looks like it."""

    root = fields.String(required=True, metadata={"example": "assets"})
    path = fields.String(required=True)
    kind = fields.String(required=True, metadata={"example": "poster"})
    title = fields.String(required=True)
    origin = fields.String(
        required=True,
        metadata={
            "description": "Made by a run, put there by a person, or foreign.",
            "example": "made",
        },
    )
    disk = fields.String(
        required=True,
        metadata={
            "description": "What lies there: this picture, another, or none.",
            "example": "this",
        },
    )
    version = fields.Nested(AssetVersionSchema, required=True, allow_none=True)
    source = fields.Nested(PassportSourceSchema, required=True, allow_none=True)
    text = fields.String(required=True, metadata={"description": "The text that was drawn, if any."})
    is_as_now = fields.Boolean(
        required=True,
        allow_none=True,
        metadata={"description": "Whether it was drawn by the settings of the present picture."},
    )
    places = fields.List(fields.Nested(ServerPlaceSchema), required=True)
    can_restore = fields.Boolean(required=True)
    can_redraw = fields.Boolean(required=True)
    present_url = fields.String(required=True, allow_none=True, **ADDRESS)


class PassportSchema(SuccessSchema):
    by = fields.String(
        required=True,
        metadata={
            "description": "bytes and picture: it is certainly that of the assets, in these bytes or "
            "in others. likeness: they look like it. nothing: it is not known here.",
            "example": "picture",
        },
    )
    is_certain = fields.Boolean(required=True)
    sha256 = fields.String(required=True)
    size = fields.Integer(required=True, **BYTES)
    format = fields.String(required=True, metadata={"example": "JPEG"})
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)
    is_marked = fields.Boolean(
        required=True,
        metadata={"description": "Whether it carries the comment of Posterizarr, which anybody can write."},
    )
    assets = fields.List(fields.Nested(SightingSchema), required=True)
    more = fields.Integer(required=True, metadata={"description": "Further assets that are not listed."})
    unread = fields.Integer(
        required=True, metadata={"description": "Pictures that could not be compared yet."}
    )
