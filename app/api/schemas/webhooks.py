from marshmallow import Schema, fields


class CheckSchema(Schema):
    name = fields.String(required=True, metadata={"example": "watcher"})
    ok = fields.Boolean(required=True)
    message = fields.String(required=True)


class WebhookSchema(Schema):
    """What a sender is told: its files where triggers were queued, checks after a test."""

    success = fields.Boolean(required=True)
    message = fields.String(required=True, metadata={"example": "Trigger queued for Radarr"})
    file = fields.String()
    files = fields.List(fields.String())
    queued = fields.Integer(metadata={"description": "How many triggers wait because of this."})
    checks = fields.List(fields.Nested(CheckSchema))
