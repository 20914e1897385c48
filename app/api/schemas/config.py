from marshmallow import EXCLUDE, INCLUDE, Schema, fields

from app.api.document import ErrorSchema
from app.api.schemas.shapes import MessageSchema, SuccessSchema, described


class RootSchema(Schema):
    onboarding_completed = fields.Boolean(required=True)


class SettingsSchema(SuccessSchema):
    """Everything that a page for editing shows; each map has one entry a setting, by its flat name."""

    config = fields.Dict(
        keys=fields.String(),
        required=True,
        metadata=described("Texts, lists and objects as in config.json; secrets are <REDACTED>, or empty."),
    )
    ui_groups = fields.Dict(
        keys=fields.String(),
        values=fields.List(fields.String()),
        required=True,
        metadata=described("Every flat name in exactly one group; groups in the order of their display."),
    )
    display_names = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    tooltips = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    using_flat_structure = fields.Boolean(required=True)
    _root = fields.Nested(RootSchema, required=True)
    revision = fields.String(
        required=True, metadata=described("Of the file; also the ETag. Send it back to refuse a stale edit.")
    )


class RevisionHeader(Schema):
    """The revision that an edit rests on; without one the last writer wins."""

    if_match = fields.String(
        data_key="If-Match", metadata=described("A revision in double quotes: 409 where it is past.")
    )


class SettingsChangeSchema(Schema):
    """What is named is changed; all else stays."""

    class Meta:
        unknown = EXCLUDE

    config = fields.Dict(
        keys=fields.String(),
        required=True,
        metadata=described("Values by flat name. A value as it was shown, or <REDACTED>, changes nothing."),
    )
    revision = fields.String(allow_none=True, metadata=described("As shown: 409 where it is past."))


class SettingsSavedSchema(MessageSchema):
    changes_count = fields.Integer(required=True, metadata=described("0 where the file was left alone."))
    changed = fields.List(fields.String(), required=True, metadata=described("Flat names."))
    revision = fields.String(required=True)
    backup = fields.String(
        required=True, allow_none=True, metadata=described("The file that the state before was kept in.")
    )


class SettingsErrorSchema(ErrorSchema):
    """Nothing was saved."""

    errors = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        metadata=described("What is wrong with each setting, by its flat name; 50 at most."),
    )


class SectionsSchema(Schema):
    """Sections of settings as in config.json, such as {"PosterOverlayPart": {"fontcolor": "white"}}."""

    class Meta:
        unknown = INCLUDE


class BackupMadeSchema(MessageSchema):
    file = fields.String(required=True)


class BackupSchema(Schema):
    file = fields.String(required=True)
    size = fields.Integer(required=True, metadata=described("Bytes."))
    created_at = fields.String(required=True, metadata=described("Local, without a zone."))


class BackupsSchema(SuccessSchema):
    backups = fields.List(fields.Nested(BackupSchema), required=True)


class BackupChangeSchema(Schema):
    name = fields.String(required=True, metadata=described("The flat name of the setting."))
    now = fields.Raw(required=True, allow_none=True)
    then = fields.Raw(required=True, allow_none=True)


class BackupChangesSchema(SuccessSchema):
    changes = fields.List(fields.Nested(BackupChangeSchema), required=True)


class RestoreSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    file = fields.String(required=True, metadata=described("A name from the list of backups."))
    revision = fields.String(allow_none=True, metadata=described("As shown: 409 where it is past."))


class MirrorStatusSchema(SuccessSchema):
    available = fields.Boolean(required=True)
    database_path = fields.String(required=True)
    sections = fields.List(fields.String(), required=True)
    section_count = fields.Integer(required=True)
    total_entries = fields.Integer(required=True)
    api_key_count = fields.Integer(required=True)
    metadata = fields.Dict(required=True)


class SectionSchema(SuccessSchema):
    section = fields.String(required=True)
    data = fields.Dict(required=True, metadata=described("Empty where there is no such section."))


class ValueSchema(SuccessSchema):
    section = fields.String(required=True)
    key = fields.String(required=True)
    value = fields.Raw(required=True, allow_none=True)


class NestedConfigSchema(SuccessSchema):
    config = fields.Dict(required=True)
