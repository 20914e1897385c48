from marshmallow import Schema, fields
from marshmallow.validate import Length, Range

LARGEST_OFFSET = 2**53
MOST_LINES = 100_000


class LogEntrySchema(Schema):
    name = fields.String(required=True)
    size = fields.Integer(required=True)
    modified = fields.Float(required=True, metadata={"description": "Epoch seconds."})
    directory = fields.String(required=True, metadata={"example": "Logs"})


class LogsSchema(Schema):
    logs = fields.List(fields.Nested(LogEntrySchema), required=True)


class LogQuery(Schema):
    tail = fields.Integer(
        load_default=100, validate=Range(0, MOST_LINES), metadata={"description": "0 is all."}
    )
    offset = fields.Integer(
        load_default=None,
        validate=Range(0, LARGEST_OFFSET),
        metadata={"description": "Follow: the whole lines from this byte on, in place of a tail."},
    )
    file_id = fields.String(
        load_default=None,
        validate=Length(max=64),
        metadata={"description": "The file_id of the response before, which detects a rotated log."},
    )


class LogSchema(Schema):
    content = fields.List(fields.String(), required=True, metadata={"description": "Lines with their ends."})
    next_offset = fields.Integer(required=True, metadata={"description": "The offset to go on from."})
    size = fields.Integer(required=True)
    file_id = fields.String(required=True)
    truncated = fields.Boolean(required=True, metadata={"description": "Earlier lines were left out."})
    reset = fields.Boolean(metadata={"description": "The log is another one by now: read from its start."})
    message = fields.String()


class LogExistsSchema(Schema):
    exists = fields.Boolean(required=True)
    log_name = fields.String(required=True)
    path = fields.String(required=True, allow_none=True, metadata={"example": "Logs/Scriptlog.log"})
