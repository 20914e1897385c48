"""Checks of the journal of artwork."""

from marshmallow import Schema, fields

from app.api.schemas.shapes import described


class CheckedSchema(Schema):
    assets = fields.Integer(required=True)
    entries = fields.Integer(required=True)
    files = fields.Integer(required=True)
    kept = fields.Integer(required=True, metadata=described("Files of the store of replaced artwork."))


class FoundCountSchema(Schema):
    what = fields.String(required=True)
    found = fields.Integer(required=True)
    repaired = fields.Integer(required=True)


class FindingSchema(Schema):
    what = fields.String(required=True, metadata={"example": "bytes_missing"})
    path = fields.String(required=True)
    why = fields.String(required=True, metadata=described("What is wrong, and what to do."))
    fault = fields.Boolean(required=True, metadata=described("False where the next run attends to it."))
    repaired = fields.Boolean(required=True)


class JournalCheckSchema(Schema):
    sound = fields.Boolean(required=True, metadata=described("False where a fault is left."))
    repairs = fields.Boolean(required=True)
    checked = fields.Nested(CheckedSchema, required=True)
    counts = fields.List(fields.Nested(FoundCountSchema), required=True)
    findings = fields.List(
        fields.Nested(FindingSchema), required=True, metadata=described("At most 100 of each kind.")
    )
