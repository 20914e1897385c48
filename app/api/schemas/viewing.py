from marshmallow import Schema, ValidationError, fields, post_load, validates
from marshmallow.validate import Length, OneOf, Range

from app.api.schemas.shapes import SuccessSchema, described
from app.core.viewing.clients import CLIENTS, DEVICES, FULL_HEIGHTS, SHAPE_OF_KIND
from app.core.viewing.losses import ShownText

MOST_TEXTS = 200
LARGEST_TYPE = 4000
SIDES = 4


class ShownTextSchema(Schema):
    """A text on a picture, as the previews report it."""

    kind = fields.String(required=True, validate=OneOf(tuple(SHAPE_OF_KIND)))
    box = fields.List(
        fields.Float(validate=Range(0, 1)),
        required=True,
        validate=Length(equal=SIDES),
        metadata=described("Left, top, right and bottom of its ink, in shares of the picture."),
    )
    size = fields.Float(
        required=True,
        validate=Range(0, LARGEST_TYPE),
        metadata=described("The size of its type in points of the picture of full size."),
    )

    @validates("box")
    def is_a_box(self, box: list[float], **_: object) -> None:
        if len(box) == SIDES and (box[0] > box[2] or box[1] > box[3]):
            raise ValidationError("Left comes before right, and top before bottom.")

    @post_load
    def text(self, sent: dict, **_: object) -> ShownText:
        height = FULL_HEIGHTS[SHAPE_OF_KIND[sent["kind"]]]
        return ShownText(sent["kind"], tuple(sent["box"]), sent["size"] / height)


class ShownTextsSchema(Schema):
    texts = fields.List(fields.Nested(ShownTextSchema), required=True, validate=Length(max=MOST_TEXTS))


class LossSchema(Schema):
    text = fields.Integer(required=True, metadata=described("Its place in the list that was sent."))
    client = fields.String(required=True, validate=OneOf(CLIENTS), attribute="loss.view.client")
    device = fields.String(required=True, validate=OneOf(DEVICES), attribute="loss.view.device")
    loss = fields.String(
        required=True,
        attribute="loss.name",
        metadata=described("covered, cut, or small: too small to be read."),
    )
    mark = fields.String(
        required=True, attribute="loss.mark", metadata=described("What covers it; empty where nothing does.")
    )
    amount = fields.Float(
        required=True,
        attribute="loss.amount",
        metadata=described("The share that is lost, or the height of a capital in the unit of the screen."),
    )
    least = fields.Float(
        required=True,
        attribute="loss.view.screen.least",
        metadata=described("The least height of a capital: minutes of arc, or millimetres on a phone."),
    )


class LossesSchema(SuccessSchema):
    losses = fields.List(fields.Nested(LossSchema), required=True)
