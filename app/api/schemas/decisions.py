from marshmallow import Schema, fields
from marshmallow.validate import OneOf

from app.api.schemas import shapes
from app.api.schemas.assets import ADDRESS, BYTES
from app.api.schemas.shapes import SuccessSchema
from app.core.decisions.states import HOLDS, OWNERS, UPLOAD_STATES


class StatesQuery(shapes.PageQuery):
    owner = fields.String(load_default=None, validate=OneOf(OWNERS))
    upload = fields.String(load_default=None, validate=OneOf(UPLOAD_STATES))


class StateSchema(shapes.PictureSchema):
    path = fields.String(required=True)
    owner = fields.String(required=True, metadata={"example": "ours"})
    upload = fields.String(
        required=True, metadata={"example": "waiting", "description": "Empty for one that is on no server."}
    )
    url = fields.String(required=True, **ADDRESS)


class StatesSchema(shapes.PageSchema):
    assets = fields.List(fields.Nested(StateSchema), required=True)


class PlaceSchema(Schema):
    server = fields.String(required=True, metadata={"example": "plex"})
    item_key = fields.String(required=True, metadata={"description": "Film, show, season or episode there."})
    slot = fields.String(required=True, metadata={"example": "poster"})


class ShownSchema(Schema):
    art_id = fields.String(required=True, metadata={"description": "Names the picture; empty for none."})
    validator = fields.String(required=True)
    sha256 = fields.String(required=True, metadata={"description": "Empty where its bytes were not read."})
    size = fields.Integer(required=True, **BYTES)
    owner = fields.String(required=True, validate=OneOf(OWNERS))
    labels = fields.List(fields.String(), required=True)
    pile = fields.List(
        fields.String(), required=True, metadata={"description": "All numbered pictures, in their order."}
    )
    is_locked = fields.Boolean(required=True)


class UploadStateSchema(Schema):
    place = fields.Nested(PlaceSchema, required=True)
    state = fields.String(required=True, validate=OneOf(UPLOAD_STATES))
    why = fields.String(required=True, metadata={"description": "How we know, or why it was not uploaded."})
    sent_sha256 = fields.String(required=True)
    file_sha256 = fields.String(
        required=True, metadata={"description": "The file that those bytes were made of."}
    )
    shown = fields.Nested(ShownSchema, required=True, metadata={"description": "What the server shows now."})
    before = fields.Nested(ShownSchema, required=True, metadata={"description": "Before our first upload."})
    taken_labels = fields.List(fields.String(), required=True)
    at = fields.DateTime(required=True, allow_none=True)


class DecisionSchema(SuccessSchema):
    path = fields.String(required=True, metadata={"example": "Movies/Alien (1979)/poster.jpg"})
    action = fields.String(required=True)
    reason = fields.String(required=True, metadata={"example": "new"})
    why = fields.String(metadata={"example": "there is no file yet"})
    decision = fields.Dict(required=True, metadata={"description": "What was chosen, and why not the rest."})
    drawn = fields.Dict(required=True, metadata={"description": "Whether a text was cut, and notes."})
    ingredients = fields.Dict(required=True, allow_none=True)
    file = fields.Dict(required=True, allow_none=True)
    rejected = fields.List(fields.Dict(), required=True)
    owner = fields.String(
        required=True, validate=OneOf(OWNERS), metadata={"description": "Whose the file was in the last run."}
    )
    owner_why = fields.String(required=True, metadata={"description": "How we know."})
    undone = fields.Dict(
        required=True,
        allow_none=True,
        metadata={"description": "What it was made of when a person took it back: not made of that again."},
    )
    uploads = fields.List(
        fields.Nested(UploadStateSchema),
        required=True,
        metadata={"description": "What became of it on the media server, by place."},
    )
    hold = fields.String(
        required=True,
        validate=OneOf(HOLDS),
        metadata={"description": "What a person said: held is left alone by runs, released is made anew."},
    )
    edits = fields.Integer(required=True, metadata={"description": "How often a person has changed it."})
    asked = fields.String(required=True)
    decided_at = fields.DateTime(required=True, allow_none=True)
    run = fields.String(required=True)
