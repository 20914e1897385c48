from marshmallow import Schema, fields
from marshmallow.validate import Length, Range

from app.api.schemas.texts import NO_NUL
from app.core.history import COUNTERS

LARGEST_OFFSET = 2**31
FLAGS = ("notification_sent", "uptime_kuma")
COUNTS = {name: fields.Integer(required=True) for name in COUNTERS if name not in FLAGS}
SENT = {name: fields.Boolean(required=True) for name in FLAGS}
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


class HistoryQuery(Schema):
    limit = fields.Integer(load_default=50, validate=Range(1, 500))
    offset = fields.Integer(load_default=0, validate=Range(0, LARGEST_OFFSET))
    mode = fields.String(load_default=None, validate=[Length(max=32), NO_NUL])


class HistorySchema(Schema):
    success = fields.Boolean(required=True)
    history = fields.List(fields.Nested(PastRunSchema), required=True)
    count = fields.Integer(required=True)
    total = fields.Integer(required=True)
    limit = fields.Integer(required=True)
    offset = fields.Integer(required=True)
    mode_filter = fields.String(required=True, allow_none=True)


class StatisticsSchema(FactsSchema):
    success = fields.Boolean(required=True)
    message = fields.String()
    runtime = fields.String(required=True, allow_none=True)
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


class SummarySchema(Schema):
    success = fields.Boolean(required=True)
    summary = fields.Nested(SumsSchema, required=True)


class CleanupQuery(Schema):
    days = fields.Integer(load_default=90, validate=Range(30, 365))


class CleanupSchema(Schema):
    success = fields.Boolean(required=True)
    deleted_count = fields.Integer(required=True)
    message = fields.String(required=True)


class MigrationSchema(Schema):
    success = fields.Boolean(required=True)
    is_migrated = fields.Boolean(required=True)
    migration_info = fields.Dict(required=True)
