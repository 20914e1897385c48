from marshmallow import Schema, fields


class PingSchema(Schema):
    status = fields.String(required=True)


class ProblemSchema(Schema):
    type = fields.String(required=True, metadata={"enum": ["error", "warning", "note"]})
    source = fields.String(required=True)
    message = fields.String(required=True)
    advice = fields.String(required=True)


class HealthSchema(Schema):
    status = fields.String(required=True, metadata={"enum": ["ok", "problems"]})
    problems = fields.List(fields.Nested(ProblemSchema), required=True)
