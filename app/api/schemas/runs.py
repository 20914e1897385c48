from marshmallow import EXCLUDE, Schema, fields, post_load
from marshmallow.validate import Length, OneOf

from app.api.schemas.history import IN_PART, TAKEN_BACK, TAKES_BACK, NumbersSchema
from app.api.schemas.shapes import PageQuery, PageSchema, SuccessSchema
from app.core.decisions.states import UPLOAD_STATES
from app.core.execution.exchange_requests import PICTURE_KINDS, SERVER_NAMES
from app.core.execution.plans import ACTIONS
from app.core.modes import EDIT, MODES
from app.core.paths import LONGEST_PATH
from app.models import Status

# As many as a body of the largest size holds.
MOST_PATHS = 100_000
IN_QUEUE = {"description": "Put it into the queue of replacements, where it waits until that is run."}
MOST_LIBRARIES = 1000


class StartedSchema(SuccessSchema):
    message = fields.String(required=True, metadata={"example": "Started in testing mode"})
    pid = fields.Integer(required=True, allow_none=True)
    run_id = fields.Integer(required=True)
    status = fields.String(required=True)
    queued = fields.Boolean(required=True, metadata={"description": "Whether something else comes first."})
    position = fields.Integer(required=True, metadata={"description": "How many runs come first."})


class UndoneSchema(StartedSchema):
    """Of a change by hand, which is taken back at once, with how many files were and how many were not."""

    taken_back = fields.Integer()
    left = fields.Integer()


def asset_paths(**options) -> fields.List:
    """Paths of assets below the asset folder, as many as a large library has."""
    path = fields.String(validate=Length(1, LONGEST_PATH))
    example = {"example": ["Movies/Alien (1979)/poster.jpg"], **options.pop("metadata", {})}
    return fields.List(path, validate=Length(1, MOST_PATHS), metadata=example, **options)


def chosen_field(values: tuple[str, ...], **metadata) -> fields.String:
    return fields.String(load_default=None, allow_none=True, validate=OneOf(values), metadata=metadata)


def chosen_kinds() -> fields.List:
    kind = fields.String(validate=OneOf(PICTURE_KINDS))
    return fields.List(kind, load_default=(), metadata={"description": "Only these; all without it."})


def libraries_field() -> fields.List:
    name = fields.String(validate=Length(1, 255))
    only = {"description": "Only these; all without it."}
    return fields.List(name, load_default=(), validate=Length(max=MOST_LIBRARIES), metadata=only)


class FullRunFieldsSchema(Schema):
    """The fields of a full run."""

    class Meta:
        unknown = EXCLUDE

    take = asset_paths(
        load_default=None,
        allow_none=True,
        metadata={"description": "Assets to make and upload although they are by hand or another tool's."},
    )
    clean = fields.Boolean(
        load_default=False,
        metadata={"description": "Delete at its end the pictures of ours that no library wants any more."},
    )


class RunFieldsSchema(FullRunFieldsSchema):
    """The fields of any run; GET /api/runs/modes says which fields a mode takes."""

    origin = chosen_field(SERVER_NAMES, description="The server whose pictures are taken.")
    target = chosen_field(SERVER_NAMES, description="The server that gets them.")
    origin.data_key, target.data_key = "from", "to"
    kinds = chosen_kinds()
    libraries = libraries_field()
    item = fields.String(
        load_default="", validate=Length(max=1000), metadata={"description": "Only the item of that title."}
    )
    force_replace = fields.Boolean(load_default=False, metadata={"description": "Also over art of others."})
    plan = fields.Boolean(load_default=False, metadata={"description": "Write the plan, change nothing."})

    @post_load
    def name_servers(self, data: dict, **_: object) -> dict:
        """Name the servers as the request does, with words that Python keeps for itself."""
        return {**data, "from": data.pop("origin"), "to": data.pop("target")}


class UndoSchema(Schema):
    assets = asset_paths(
        load_default=None, allow_none=True, metadata={"description": "Only these; all without it."}
    )
    plan = fields.Boolean(load_default=False, metadata={"description": "Write the plan, change nothing."})


class BeginSchema(Schema):
    excepted = asset_paths(
        load_default=None,
        allow_none=True,
        metadata={"description": "Assets of the plan that are left alone."},
    )


class RetrySchema(Schema):
    assets = asset_paths(
        load_default=None,
        allow_none=True,
        metadata={"description": "Only these; all that failed without it."},
    )


class RunModeSchema(Schema):
    mode = fields.String(required=True)
    available = fields.Boolean(required=True)
    reason = fields.String(required=True, metadata={"description": "What to do where it is not available."})
    code = fields.String(
        required=True,
        metadata={"example": "no_source", "description": "The reason in short; empty for none."},
    )
    values = fields.Dict(
        keys=fields.String(), required=True, metadata={"description": "What the reason names, by its code."}
    )
    fields_ = fields.List(
        fields.String(),
        required=True,
        data_key="fields",
        metadata={
            "description": "Fields that POST /api/run/{mode} understands in this mode.",
            "example": ["take"],
        },
    )


