from marshmallow import EXCLUDE, Schema, fields
from marshmallow.validate import Length, OneOf, Range, Regexp

from app.api.schemas.runs import IN_QUEUE
from app.api.schemas.shapes import FormFile, MessageSchema, SuccessSchema, described
from app.core.execution.run_requests import MEDIUM_SWITCHES
from app.core.outgoing.picture_download import LONGEST_ADDRESS
from app.core.paths import LONGEST_PATH
from app.core.replacing.provider_search import KINDS
from app.core.replacing.replacement import TYPES
from app.core.replacing.replacement_queue import MOST_ITEMS
from app.core.runs import LARGEST_NUMBER
from app.models import ItemStatus

MEDIA = ("movie", "tv")
LONGEST_TITLE = 500


class OptionalText(fields.String):
    """Text, a whole number, or null for none."""

    def __init__(self, longest: int, **options):
        super().__init__(load_default="", allow_none=True, validate=Length(max=longest), **options)

    def deserialize(self, value, attr=None, data=None, **options) -> str:
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return super().deserialize(str(value) if is_number else value, attr, data, **options) or ""


class OptionalNumber(fields.Integer):
    """A whole number, or null or "" for none."""

    def __init__(self, least: int, most: int, **options):
        super().__init__(load_default=None, allow_none=True, validate=Range(least, most), **options)

    def deserialize(self, value, attr=None, data=None, **options) -> int | None:
        return super().deserialize(None if value == "" else value, attr, data, **options)


class OptionalId(OptionalText):
    """The id of a film or show at a provider."""

    def __init__(self, **options):
        super().__init__(16, **options)
        self.validators.append(Regexp(r"(?:tt)?[0-9]{0,12}$", error="This is no id of a provider."))


class SearchNumbersSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    media_type = fields.String(load_default="movie", validate=OneOf(MEDIA))
    year = OptionalNumber(1800, 2200)
    season_number = OptionalNumber(0, 9999)
    episode_number = OptionalNumber(0, 99999)


class PosterSearchSchema(SearchNumbersSchema):
    """`query` is a title, or an id such as 348, tmdb-348 or tt0078748."""

    query = fields.String(required=True, validate=Length(1, LONGEST_TITLE))
    poster_type = fields.String(load_default="standard", validate=OneOf(tuple(KINDS)))


class ReplacementSearchSchema(SearchNumbersSchema):
    asset_path = fields.String(required=True, validate=Length(1, LONGEST_PATH))
    asset_type = fields.String(load_default="poster", validate=OneOf(tuple(KINDS)))
    title = OptionalText(LONGEST_TITLE, metadata={"description": "Or an id: tmdb-348, tvdb-31, imdb-tt1."})
    show_title = OptionalText(LONGEST_TITLE, metadata={"description": "Of a season or an episode."})
    tmdb_id = OptionalId()
    tvdb_id = OptionalId()
    imdb_id = OptionalId()
    folder_name = OptionalText(255)
    library_name = OptionalText(255)
    is_manual_search = fields.Boolean(
        load_default=False, metadata={"description": "Search by title and ids alone, not by the asset."}
    )


class ReplacementQuery(Schema):
    """What the request leaves out is taken from the path of the asset."""

    class Meta:
        unknown = EXCLUDE

    asset_path = fields.String(required=True, validate=Length(1, LONGEST_PATH))
    process_with_overlays = fields.Boolean(
        load_default=False, metadata=described("Have a manual run draw the asset with the picture.")
    )
    add_to_queue = fields.Boolean(load_default=False, metadata=IN_QUEUE)
    poster_with_text = fields.Boolean(
        load_default=False, metadata=described("The picture has its title: the run draws none on it.")
    )
    title_text = OptionalText(1000)
    folder_name = OptionalText(255)
    library_name = OptionalText(255)
    season_number = OptionalNumber(0, 9999)
    episode_number = OptionalNumber(0, 99999)
    season_title = OptionalText(1000, metadata=described("What is drawn for a season: Season 1 without it."))
    episode_title = OptionalText(1000)
    asset_type = fields.String(load_default="", validate=OneOf(("", *TYPES)))
    mediaType = fields.String(load_default="", validate=OneOf(("", *MEDIUM_SWITCHES)))


class UrlReplacementQuery(ReplacementQuery):
    image_url = fields.String(required=True, validate=Length(1, LONGEST_ADDRESS))


class ReplacementUploadSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    file = FormFile(required=True)


