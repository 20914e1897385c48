from marshmallow import EXCLUDE, Schema, fields
from marshmallow.validate import Length

from app.api.schemas.shapes import SuccessSchema

LONGEST_ADDRESS = 4096


class TestResultSchema(Schema):
    receiver = fields.String(required=True, metadata={"description": "Empty where there is none to test."})
    sent = fields.Boolean(required=True)
    detail = fields.String(required=True, metadata={"description": "A sentence without the address."})


class TestedSchema(SuccessSchema):
    results = fields.List(fields.Nested(TestResultSchema), required=True)


class WebhookAddressSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    webhook_url = fields.String(required=True, validate=Length(1, LONGEST_ADDRESS))


class ReceiverAddressSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    url = fields.String(required=True, validate=Length(1, LONGEST_ADDRESS))


class ReceiversSchema(Schema):
    receivers = fields.List(fields.String(), required=True)


class ValidatedSchema(Schema):
    valid = fields.Boolean(required=True)
    message = fields.String(required=True)
    details = fields.Nested(ReceiversSchema, required=True)
