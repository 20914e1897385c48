from marshmallow import fields

from app.api.schemas.shapes import SuccessSchema
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
