from datetime import UTC

from marshmallow import Schema, fields
from marshmallow.validate import Length, OneOf, Range

from app.core.log_entries import LEVELS_FROM
from app.core.log_slices import MOST_LINES_AT_ONCE

LARGEST_OFFSET = 2**53
MOST_LINES = 100_000


class LogEntrySchema(Schema):
    name = fields.String(required=True)
    size = fields.Integer(required=True)
    modified = fields.Float(required=True, metadata={"description": "Epoch seconds."})
    directory = fields.String(required=True, metadata={"example": "Logs"})


class LogsQuery(Schema):
    rotated = fields.Boolean(load_default=False, metadata={"description": "Also the logs of former runs."})


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


class LogSliceQuery(Schema):
    offset = fields.Integer(
        load_default=None,
        validate=Range(0, LARGEST_OFFSET),
        metadata={"description": "Where to begin, in bytes; the end where it is left out."},
    )
    backward = fields.Boolean(
        load_default=False, metadata={"description": "The lines before the offset, in place of those behind."}
    )
    limit = fields.Integer(load_default=100, validate=Range(1, MOST_LINES_AT_ONCE))
    file_id = fields.String(
        load_default=None,
        validate=Length(max=64),
        metadata={"description": "That of the response before; finds a log that was rotated since."},
    )
    text = fields.String(
        load_default="",
        validate=Length(max=200),
        metadata={"description": "Only lines that hold this, in large or small letters."},
    )
    level = fields.String(
        load_default="",
        validate=OneOf(("", *LEVELS_FROM)),
        metadata={"description": "Only lines of this level and of worse ones."},
    )
    is_near = fields.Boolean(
        load_default=False,
        metadata={"description": "The offset may lie within a line, the first one then."},
    )
    since = fields.AwareDateTime(
        load_default=None,
        default_timezone=UTC,
        metadata={"description": "In place of an offset: the first line of this time or later."},
    )


class LogLineSchema(Schema):
    offset = fields.Integer(required=True)
    end = fields.Integer(required=True, metadata={"description": "The offset of the next line."})
    time = fields.String(required=True, allow_none=True, metadata={"example": "2026-11-29T17:08:38+01:00"})
    level = fields.String(
        required=True,
        metadata={"description": "debug, info, warning, error, or that of the line before."},
    )
    head = fields.Integer(required=True, metadata={"description": "How many characters the time takes."})
    text = fields.String(required=True)
    is_cut = fields.Boolean(required=True, metadata={"description": "The line is longer than this."})


class LogSliceSchema(Schema):
    name = fields.String(required=True, metadata={"description": "The name that the log has now."})
    is_current = fields.Boolean(
        required=True, metadata={"description": "False where the log with the file_id was rotated."}
    )
    lines = fields.List(fields.Nested(LogLineSchema), required=True)
    start = fields.Integer(required=True, metadata={"description": "Looked through from here."})
    end = fields.Integer(
        required=True, metadata={"description": "Looked through up to here, 4 MiB a call at most."}
    )
    size = fields.Integer(required=True)
    file_id = fields.String(required=True)
    reset = fields.Boolean(
        required=True, metadata={"description": "The log was cut or is another one: read from its start."}
    )
    unfinished = fields.Nested(
        LogLineSchema, required=True, allow_none=True, metadata={"description": "A last line without an end."}
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
