from marshmallow import Schema, fields
from marshmallow.validate import Length, OneOf

from app.api.schemas.shapes import PageQuery, PageSchema
from app.models import TriggerStatus

STATUSES = [str(status) for status in TriggerStatus]


class TriggersQuery(PageQuery):
    status = fields.String(load_default=None, validate=OneOf(STATUSES))
    sender = fields.String(
        load_default=None, validate=Length(max=32), metadata={"description": "Sonarr, Radarr or Tautulli."}
    )


class RunOfTriggerSchema(Schema):
    id = fields.Integer(required=True)
    status = fields.String(required=True)


class TriggerSchema(Schema):
    id = fields.Integer(required=True)
    item = fields.String(required=True, metadata={"example": "Dark (2017), season 1, episodes 1-3"})
    sender = fields.String(required=True, metadata={"description": "Empty where a file does not name it."})
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


class TriggersSchema(PageSchema):
    triggers = fields.List(fields.Nested(TriggerSchema), required=True)
