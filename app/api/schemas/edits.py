"""Deletions and other changes of artwork by hand."""

from marshmallow import Schema, ValidationError, fields, post_load, validates_schema
from marshmallow.validate import Length, OneOf, Range

from app.api.schemas.catalogue import TEXT, FilterQuery
from app.api.schemas.shapes import NO_NUL, MessageSchema
from app.core.assets.arrangement import Arrangement
from app.core.assets.roots import PLACES
from app.core.editing.edits import DELETE, HOLD, RELEASE
from app.core.editing.places import ASSETS
from app.core.editing.selection import CODES, ArtworkFilter
from app.core.paths import LONGEST_PATH
from app.core.runs import LARGEST_NUMBER

MOST_PATHS = 100_000
RUN = {"description": "The run to undo; null where nothing was changed."}


def paths_field(**options) -> fields.List:
    """Paths of pictures, as many as a large library has."""
    metadata = {"example": ["Movies/Alien (1979)/poster.jpg"]}
    return fields.List(fields.String(), validate=Length(max=MOST_PATHS), metadata=metadata, **options)


class EditedSchema(MessageSchema):
    run_id = fields.Integer(required=True, allow_none=True, metadata=RUN)


class PathsSchema(Schema):
    paths = paths_field(required=True)


class FailedPathSchema(Schema):
    path = fields.String(required=True)
    error = fields.String(required=True)


class BulkDeletedSchema(EditedSchema):
    """`success` is false where every deletion failed."""

    deleted = fields.List(fields.String(), required=True)
    failed = fields.List(fields.Nested(FailedPathSchema), required=True)


class AssetDeletedSchema(EditedSchema):
    file_deleted = fields.Boolean(required=True)
    db_deleted = fields.Boolean(required=True)


class RecordsSchema(Schema):
    record_ids = fields.List(
        fields.Integer(strict=True, validate=Range(1, LARGEST_NUMBER)),
        required=True,
        validate=Length(max=MOST_PATHS),
    )


class FailedRecordSchema(Schema):
    record_id = fields.Integer(required=True)
    error = fields.String(required=True)


class RecordsDeletedSchema(EditedSchema):
    deleted_count = fields.Integer(required=True)
    failed_count = fields.Integer(required=True)
    failed_items = fields.List(fields.Nested(FailedRecordSchema), required=True)


class ArtworkFilterSchema(FilterQuery):
    """What the catalogue is filtered by; an empty one means all pictures of the tree."""

    class Meta:
        exclude = ("root",)

    search = fields.String(load_default="", validate=TEXT)
    folder = fields.String(load_default=None, allow_none=True, validate=[Length(max=LONGEST_PATH), NO_NUL])

    @post_load
    def pairs(self, query: dict, **options: object) -> ArtworkFilter:
        """The filter of core."""
        words, folder = Arrangement(query.pop("search")).words, query.pop("folder")
        return ArtworkFilter(tuple(words), tuple(sorted(query.items())), folder)


class ChosenPicturesSchema(Schema):
    """Either `paths` or `filter`."""

    paths = paths_field(load_default=None, allow_none=True)
    filter = fields.Nested(ArtworkFilterSchema, load_default=None, allow_none=True)
    excepted = fields.List(
        fields.String(validate=NO_NUL),
        load_default=list,
        validate=Length(max=MOST_PATHS),
        metadata={"description": "Paths that are not changed although list or filter means them."},
    )
    dry_run = fields.Boolean(
        load_default=False, metadata={"description": "Return what would be done, change nothing."}
    )
    expected = fields.Integer(
        load_default=None,
        allow_none=True,
        validate=Range(min=0),
        metadata={"description": "The agreed plan's `count`; 409 where it is another by now."},
    )

    @validates_schema
    def names_something(self, data: dict, **more: object) -> None:
        if (data.get("paths") is None) == (data.get("filter") is None):
            raise ValidationError("Give either paths or a filter.", "paths")


class BulkEditSchema(ChosenPicturesSchema):
    action = fields.String(required=True, validate=OneOf((DELETE, HOLD, RELEASE)))
    root = fields.String(load_default=ASSETS, validate=OneOf(tuple(PLACES)))

    @validates_schema
    def has_an_owner(self, data: dict, **more: object) -> None:
        if data.get("action") != DELETE and data.get("root") != ASSETS:
            raise ValidationError("Only pictures of the asset folder are held and released.", "root")


class SkippedSchema(Schema):
    why = fields.String(required=True)
    code = fields.String(required=True, validate=OneOf(tuple(CODES.values())))
    count = fields.Integer(required=True)
    paths = fields.List(fields.String(), required=True, metadata={"description": "The first hundred."})


class SamplePictureSchema(Schema):
    path = fields.String(required=True)
    title = fields.String(required=True)
    thumbnail_url = fields.String(required=True)
    color = fields.String(required=True, allow_none=True)


class BulkEditedSchema(EditedSchema):
    dry_run = fields.Boolean(required=True)
    action = fields.String(required=True)
    sample = fields.List(
        fields.Nested(SamplePictureSchema),
        required=True,
        metadata={"description": "Of a dry run: up to twelve of the pictures that would be changed."},
    )
    count = fields.Integer(required=True, metadata={"description": "How many were or would be changed."})
    skipped_count = fields.Integer(required=True)
    skipped = fields.List(fields.Nested(SkippedSchema), required=True)
    failed = fields.List(fields.Nested(FailedPathSchema), required=True)
