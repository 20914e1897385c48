from marshmallow import EXCLUDE, Schema, fields
from marshmallow.validate import Length, OneOf, Range

from app.api.schemas.shapes import (
    LARGEST_OFFSET,
    LARGEST_PAGE,
    LONGEST_SEARCH,
    NO_NUL,
    PictureSchema,
    SomePictureSchema,
    SuccessSchema,
    storable,
)
from app.core.choices.analytics import OTHER, PROVIDERS
from app.core.choices.rules import CATEGORIES
from app.core.choices.table import NAMES

LONGEST_TEXT = 4000
FLAG = {"metadata": {"description": 'The words "true" and "false", or a text.', "example": "false"}}
WORDS = ("Yes", "No", "yes", "no", "true", "false", "True", "False")


ChoiceTexts = Schema.from_dict(
    {name: fields.String(required=True, **FLAG) for name in NAMES.values()}, name="ChoiceTexts"
)
Changes = Schema.from_dict(
    {
        name: fields.String(
            load_default=None, allow_none=True, validate=[Length(max=LONGEST_TEXT), NO_NUL, storable]
        )
        for name in NAMES.values()
    },
    name="Changes",
)


class ChoiceSchema(ChoiceTexts):
    id = fields.Integer(required=True)
    created_at = fields.String(required=True, metadata={"example": "2025-11-25 16:30:03"})
    updated_at = fields.String(required=True, metadata={"example": "2025-11-25 16:30:03"})


class OverviewChoiceSchema(ChoiceSchema, SomePictureSchema):
    poster_url = fields.String(required=True, allow_none=True)
    has_poster = fields.Boolean(required=True)
    created = fields.Float(required=True, allow_none=True, metadata={"description": "Epoch seconds."})
    modified = fields.Float(required=True, allow_none=True, metadata={"description": "Epoch seconds."})
    owner = fields.String(
        required=True, allow_none=True, metadata={"description": "Whose it is.", "example": "ours"}
    )
    upload = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "What became of it on the media server.", "example": "waiting"},
    )


class CategorySchema(Schema):
    count = fields.Integer(required=True)
    assets = fields.List(fields.Nested(OverviewChoiceSchema), required=True)


Categories = Schema.from_dict(
    {name: fields.Nested(CategorySchema, required=True) for name in CATEGORIES}, name="Categories"
)


class OverviewConfigSchema(Schema):
    primary_language = fields.String(required=True, allow_none=True)
    primary_provider = fields.String(required=True, allow_none=True)
    primary_language_background = fields.String(required=True, allow_none=True)
    primary_language_season = fields.String(required=True, allow_none=True)
    primary_language_titlecard = fields.String(required=True, allow_none=True)


class OverviewSchema(Schema):
    categories = fields.Nested(Categories, required=True)
    config = fields.Nested(OverviewConfigSchema, required=True)
    total = fields.Integer(metadata={"description": "Of a page: how many choices there are to page through."})
    limit = fields.Integer()
    offset = fields.Integer()


class OverviewQuery(Schema):
    """Any of these asks for a page of each category, or of the named one; without them all is answered."""

    category = fields.String(validate=OneOf(tuple(CATEGORIES)))
    limit = fields.Integer(validate=Range(1, LARGEST_PAGE))
    offset = fields.Integer(validate=Range(0, LARGEST_OFFSET))
    search = fields.String(validate=[Length(max=LONGEST_SEARCH), NO_NUL, storable])


class ListQuery(Schema):
    limit = fields.Integer(load_default=None, validate=Range(1, LARGEST_PAGE))
    offset = fields.Integer(load_default=None, validate=Range(0, LARGEST_OFFSET))


class ChangesSchema(Changes):
    class Meta:
        unknown = EXCLUDE

    Title = fields.String(
        load_default=None, allow_none=True, validate=[Length(1, LONGEST_TEXT), NO_NUL, storable]
    )
    Manual = fields.String(
        load_default=None,
        allow_none=True,
        validate=OneOf(WORDS),
        metadata={"description": "Yes settles the choice for good, No takes that back."},
    )


class NewChoiceSchema(ChangesSchema):
    """A choice with its fields; what is left out is empty."""

    Title = fields.String(required=True, validate=[Length(1, LONGEST_TEXT), NO_NUL, storable])


class ChoiceMessageSchema(Schema):
    message = fields.String(required=True)


class AddedChoiceSchema(ChoiceMessageSchema):
    id = fields.Integer(required=True)


class FoundAssetSchema(PictureSchema):
    name = fields.String(required=True)
    path = fields.String(required=True, metadata={"description": "Below the folder of assets."})
    url = fields.String(required=True)
    type = fields.String(required=True, metadata={"example": "poster"})
    library = fields.String(required=True)


class FindAssetSchema(SuccessSchema):
    asset = fields.Nested(FoundAssetSchema, required=True)


class ProviderQuery(Schema):
    days = fields.Integer(load_default=30, validate=Range(7, 365))


ProviderDay = Schema.from_dict(
    {"date": fields.Date(required=True)}
    | {name: fields.Integer(required=True) for name in (*PROVIDERS, OTHER)},
    name="ProviderDay",
)


class ProviderDaysSchema(SuccessSchema):
    stats = fields.List(fields.Nested(ProviderDay), required=True)


class ImportStatsSchema(Schema):
    added = fields.Integer(required=True)
    updated = fields.Integer(required=True)
    skipped = fields.Integer(required=True, metadata={"description": "Rows that are known as they are."})
    errors = fields.Integer(required=True, metadata={"description": "Rows that do not fit the heading."})
    error_details = fields.List(fields.String(), required=True)


class ImportedSchema(ChoiceMessageSchema):
    stats = fields.Nested(ImportStatsSchema, required=True)
