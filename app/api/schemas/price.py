from marshmallow import EXCLUDE, Schema, ValidationError, fields, validates_schema
from marshmallow.validate import Length

from app.api.schemas.shapes import NO_NUL, SuccessSchema, described

MOST_SETTINGS = 500
COUNTS = {"keys": fields.String(), "values": fields.Integer(), "required": True}


class PriceQuestionSchema(Schema):
    """What would be saved; what is missing stays as it is."""

    class Meta:
        unknown = EXCLUDE

    settings = fields.Dict(
        keys=fields.String(validate=Length(1, 100)),
        values=fields.Dict(keys=fields.String(validate=Length(1, 100))),
        load_default=None,
        allow_none=True,
        metadata=described("By section and name, over those of config.json.")
        | {"example": {"PosterOverlayPart": {"maxPointSize": "180"}}},
    )
    design = fields.String(
        load_default=None,
        allow_none=True,
        validate=(Length(0, 100), NO_NUL),
        metadata=described("The id of a design, whose settings stand below these."),
    )
    rules = fields.Raw(
        load_default=None,
        allow_none=True,
        metadata={"type": "array", "items": {"type": "object"}}
        | described("All rules, in place of those of rules.json."),
    )
    slot = fields.String(
        load_default=None,
        allow_none=True,
        validate=(Length(0, 100), NO_NUL),
        metadata=described("A newer question of the same slot lets a waiting one end with 409."),
    )

    @validates_schema
    def require_few_settings(self, data: dict, **_: object) -> None:
        """Pictures depend on some dozen settings."""
        if sum(map(len, (data.get("settings") or {}).values())) > MOST_SETTINGS:
            raise ValidationError(f"At most {MOST_SETTINGS} settings.", "settings")


class PriceBasisSchema(Schema):
    exact = fields.Boolean(required=True, metadata=described("Nothing of it depends on what providers have."))
    same = fields.Boolean(
        required=True, metadata=described("The next run draws the same without the change.")
    )
    waiting = fields.Integer(required=True, metadata=described("What the next run draws without the change."))
    may_change = fields.Integer(
        required=True,
        metadata=described(
            "Further pictures for which providers may have another one: only asking them shows."
        ),
    )
    may_change_by_kind = fields.Dict(**COUNTS)
    new_kinds = fields.List(
        fields.String(),
        required=True,
        metadata=described("Kinds that were not made until now, whose pictures are not counted."),
    )
    seconds_by = fields.String(
        required=True,
        metadata={"enum": ["runs", "drawing", "nothing"]}
        | described("Past runs of this machine, else one drawing; nothing where there is no picture yet."),
    )
    runs = fields.Integer(required=True, metadata=described("How many runs were measured."))


class PriceSchema(SuccessSchema):
    changed = fields.Integer(required=True, metadata=described("Pictures that the next run would draw."))
    by_kind = fields.Dict(**COUNTS)
    total = fields.Integer(required=True, metadata=described("Pictures that the run would look at."))
    seconds = fields.Float(required=True)
    bytes = fields.Integer(
        required=True, metadata=described("With the earlier pictures, which are kept to be undone.")
    )
    basis = fields.Nested(PriceBasisSchema, required=True)
