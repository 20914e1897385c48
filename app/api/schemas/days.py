from marshmallow import Schema, fields
from marshmallow.validate import Length, OneOf, Range

from app.api.schemas.assets import ADDRESS
from app.api.schemas.runs import StartedSchema
from app.api.schemas.shapes import NO_NUL, PageQuery, PageSchema, SuccessSchema, described, storable
from app.core.days.pictures import STATES
from app.core.paths import LONGEST_PATH

MOST_PATHS = 100_000


class PathField(fields.String):
    def __init__(self, **options):
        super().__init__(validate=[Length(max=LONGEST_PATH), NO_NUL, storable], **options)


class DaySchema(Schema):
    name = fields.String(required=True, metadata=described("Names the day, and its run in the journal."))
    run = fields.Integer(
        required=True, allow_none=True, metadata=described("The run, if it was one of here.")
    )
    mode = fields.String(required=True, metadata={"example": "normal"})
    at = fields.DateTime(required=True)


class DaysSchema(PageSchema):
    days = fields.List(fields.Nested(DaySchema), required=True)


class DaysQuery(PageQuery):
    pass


class DayPicturesQuery(Schema):
    folder = PathField(load_default="", metadata=described("Only what lies below this folder."))
    after = PathField(load_default="", metadata=described("Behind this path: `next` of the part before."))
    limit = fields.Integer(load_default=60, validate=Range(1, 500))


class DayPictureSchema(Schema):
    path = fields.String(required=True)
    title = fields.String(required=True)
    state = fields.String(required=True, validate=OneOf(STATES), metadata={"example": "changed"})
    is_by_hand = fields.Boolean(required=True, metadata=described("A person chose the present one since."))
    is_touched = fields.Boolean(required=True, metadata=described("Other hands changed the file since."))
    then_url = fields.String(required=True, allow_none=True, **ADDRESS)
    now_url = fields.String(required=True, allow_none=True, **ADDRESS)


class DayPicturesSchema(SuccessSchema):
    assets = fields.List(fields.Nested(DayPictureSchema), required=True)
    next = fields.String(required=True, allow_none=True, metadata=described("None behind the last part."))


class DayFolderQuery(Schema):
    folder = PathField(load_default="", metadata=described("Only what lies below this folder."))


class DayCountsSchema(SuccessSchema):
    day = fields.Nested(DaySchema, required=True)
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class GoingBackSchema(Schema):
    """What goes back: these assets, or all below a folder, or everything."""

    assets = fields.List(PathField(), load_default=None, allow_none=True, validate=Length(1, MOST_PATHS))
    folder = PathField(load_default="")
    keep_by_hand = fields.Boolean(load_default=False, metadata=described("Leave what a person chose since."))
    dry_run = fields.Boolean(load_default=False, metadata=described("Only say what would be done."))
    expected_count = fields.Integer(
        load_default=None,
        allow_none=True,
        validate=Range(0, MOST_PATHS * 100),
        metadata=described("The count of the plan that was agreed to; 409 where it is another one by now."),
    )


class WentBackSchema(StartedSchema):
    """The run is null for a `dry_run`."""

    run_id = fields.Integer(required=True, allow_none=True)
    status = fields.String(required=True, allow_none=True)
    count = fields.Integer(required=True, metadata=described("Pictures that go back."))
    removed = fields.Integer(required=True, metadata=described("Of them, those that were not there yet."))
    by_hand = fields.Integer(required=True, metadata=described("Of them, those that a person chose since."))
    by_hand_paths = fields.List(fields.String(), required=True, metadata=described("The first of these."))
    left = fields.Dict(
        keys=fields.String(), values=fields.Integer(), required=True, metadata={"example": {"no_bytes": 2}}
    )
    sample = fields.List(fields.Nested(DayPictureSchema), required=True)
