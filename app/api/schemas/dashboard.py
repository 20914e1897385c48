from marshmallow import Schema, fields

from app.api.schemas.shapes import SuccessSchema, described
from app.api.schemas.status import StatusSchema
from app.api.schemas.system import SystemInfoSchema, VersionSchema


class SchedulerPartSchema(SuccessSchema):
    enabled = fields.Boolean(required=True)
    running = fields.Boolean(required=True)
    is_executing = fields.Boolean(required=True)
    schedules = fields.List(fields.Dict(), required=True)
    next_run = fields.String(required=True, allow_none=True)
    timezone = fields.String(required=True, allow_none=True)


class DashboardSchema(SuccessSchema):
    status = fields.Nested(StatusSchema, required=True)
    version = fields.Nested(VersionSchema, required=True)
    scheduler_status = fields.Nested(SchedulerPartSchema, required=True)
    system_info = fields.Nested(SystemInfoSchema, required=True)


class LastRunSchema(Schema):
    mode = fields.String(required=True)
    status = fields.String(required=True)
    ended_at = fields.String(required=True, allow_none=True, metadata=described("ISO 8601 with its offset."))
    images = fields.Integer(required=True)
    errors = fields.Integer(required=True)


class ImageCountsSchema(Schema):
    posters = fields.Integer(required=True)
    backgrounds = fields.Integer(required=True)
    seasons = fields.Integer(required=True)
    titlecards = fields.Integer(required=True)
    total = fields.Integer(required=True)


class GlanceSchema(SuccessSchema):
    """The state of the server in a few figures; what is not known is null."""

    health = fields.String(required=True, metadata={"enum": ["ok", "problems"]})
    problems = fields.Integer(required=True)
    problem = fields.String(required=True, allow_none=True, metadata=described("The first of them."))
    state = fields.String(required=True, metadata={"enum": ["idle", "running"]})
    running = fields.Boolean(required=True)
    mode = fields.String(required=True, allow_none=True)
    percent = fields.Float(required=True, allow_none=True)
    seconds_left = fields.Float(required=True, allow_none=True)
    queued = fields.Integer(required=True, allow_none=True)
    next_run = fields.String(required=True, allow_none=True, metadata=described("ISO 8601 with its offset."))
    last_run = fields.Nested(LastRunSchema, required=True, allow_none=True)
    images = fields.Nested(ImageCountsSchema, required=True, allow_none=True)
