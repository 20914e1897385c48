from flask_smorest.fields import Upload
from marshmallow import EXCLUDE, Schema, fields
from marshmallow.validate import Length

from app.api.schemas.config import SettingsSavedSchema
from app.api.schemas.shapes import NO_NUL, MessageSchema, SuccessSchema, described
from app.core.designs.reading import LONGEST_NAME


class DesignFontSchema(Schema):
    file = fields.String(required=True)
    name = fields.String(required=True)
    licence = fields.String(required=True, metadata=described("Empty where it is not known."))


class DesignSchema(Schema):
    id = fields.String(required=True)
    names = fields.Dict(
        keys=fields.String(), values=fields.String(), required=True, metadata=described("By language.")
    )
    descriptions = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    overlays = fields.List(fields.String(), required=True)
    fonts = fields.List(fields.Nested(DesignFontSchema), required=True)
    is_own = fields.Boolean(required=True, metadata=described("Not one of the package."))
    is_present = fields.Boolean(
        required=True, metadata=described("The present settings are exactly its own.")
    )
    revision = fields.String(required=True, metadata=described("Changes with the design, for previews."))


class DesignsSchema(SuccessSchema):
    designs = fields.List(fields.Nested(DesignSchema), required=True)
    revision = fields.String(required=True, metadata=described("Of the settings; send it back to take one."))
    undoable = fields.String(
        required=True, allow_none=True, metadata=described("The id of the design whose taking can be undone.")
    )


class DesignTakingSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    revision = fields.String(allow_none=True, metadata=described("As shown: 409 where it is past."))


class DesignTakenSchema(SettingsSavedSchema):
    installed = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata=described("The name among the overlays of each file of the design."),
    )


class DesignUploadSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    file = Upload(required=True)


class DesignKeptSchema(MessageSchema):
    id = fields.String(required=True, metadata=described("Under which it is kept among your own designs."))
    notes = fields.List(
        fields.String(), required=True, metadata=described("A sentence for each part that was left out.")
    )


class DesignSavingSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    name = fields.String(required=True, validate=(Length(1, LONGEST_NAME), NO_NUL))
