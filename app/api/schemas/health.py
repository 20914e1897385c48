from marshmallow import Schema, fields
from marshmallow.validate import Length

from app.api.schemas.shapes import NO_NUL
from app.core.silenced_problems import LONGEST_CODE


class PingSchema(Schema):
    status = fields.String(required=True)


class ProblemSchema(Schema):
    type = fields.String(required=True, metadata={"enum": ["error", "warning", "note"]})
    source = fields.String(required=True)
    message = fields.String(required=True)
    advice = fields.String(required=True)
    code = fields.String(required=True, metadata={"description": "Names this kind of problem."})
    text = fields.String(
        required=True,
        metadata={"example": "disk", "description": "Names the words of message and advice; empty for none."},
    )
    values = fields.Dict(
        keys=fields.String(), required=True, metadata={"description": "What the message names, by the text."}
    )
    silenced = fields.Boolean(
        required=True, metadata={"description": "A person wants no warning of it: it counts as none."}
    )


class ProblemCodeSchema(Schema):
    code = fields.String(required=True, validate=[Length(1, LONGEST_CODE), NO_NUL])


class HealthSchema(Schema):
    status = fields.String(required=True, metadata={"enum": ["ok", "problems"]})
    problems = fields.List(fields.Nested(ProblemSchema), required=True)