class RunModesSchema(SuccessSchema):
    modes = fields.List(fields.Nested(RunModeSchema), required=True)


def optional_text(longest: int, **options) -> fields.String:
    return fields.String(load_default="", validate=Length(max=longest), **options)


class RunsQuery(PageQuery):
    status = fields.String(load_default=None, validate=OneOf([str(status) for status in Status]))
    mode = fields.String(load_default=None, validate=OneOf((*MODES, EDIT)))


REASON_CODE = {
    "example": "exit_code",
    "description": "The reason in short, whose sentence names `reason_values`; empty for none, or other.",
}


class RunSchema(NumbersSchema):
    id = fields.Integer(required=True)
    mode = fields.String(required=True)
    origin = fields.String(required=True)
    status = fields.String(required=True)
    arguments = fields.List(fields.String(), required=True)
    reason = fields.String(required=True, allow_none=True)
    reason_code = fields.String(required=True, metadata=REASON_CODE)
    reason_values = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    attempt = fields.Integer(required=True)
    stop_requested = fields.String(required=True, allow_none=True)
    queued_at = fields.DateTime(required=True)
    not_before = fields.DateTime(required=True, allow_none=True)
    started_at = fields.DateTime(required=True, allow_none=True)
    ended_at = fields.DateTime(required=True, allow_none=True)
    script_started_at = fields.DateTime(required=True, allow_none=True)
    script_ended_at = fields.DateTime(required=True, allow_none=True)
    pid = fields.Integer(required=True, allow_none=True)
    exit_code = fields.Integer(required=True, allow_none=True)
    log_file = fields.String(required=True, allow_none=True)
    runtime_seconds = fields.Integer(required=True)
    space_saved = fields.String(required=True, allow_none=True)
    script_version = fields.String(required=True, allow_none=True)
    im_version = fields.String(required=True, allow_none=True)
    notes = fields.String(required=True, allow_none=True)
    changed_artwork = fields.Boolean(
        required=True,
        allow_none=True,
        metadata={"description": "Whether there is anything to undo; null if the journal cannot be read."},
    )
    undoes = fields.Integer(required=True, allow_none=True, metadata=TAKES_BACK)
    undone_by = fields.Integer(required=True, allow_none=True, metadata=TAKEN_BACK)
    undone_in_part = fields.Boolean(required=True, metadata=IN_PART)


class RunsSchema(PageSchema):
    runs = fields.List(fields.Nested(RunSchema), required=True)


class PlanQuery(PageQuery):
    action = fields.String(load_default=None, validate=OneOf(ACTIONS))
    reason = fields.String(load_default=None, validate=Length(1, 64), metadata={"example": "font_changed"})


class PlanUploadSchema(Schema):
    server = fields.String(required=True, metadata={"example": "Jellyfin"})
    slot = fields.String(required=True, metadata={"example": "poster"})
    item_key = fields.String(required=True)
    action = fields.String(required=True, validate=OneOf(("upload", "skip")))
    state = fields.String(required=True, validate=OneOf(UPLOAD_STATES))
    why = fields.String(required=True)


class StepSchema(Schema):
    path = fields.String(required=True, metadata={"example": "Movies/Alien (1979)/poster.jpg"})
    library = fields.String(required=True)
    title = fields.String(required=True)
    kind = fields.String(required=True)
    action = fields.String(required=True, validate=OneOf(ACTIONS))
    reason = fields.String(required=True, metadata={"example": "font_changed"})
    why = fields.String(required=True, metadata={"example": "font changed"})
    owner = fields.String(required=True)
    owner_why = fields.String(required=True, metadata={"description": "How we know whose the file is."})
    provider = fields.String(required=True)
    address = fields.String(required=True)
    detail = fields.String(required=True)
    rules = fields.List(
        fields.String(), required=True, metadata={"description": "The user's rules that apply."}
    )
    uploads = fields.List(
        fields.Nested(PlanUploadSchema),
        required=True,
        metadata={"description": "Where on the media server it goes up, or why it does not."},
    )
    content = fields.String(
        required=True, metadata={"description": "SHA-256 of the version that comes back, else empty."}
    )


class PlanSchema(PageSchema):
    steps = fields.List(fields.Nested(StepSchema), required=True)
    totals = fields.Dict(required=True, allow_none=True, metadata={"description": "Null until it is whole."})
    reasons = fields.Dict(required=True, allow_none=True)


class OneRunSchema(SuccessSchema):
    run = fields.Nested(RunSchema, required=True)
    progress = fields.Dict(required=True, allow_none=True, metadata={"description": "While it is active."})
    position = fields.Integer(required=True, allow_none=True, metadata={"description": "While it is queued."})
