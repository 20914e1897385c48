from marshmallow import Schema, fields


class ServiceSchema(Schema):
    message = fields.String(required=True)
    status = fields.String(required=True)
