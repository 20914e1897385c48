from marshmallow import EXCLUDE, Schema, fields
from marshmallow.validate import Length, OneOf

from app.api.document import ErrorSchema
from app.api.schemas.config import BackupSchema
from app.api.schemas.shapes import NO_NUL, MessageSchema, SuccessSchema, described
from app.core.item_rules.checking import COVERS, KINDS, ORDERS, PROVIDERS, SIZES, TITLED_KINDS


class ConditionsSchema(Schema):
    """All of them have to hold; none means every item. Names are compared whole, whatever their case."""

    library = fields.String()
    label = fields.String(metadata=described("A label of Plex, a tag of Jellyfin or Emby."))
    title = fields.String(metadata={"example": "Dark (2017)"})
    show = fields.String(metadata=described("As title, for shows only."))


class RuleValuesSchema(Schema):
    """What the rule sets; all else is left to other rules and to config.json."""

    language = fields.List(fields.String(), metadata={"example": ["fr-CA", "xx"]})
    region = fields.String(metadata={"example": "CA"})
    provider = fields.Raw(
        metadata=described(f"A favourite, or a list that is the whole order, of {', '.join(PROVIDERS)}.")
    )
    design = fields.Dict(metadata={"example": {"PosterOverlayPart": {"fontcolor": "red"}}})
    text = fields.Boolean(metadata=described("Whether titles and labels are drawn."))
    title_size = fields.Integer(metadata={"minimum": SIZES[0], "maximum": SIZES[1]} | described("Per cent."))
    correct = fields.Dict(
        keys=fields.String(),
        values=fields.Dict(),
        metadata=described(f"Corrections of titles, by kind: {', '.join(TITLED_KINDS)}.")
        | {"example": {"poster": {"text": "Alien\nCovenant", "size": 120, "shade": 40, "move": 5}}},
    )
    skip = fields.Raw(metadata=described(f"true, false, or a list of kinds: {', '.join(KINDS)}."))
    episode_order = fields.String(metadata={"enum": list(ORDERS)})
    unwatched = fields.String(metadata={"enum": list(COVERS)})


class RuleSchema(Schema):
    name = fields.String(required=True, metadata={"example": "Dark in German"})
    when = fields.Nested(ConditionsSchema)
    set = fields.Nested(RuleValuesSchema, required=True)


class RulesSchema(SuccessSchema):
    rules = fields.List(fields.Nested(RuleSchema), required=True)
    mistakes = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        metadata=described("What is wrong with rules of the file, by place: runs refuse such a file."),
    )
    warnings = fields.List(
        fields.String(),
        required=True,
        metadata=described("Rules that contradict each other for items that meet the conditions of both."),
    )
    revision = fields.String(required=True, metadata=described("Of the file; also the ETag."))


class RulesChangeSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    rules = fields.Raw(
        required=True,
        metadata={"type": "array", "items": {"type": "object"}}
        | described("All rules, as GET shows them, in place of those of the file; the later of two counts."),
    )
    revision = fields.String(allow_none=True, metadata=described("As shown: 409 where it is past."))


class RulesSavedSchema(MessageSchema):
    changed = fields.Boolean(required=True)
    warnings = fields.List(fields.String(), required=True)
    revision = fields.String(required=True)
    backup = fields.String(required=True, allow_none=True)


class RulesErrorSchema(ErrorSchema):
    """Nothing was saved."""

    errors = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        metadata={"example": {"rules[0].set.text": 'must be true or false, but is "no"'}},
    )


class RulesBackupsSchema(SuccessSchema):
    backups = fields.List(fields.Nested(BackupSchema), required=True)


class RulesQuestionSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    rules = fields.Raw(
        required=True,
        metadata={"type": "array", "items": {"type": "object"}}
        | described("All rules, as they would be saved."),
    )


class RuleMatchSchema(Schema):
    titles = fields.Integer(required=True, metadata=described("Films, shows and collections."))
    pictures = fields.Integer(required=True)
    example = fields.String(
        required=True, allow_none=True, metadata=described("The path of one of the pictures.")
    )
    kind = fields.String(required=True, allow_none=True, metadata=described("Of that picture."))


class RuleConflictSchema(Schema):
    """Two rules that set something differently, by their places in the list."""

    first = fields.Integer(required=True)
    second = fields.Integer(required=True)
    setting = fields.String(required=True)
    certain = fields.Boolean(
        required=True,
        metadata=described("Both apply to the same items; else only some items meet the conditions of both."),
    )


class RuleMatchesSchema(SuccessSchema):
    matches = fields.List(
        fields.Nested(RuleMatchSchema, allow_none=True),
        required=True,
        metadata=described("In the order of the rules; null for one that is not right yet."),
    )
    mistakes = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    conflicts = fields.List(fields.Nested(RuleConflictSchema), required=True)


class NamesQuerySchema(Schema):
    class Meta:
        unknown = EXCLUDE

    of = fields.String(load_default="title", validate=OneOf(("library", "label", "title", "show")))
    search = fields.String(load_default="", validate=(Length(0, 300), NO_NUL))


class RuleNameSchema(Schema):
    name = fields.String(required=True)
    titles = fields.Integer(required=True)


class NamesSchema(SuccessSchema):
    names = fields.List(fields.Nested(RuleNameSchema), required=True)
