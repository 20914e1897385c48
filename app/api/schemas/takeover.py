"""The report of a takeover."""

from marshmallow import Schema, fields

from app.api.schemas.shapes import SuccessSchema, described
from app.core.takeover.part_outcome import PartState


class LeftOutSchema(Schema):
    reason = fields.String(required=True)
    count = fields.Integer(required=True)


class TakeoverPartSchema(Schema):
    name = fields.String(required=True, metadata={"example": "history"})
    source = fields.String(required=True, metadata=described("The file below the data folder."))
    state = fields.String(required=True, metadata={"enum": [str(state) for state in PartState]})
    taken = fields.Integer(
        required=True,
        metadata=described("Rows that were added; files or settings in use where it is in place."),
    )
    known = fields.Integer(required=True, metadata=described("Rows that were there before."))
    left_out = fields.List(fields.Nested(LeftOutSchema), required=True)
    notes = fields.List(fields.String(), required=True)
    advice = fields.String(required=True, metadata=described("What to do; empty where nothing is needed."))


class TakeoverSchema(SuccessSchema):
    found = fields.Boolean(required=True, metadata=described("False where there was nothing to take over."))
    started_at = fields.String(required=True, allow_none=True)
    finished_at = fields.String(
        required=True,
        allow_none=True,
        metadata=described("Null while it goes on, and where it was interrupted."),
    )
    parts = fields.List(fields.Nested(TakeoverPartSchema), required=True)
