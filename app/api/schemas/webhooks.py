from marshmallow import Schema, fields

from app.api.schemas.shapes import SuccessSchema


class CheckSchema(Schema):
    name = fields.String(required=True, metadata={"example": "watcher"})
    ok = fields.Boolean(required=True)
    message = fields.String(required=True)


class WebhookSchema(SuccessSchema):
    """The response to a sender: its files where triggers were queued, checks after a test."""

    message = fields.String(required=True, metadata={"example": "Trigger queued for Radarr"})
    file = fields.String()
    files = fields.List(fields.String())
    queued = fields.Integer(metadata={"description": "How many triggers wait because of this."})
    checks = fields.List(fields.Nested(CheckSchema))