class ReplacedSchema(SuccessSchema):
    message = fields.String(required=True)
    path = fields.String(required=True, metadata=described("Below the asset folder."))
    size = fields.Integer(required=True, metadata=described("Bytes of the picture that was taken."))
    was_replacement = fields.Boolean(required=True, metadata=described("Whether the asset was there."))
    manual_run_triggered = fields.Boolean(required=True)
    queued = fields.Boolean(required=True, metadata=described("Whether it is in the queue."))
    run_id = fields.Integer(
        required=True, allow_none=True, metadata=described("The run that draws it, or the edit to undo.")
    )
    queue_id = fields.Integer(required=True, allow_none=True)


class QueueItemSchema(Schema):
    id = fields.Integer(required=True)
    asset_path = fields.String(required=True)
    source_type = fields.String(required=True, validate=OneOf(("url", "upload", "local_path")))
    source_data = fields.String(required=True, metadata=described("Address, name or path of the picture."))
    overlay_params = fields.Dict(required=True)
    status = fields.String(required=True, validate=OneOf([str(status) for status in ItemStatus]))
    is_started = fields.Boolean(required=True, metadata=described("Whether somebody has it processed."))
    error_message = fields.String(required=True, allow_none=True)
    run_id = fields.Integer(required=True, allow_none=True)
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)


class ItemNumbersSchema(Schema):
    """Numbers of queue items."""

    class Meta:
        unknown = EXCLUDE

    item_ids = fields.List(
        fields.Integer(validate=Range(0, LARGEST_NUMBER)),
        required=True,
        validate=Length(1, MOST_ITEMS),
    )


class StartedItemsSchema(Schema):
    """Null, or no body, is all that are pending."""

    class Meta:
        unknown = EXCLUDE

    item_ids = fields.List(
        fields.Integer(validate=Range(0, LARGEST_NUMBER)),
        load_default=None,
        allow_none=True,
        validate=Length(0, MOST_ITEMS),
    )


class QueueStartedSchema(MessageSchema):
    started = fields.Integer(required=True, metadata=described("How many items will be processed."))


class KeptItemSchema(Schema):
    id = fields.Integer(required=True)
    error = fields.String(required=True)


class RemovedItemsSchema(MessageSchema):
    deleted = fields.List(fields.Integer(), required=True)
    failed = fields.List(fields.Nested(KeptItemSchema), required=True)


class TmdbPosterSchema(Schema):
    tmdb_id = fields.Integer(required=True)
    title = fields.String(required=True)
    poster_path = fields.String(required=True)
    poster_url = fields.String(required=True)
    original_url = fields.String(required=True)
    language = fields.String(required=True, metadata={"description": "ISO 639-1, xx for textless."})
    vote_average = fields.Float(required=True)
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)
    type = fields.String(required=True)


class FailedProviderSchema(Schema):
    provider = fields.String(required=True, metadata={"example": "tvdb"})
    reason = fields.String(required=True)


class PostersSchema(SuccessSchema):
    posters = fields.List(fields.Nested(TmdbPosterSchema), required=True)
    count = fields.Integer(required=True)
    message = fields.String(required=True)
    failed = fields.List(fields.Nested(FailedProviderSchema), required=True)


class ReplacementSchema(Schema):
    """A picture; `url` is a small one for a page, `original_url` the one to take."""

    url = fields.String(required=True)
    original_url = fields.String(required=True)
    poster_url = fields.String(required=True)
    poster_path = fields.String(required=True)
    title = fields.String(required=True)
    source = fields.String(required=True, validate=OneOf(("TMDB", "TVDB", "Fanart.tv")))
    source_type = fields.String(required=True, validate=OneOf(("provided_id", "title_search")))
    type = fields.String(required=True)
    language = fields.String(required=True, metadata={"description": "ISO 639-1, xx for textless."})
    vote_average = fields.Float(required=True)
    likes = fields.Integer(required=True)
    width = fields.Integer(required=True, metadata={"description": "0 where it is not known."})
    height = fields.Integer(required=True, metadata={"description": "0 where it is not known."})


class ResultsSchema(Schema):
    tmdb = fields.List(fields.Nested(ReplacementSchema), required=True)
    tvdb = fields.List(fields.Nested(ReplacementSchema), required=True)
    fanart = fields.List(fields.Nested(ReplacementSchema), required=True)


class ReplacementsSchema(SuccessSchema):
    results = fields.Nested(ResultsSchema, required=True)
    total_count = fields.Integer(required=True)
    detected_provider = fields.String(
        required=True, allow_none=True, metadata={"description": "Whose id the title is."}
    )
    message = fields.String(required=True)
    failed = fields.List(fields.Nested(FailedProviderSchema), required=True)
