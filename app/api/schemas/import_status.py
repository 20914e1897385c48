from marshmallow import Schema, fields

from app.api.schemas.shapes import SuccessSchema


class WatchedFilesSchema(Schema):
    csv = fields.List(fields.String(), required=True)
    json = fields.List(fields.String(), required=True)


class LogWatchSchema(SuccessSchema):
    available = fields.Boolean(required=True)
    running = fields.Boolean(required=True)
    logs_dir = fields.String(required=True)
    debounce_seconds = fields.Integer(required=True)
    poll_interval = fields.Integer(required=True)
    monitored_files = fields.Nested(WatchedFilesSchema, required=True)
