from marshmallow import Schema, fields, post_load
from marshmallow.validate import Length, OneOf, Range

from app.api.schemas import shapes
from app.api.schemas.assets import LARGEST_PAGE, ArrangedQuery, ScanningSchema
from app.core.assets.naming import KINDS
from app.core.assets.roots import PLACES
from app.core.catalogue.facets import VALUES
from app.core.catalogue.listing import ORDERS
from app.core.catalogue.selection import FLAGS
from app.core.choices.rules import CATEGORIES

TEXT = [Length(max=shapes.LONGEST_SEARCH), shapes.NO_NUL, shapes.storable]


def text_filter(text: str) -> fields.String:
    return fields.String(validate=TEXT, metadata=shapes.described(text))


class FilterQuery(Schema):
    """What entries have in common; what is not named is not filtered by."""

    root = fields.String(load_default="assets", validate=OneOf(tuple(PLACES)))
    kind = fields.String(validate=OneOf(KINDS))
    library = text_filter("Name of a library.")
    language = text_filter('Code of a language, "xx" for no text.')
    provider = text_filter("TMDB, TVDB, Fanart or Other; empty for none.")
    owner = text_filter("Whose it is, as in /api/assets/states; empty for unknown.")
    upload = text_filter("What became of it on the media server; empty for nothing.")
    letter = fields.String(validate=[Length(max=4), shapes.NO_NUL, shapes.storable])
    year = fields.Integer(validate=Range(0, 9999))
    category = fields.String(validate=OneOf(tuple(CATEGORIES)))
    missing = fields.Boolean(metadata=shapes.described("Whether there is a choice and no picture."))
    textless = fields.Boolean()
    fallback = fields.Boolean()
    truncated = fields.Boolean()
    by_hand = fields.Boolean(metadata=shapes.described("Whether a person made or chose it."))
    resolved = fields.Boolean()

    @post_load
    def pairs(self, query: dict, **options) -> tuple[str, tuple[tuple[str, object], ...]]:
        """(root, filters) in one order, so that the same query has the same cached response."""
        return query.pop("root"), tuple(sorted(query.items()))


class CatalogueQuery(ArrangedQuery):
    limit = fields.Integer(load_default=200, validate=Range(1, LARGEST_PAGE))
    sort = fields.String(load_default="title", validate=OneOf(tuple(ORDERS)))


Flags = Schema.from_dict({name: fields.Boolean(required=True) for name in FLAGS}, name="Flags")
FlagCounts = Schema.from_dict({name: fields.Integer(required=True) for name in FLAGS}, name="FlagCounts")
CategoryCounts = Schema.from_dict(
    {name: fields.Integer(required=True) for name in CATEGORIES}, name="CategoryCounts"
)
NO_FILE = {"required": True, "allow_none": True}


class CatalogueEntrySchema(shapes.SomePictureSchema, Flags):
    """An entry without a picture has null in the fields of its file."""

    path = fields.String(**NO_FILE)
    name = fields.String(**NO_FILE)
    url = fields.String(**NO_FILE)
    size = fields.Integer(**NO_FILE)
    created = fields.Float(**NO_FILE)
    modified = fields.Float(**NO_FILE)
    kind = fields.String(required=True, metadata=shapes.described("See the query.", example="poster"))
    type = fields.String(required=True, metadata=shapes.described("As in the galleries.", example="Show"))
    library = fields.String(required=True)
    item = fields.String(required=True, metadata=shapes.described("The folder of the film or show."))
    title = fields.String(required=True)
    letter = fields.String(required=True)
    year = fields.Integer(required=True, allow_none=True)
    language = fields.String(required=True)
    provider = fields.String(required=True)
    owner = fields.String(required=True)
    upload = fields.String(required=True)
    choice_id = fields.Integer(required=True, allow_none=True)


class CataloguePageSchema(shapes.PageSchema, ScanningSchema):
    assets = fields.List(fields.Nested(CatalogueEntrySchema), required=True)


class LetterSchema(Schema):
    letter = fields.String(required=True, metadata=shapes.described("# for signs and digits, * for Chinese."))
    count = fields.Integer(required=True)
    offset = fields.Integer(required=True, metadata=shapes.described("Of the first one, sorted by title."))


class YearSchema(Schema):
    year = fields.Integer(required=True)
    count = fields.Integer(required=True)


class FacetValueSchema(Schema):
    value = fields.String(required=True, metadata=shapes.described("Empty for what is not known."))
    count = fields.Integer(required=True)


Values = Schema.from_dict(
    {name: fields.List(fields.Nested(FacetValueSchema), required=True) for name in VALUES}, name="Values"
)


class CatalogueIndexSchema(shapes.SuccessSchema, ScanningSchema, Values):
    total = fields.Integer(required=True)
    letters = fields.List(fields.Nested(LetterSchema), required=True)
    years = fields.List(fields.Nested(YearSchema), required=True)
    flags = fields.Nested(FlagCounts, required=True)
    categories = fields.Nested(CategoryCounts, required=True)
