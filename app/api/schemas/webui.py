from marshmallow import EXCLUDE, Schema, fields

from app.api.schemas.shapes import MessageSchema, SuccessSchema, described


class ShownWebuiSettingsSchema(SuccessSchema):
    settings = fields.Dict(
        keys=fields.String(),
        required=True,
        metadata=described(
            "log_level, theme, auto_refresh_interval, current_log_level, and what pages added."
        ),
    )
    available_log_levels = fields.List(fields.String(), required=True)
    config_file = fields.String(required=True)


class WebuiSettingsChangeSchema(Schema):
    """What is named is changed; all else stays."""

    class Meta:
        unknown = EXCLUDE

    settings = fields.Dict(
        keys=fields.String(), required=True, metadata=described("Any names; log_level is applied at once.")
    )


class SavedWebuiSettingsSchema(MessageSchema):
    settings = fields.Dict(keys=fields.String(), required=True)


class FolderRightsSchema(Schema):
    path = fields.String(required=True)
    name = fields.String(required=True)
    exists = fields.Boolean(required=True)
    readable = fields.Boolean(required=True)
    writable = fields.Boolean(required=True)
    error = fields.String(required=True, allow_none=True)
    platform = fields.String(required=True)
    is_docker = fields.Boolean(required=True)


class UserSchema(Schema):
    uid = fields.Integer(required=True)
    gid = fields.Integer(required=True)
    username = fields.String(required=True)
    groupname = fields.String(required=True)


class UploadDiagnosticsSchema(Schema):
    platform = fields.String(required=True)
    is_docker = fields.Boolean(required=True)
    python_version = fields.String(required=True)
    directories = fields.Dict(keys=fields.String(), values=fields.Nested(FolderRightsSchema), required=True)
    environment = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    user = fields.Nested(UserSchema, required=True)
