from marshmallow import EXCLUDE, Schema, fields
from marshmallow.validate import Length, Range

from app.api.schemas.shapes import SuccessSchema, described

MOST_AT_ONCE = 500
MOST_ENTRIES = 5000


def short_text() -> fields.String:
    return fields.String(load_default=None, allow_none=True)


class PageEntrySchema(Schema):
    """One message of a page's console."""

    class Meta:
        unknown = EXCLUDE

    level = fields.String(load_default="info", allow_none=True, metadata={"example": "warn"})
    message = fields.String(required=True, allow_none=True)
    timestamp = fields.String(
        load_default=None, allow_none=True, metadata=described("Local, as YYYY-MM-DD HH:MM:SS; else now.")
    )
    component = short_text()
    source = short_text()


class PageLogSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    logs = fields.List(fields.Nested(PageEntrySchema), required=True, validate=Length(max=MOST_AT_ONCE))


class PageLogsWrittenSchema(SuccessSchema):
    count = fields.Integer(required=True)


class UnifiedQuery(Schema):
    tail = fields.Integer(load_default=500, validate=Range(0, MOST_ENTRIES), metadata=described("0 is all."))


class UnifiedEntrySchema(Schema):
    timestamp = fields.String(required=True)
    level = fields.String(required=True)
    source = fields.String(required=True, metadata=described("backend, frontend or unknown"))
    component = fields.String(required=True)
    message = fields.String(required=True)
    raw = fields.String(required=True)


class UnifiedLogSchema(Schema):
    logs = fields.List(fields.Nested(UnifiedEntrySchema), required=True)
    total = fields.Integer(required=True, metadata=described("Entries in this answer."))
    total_all = fields.Integer(required=True, metadata=described("Entries that were looked through."))
