from marshmallow import Schema, fields
from marshmallow.validate import Length, Range

from app.api.schemas.shapes import NO_NUL, MessageSchema, PageQuery, PageSchema, SuccessSchema
from app.core.history import COUNTERS

FLAGS = ("notification_sent", "uptime_kuma")
COUNTS = {name: fields.Integer(required=True) for name in COUNTERS if name not in FLAGS}
SENT = {name: fields.Boolean(required=True) for name in FLAGS}
TAKES_BACK = {"description": "The run that this one takes back."}
TAKEN_BACK = {"description": "The run that has taken this one back."}
IN_PART = {"description": "Whether that was so for some of its assets only."}
NumbersSchema = Schema.from_dict({**COUNTS, **SENT}, name="Numbers")


class FactsSchema(NumbersSchema):
    mode = fields.String(required=True, allow_none=True)
    timestamp = fields.String(required=True, allow_none=True)
    start_time = fields.String(required=True, allow_none=True)
    end_time = fields.String(required=True, allow_none=True)
    space_saved = fields.String(required=True, allow_none=True)
    script_version = fields.String(required=True, allow_none=True)
    im_version = fields.String(required=True, allow_none=True)


class PastRunSchema(FactsSchema):
    id = fields.Integer(required=True)
    runtime_seconds = fields.Integer(required=True)
    runtime_formatted = fields.String(required=True, metadata={"example": "0h 4m 14s"})
    status = fields.String(required=True, metadata={"example": "completed"})
    origin = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)
    exit_code = fields.Integer(required=True, allow_none=True)
    notes = fields.String(required=True, allow_none=True)
    log_file = fields.String(required=True, allow_none=True)
    undoes = fields.Integer(required=True, allow_none=True, metadata=TAKES_BACK)


class HistoryRunSchema(PastRunSchema):
    undone_by = fields.Integer(required=True, allow_none=True, metadata=TAKEN_BACK)
    undone_in_part = fields.Boolean(required=True, metadata=IN_PART)


class HistoryQuery(PageQuery):
    mode = fields.String(load_default=None, validate=[Length(max=32), NO_NUL])


class HistorySchema(PageSchema):
    history = fields.List(fields.Nested(HistoryRunSchema), required=True)
    mode_filter = fields.String(required=True, allow_none=True)


class StatisticsSchema(SuccessSchema, FactsSchema):
    """The newest run; what only a run has is left out before the first one has ended."""

    message = fields.String()
    id = fields.Integer()
    runtime = fields.String(required=True, allow_none=True)
    runtime_seconds = fields.Integer()
    runtime_formatted = fields.String()
    status = fields.String()
    origin = fields.String()
    reason = fields.String(allow_none=True)
    exit_code = fields.Integer(allow_none=True)
    notes = fields.String(allow_none=True)
    log_file = fields.String(allow_none=True)
    undoes = fields.Integer(allow_none=True, metadata=TAKES_BACK)
    scheduler = fields.Dict(required=True)
    source = fields.String(required=True)


class SummaryQuery(Schema):
    days = fields.Integer(load_default=30, validate=Range(1, 365))


class SumsSchema(Schema):
    total_runs = fields.Integer(required=True)
    total_images = fields.Integer(required=True)
    average_runtime_seconds = fields.Integer(required=True)
    average_runtime_formatted = fields.String(required=True)
    total_errors = fields.Integer(required=True)
    total_collections = fields.Integer(required=True)
    total_space_saved = fields.String(required=True)
    mode_counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    days = fields.Integer(required=True)
    latest_run = fields.Nested(PastRunSchema, required=True, allow_none=True)


class SummarySchema(SuccessSchema):
    summary = fields.Nested(SumsSchema, required=True)


class CleanupQuery(Schema):
    days = fields.Integer(load_default=90, validate=Range(30, 365))


class CleanupSchema(MessageSchema):
    deleted_count = fields.Integer(required=True)


class MigrationSchema(SuccessSchema):
    is_migrated = fields.Boolean(required=True)
    migration_info = fields.Dict(required=True)


class MigratedSchema(MessageSchema):
    already_migrated = fields.Boolean(required=True)
    imported = fields.Integer(required=True)
    skipped = fields.Integer(required=True)
    errors = fields.Integer(required=True)


class FormatSchema(MessageSchema):
    updated_count = fields.Integer(required=True)


class ImportedReportsSchema(MessageSchema):
    imported = fields.Integer(required=True)
