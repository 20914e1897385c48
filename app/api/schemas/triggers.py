from marshmallow import Schema, fields
from marshmallow.validate import OneOf, Range

from app.api.schemas.history import LARGEST_OFFSET
from app.models import TriggerStatus

STATUSES = [str(status) for status in TriggerStatus]


class TriggersQuery(Schema):
    limit = fields.Integer(load_default=50, validate=Range(1, 500))
    offset = fields.Integer(load_default=0, validate=Range(0, LARGEST_OFFSET))
    status = fields.String(load_default=None, validate=OneOf(STATUSES))


class RunOfTriggerSchema(Schema):
    id = fields.Integer(required=True)
    status = fields.String(required=True)


class TriggerSchema(Schema):
    id = fields.Integer(required=True)
    item = fields.String(required=True, metadata={"example": "Dark (2017), season 1, episodes 1-3"})
    sender = fields.String(required=True, metadata={"description": "Empty where a file does not tell."})
    name = fields.String(required=True, metadata={"description": "The sender's event, or its media type."})
    title = fields.String(required=True)
    year = fields.Integer(required=True, allow_none=True)
    season = fields.Integer(required=True, allow_none=True)
    episodes = fields.List(fields.Integer(), required=True)
    status = fields.String(required=True, metadata={"enum": STATUSES})
    received_at = fields.DateTime(required=True)
    waiting_until = fields.DateTime(required=True, allow_none=True)
    ended_at = fields.DateTime(required=True, allow_none=True)
    attempts = fields.Integer(required=True)
    last_error = fields.String(required=True, allow_none=True)
    file = fields.String(required=True, metadata={"description": "Below the watcher folder."})
    run_id = fields.Integer(required=True, allow_none=True, metadata={"description": "Its latest run."})
    runs = fields.List(fields.Nested(RunOfTriggerSchema), required=True)


class TriggersSchema(Schema):
    success = fields.Boolean(required=True)
    triggers = fields.List(fields.Nested(TriggerSchema), required=True)
    count = fields.Integer(required=True)
    total = fields.Integer(required=True)
    limit = fields.Integer(required=True)
    offset = fields.Integer(required=True)
