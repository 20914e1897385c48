from marshmallow import Schema, fields
from marshmallow.validate import Length, OneOf

from app.api.schemas.shapes import NO_NUL, SuccessSchema, described
from app.core.duels.taste import TRAITS
from app.core.paths import LONGEST_PATH

LONGEST_ADDRESS = 4000
CODES = tuple({name for one in TRAITS for name in (one.code, one.opposite) if name})


def path_field() -> fields.String:
    metadata = {"example": "Movies/Alien (1979)/poster.jpg"}
    return fields.String(required=True, validate=[Length(1, LONGEST_PATH), NO_NUL], metadata=metadata)


class DuelSkipSchema(Schema):
    asset = path_field()


class DuelChoiceSchema(DuelSkipSchema):
    won = fields.String(required=True, validate=[Length(1, LONGEST_ADDRESS), NO_NUL])
    lost = fields.String(required=True, validate=[Length(1, LONGEST_ADDRESS), NO_NUL])


class ContenderSchema(Schema):
    address = fields.String(required=True)
    provider = fields.String(required=True)
    text = fields.String(required=True, metadata=described("textless, text or unknown."))
    picture = fields.String(required=True, metadata=described("The address of a small copy on this server."))


class DuelPairSchema(Schema):
    asset = fields.String(required=True)
    title = fields.String(required=True)
    library = fields.String(required=True)
    left = fields.Nested(ContenderSchema, required=True)
    right = fields.Nested(ContenderSchema, required=True)


class TasteRuleSchema(Schema):
    code = fields.String(required=True, validate=OneOf(CODES))
    value = fields.String(required=True)
    agreed = fields.Integer(required=True)
    pairs = fields.Integer(required=True, metadata=described("How many pairs differ in this."))
    is_sure = fields.Boolean(
        required=True, metadata=described("Whether chance would bring it about in one of twenty at most.")
    )
    is_tangled = fields.Boolean(
        required=True,
        metadata=described("Whether it came together with a surer one, so that nobody can tell them apart."),
    )
    settings = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(),
        required=True,
        metadata=described("What follows from it, by section and key; empty where no setting chooses by it."),
    )


class DuelSchema(SuccessSchema):
    pair = fields.Nested(DuelPairSchema, required=True, allow_none=True)
    choices = fields.Integer(required=True)
    skipped = fields.Integer(required=True)
    enough = fields.Integer(required=True, metadata=described("From how many choices on taste is told."))
    taste = fields.List(fields.Nested(TasteRuleSchema), required=True)
