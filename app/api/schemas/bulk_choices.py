from marshmallow import Schema, ValidationError, fields, validates_schema
from marshmallow.validate import Length, OneOf, Range

from app.api.schemas.shapes import LONGEST_SEARCH, NO_NUL, MessageSchema, described, storable
from app.core.choices.rules import CATEGORIES
from app.core.runs import LARGEST_NUMBER

MOST_CHOICES = 100_000
UNDO = "The change to undo, by /api/imagechoices/changes/{number}/undo; null where nothing was changed."


def numbers_field(**options) -> fields.List:
    number = fields.Integer(strict=True, validate=Range(1, LARGEST_NUMBER))
    return fields.List(number, validate=Length(max=MOST_CHOICES), **options)


def text_condition() -> fields.String:
    return fields.String(
        load_default=None, allow_none=True, validate=[Length(max=LONGEST_SEARCH), NO_NUL, storable]
    )


class ChoiceFilterSchema(Schema):
    """An empty one means all image choices."""

    category = fields.String(load_default=None, allow_none=True, validate=OneOf(tuple(CATEGORIES)))
    search = text_condition()
    library = text_condition()


class BulkResolveSchema(Schema):
    """Either `ids` or `filter`."""

    ids = numbers_field(load_default=None, allow_none=True)
    filter = fields.Nested(ChoiceFilterSchema, load_default=None, allow_none=True)
    excepted = numbers_field(
        load_default=list, metadata=described("What is not changed although list or filter means it.")
    )
    resolved = fields.Boolean(load_default=True, metadata=described("False opens them again."))
    dry_run = fields.Boolean(
        load_default=False, metadata=described("Return what would be done, change nothing.")
    )
    expected = fields.Integer(
        load_default=None,
        allow_none=True,
        validate=Range(min=0),
        metadata=described("The agreed plan's `count`; 409 where it is another by now."),
    )

    @validates_schema
    def names_choices(self, data: dict, **more: object) -> None:
        if (data.get("ids") is None) == (data.get("filter") is None):
            raise ValidationError("Give either ids or a filter.", "ids")


class SkippedChoicesSchema(Schema):
    why = fields.String(required=True)
    count = fields.Integer(required=True)
    ids = fields.List(fields.Integer(), required=True, metadata=described("The first hundred."))


class BulkResolvedSchema(MessageSchema):
    dry_run = fields.Boolean(required=True)
    change = fields.Integer(required=True, allow_none=True, metadata=described(UNDO))
    count = fields.Integer(required=True, metadata=described("How many were or would be changed."))
    skipped_count = fields.Integer(required=True)
    skipped = fields.List(fields.Nested(SkippedChoicesSchema), required=True)


class UndoneChangeSchema(MessageSchema):
    count = fields.Integer(required=True)
    skipped_count = fields.Integer(
        required=True, metadata=described("Changed again or deleted since, and left as they are.")
    )
