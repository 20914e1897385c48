from marshmallow import Schema, fields
from marshmallow.validate import Length

from app.core.live.event_log import LONGEST_POSITION


class EventQuery(Schema):
    last_event_id = fields.String(
        load_default=None,
        validate=Length(max=LONGEST_POSITION),
        metadata={"description": "The id of the last event that is known, as in the header Last-Event-ID."},
    )
