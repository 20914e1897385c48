from marshmallow import EXCLUDE, Schema, fields
from marshmallow.validate import Length, Range

from app.api.schemas.shapes import NO_NUL, described
from app.core.outgoing.picture_download import LONGEST_ADDRESS
from app.core.replacing.offered_address import SEAL_LENGTH


class PreviewQuery(Schema):
    class Meta:
        unknown = EXCLUDE

    address = fields.String(required=True, validate=[Length(1, LONGEST_ADDRESS), NO_NUL])
    seal = fields.String(
        required=True,
        validate=Length(1, SEAL_LENGTH),
        metadata=described("By which the server knows that it offered the address."),
    )
    width = fields.Integer(
        load_default=320,
        validate=Range(1, 100_000),
        metadata=described("Pixels: the next one of 160, 320, 480, 640 and 960 is sent."),
    )
