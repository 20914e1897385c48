from marshmallow import Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, OneOf, Range, Regexp

from app.api.schemas import shapes
from app.api.schemas.bulk_choices import text_condition
from app.api.schemas.catalogue import CatalogueEntrySchema
from app.api.schemas.runs import asset_paths
from app.core.assets.arrangement import Arrangement
from app.core.assets.naming import KINDS
from app.core.attention.listing import LONGEST_PLACE
from app.core.catalogue.concerns import CONCERNS, ODD

MOST_ENTRIES = 200
ENTRY = Regexp(r"^[0-9a-f]{16}$")
FILTERS = ("library", "kind")


def concern_field(**options) -> fields.String:
    return fields.String(validate=OneOf(tuple(CONCERNS)), **options)


def place_field() -> fields.String:
    place = shapes.described("`next` or `previous` of another page.")
    return fields.String(load_default="", validate=Length(max=LONGEST_PLACE), metadata=place)


class AttentionFilterSchema(Schema):
    """What entries have in common; an empty one means all."""

    library = text_condition()
    kind = fields.String(load_default=None, allow_none=True, validate=OneOf(KINDS))
    search = text_condition()

    @post_load
    def without_null(self, query: dict, **options) -> dict:
        return {**query, "search": query["search"] or ""}


class AttentionQuerySchema(AttentionFilterSchema):
    concern = concern_field(load_default=None)
    ignored = fields.Boolean(load_default=False, metadata=shapes.described("Those that are ignored instead."))
    limit = fields.Integer(load_default=50, validate=Range(1, MOST_ENTRIES))
    after = place_field()
    before = place_field()

    @post_load
    def words_and_pairs(self, query: dict, **options) -> dict:
        pairs = tuple((name, query[name]) for name in FILTERS if query[name] is not None)
        return {**query, "words": tuple(Arrangement(query["search"] or "").words), "filters": pairs}


class ConcernSchema(Schema):
    concern = fields.String(required=True)
    count = fields.Integer(required=True)
    ignored = fields.Integer(required=True)


class AttentionEntrySchema(CatalogueEntrySchema):
    entry = fields.String(required=True, metadata=shapes.described("Its name in an ignore."))
    place = fields.String(required=True)
    asset = fields.String(required=True, metadata=shapes.described("Where the picture lies, or would lie."))
    ignore = fields.Integer(
        required=True, allow_none=True, metadata=shapes.described("The ignore of this entry alone.")
    )


class AttentionSchema(shapes.SuccessSchema):
    concern = concern_field(required=True, metadata=shapes.described("Whose entries these are."))
    concerns = fields.List(fields.Nested(ConcernSchema), required=True)
    entries = fields.List(fields.Nested(AttentionEntrySchema), required=True)
    total = fields.Integer(required=True)
    first = fields.Integer(required=True, metadata=shapes.described("How many come before the first one."))
    next = fields.String(required=True, allow_none=True)
    previous = fields.String(required=True, allow_none=True)


class PicturesAgainSchema(Schema):
    assets = asset_paths(required=True)


class IgnoreSchema(Schema):
    """Either `entry` or `filter`."""

    concern = fields.String(required=True, validate=OneOf((*CONCERNS, ODD)))
    entry = fields.String(load_default=None, allow_none=True, validate=ENTRY)
    until_new = fields.Boolean(
        load_default=False, metadata=shapes.described("Only until a run finds other artwork.")
    )
    filter = fields.Nested(AttentionFilterSchema, load_default=None, allow_none=True)

    @validates_schema
    def names_pictures(self, data: dict, **more: object) -> None:
        if (data.get("entry") is None) == (data.get("filter") is None):
            raise ValidationError("Give either an entry or a filter.", "entry")
        if data.get("concern") == ODD and data.get("entry") is None:
            raise ValidationError("What stands out is ignored one by one.", "filter")
        if data.get("until_new") and data.get("entry") is None:
            raise ValidationError("Only one picture can be ignored until new artwork appears.", "until_new")


class IgnoredSchema(shapes.SuccessSchema):
    id = fields.Integer(required=True, metadata=shapes.described("DELETE /api/attention/ignores/{id}."))
