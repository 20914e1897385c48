from marshmallow import Schema, fields
from marshmallow.validate import Length, OneOf, Range

from app.api.schemas.shapes import NO_NUL, SuccessSchema
from app.core.exports.sheets import EPISODES, LIBRARIES, ExportSheet

LARGEST = 2**31 - 1
LONGEST_STAMP, LONGEST_SEARCH = 40, 200
STAMP = {"example": "2025-11-25T16:31:22.638450"}


class ExportQuery(Schema):
    run_timestamp = fields.String(
        load_default=None,
        validate=[Length(max=LONGEST_STAMP), NO_NUL],
        metadata={"description": "One of those that runs lists; the latest without it.", **STAMP},
    )
    limit = fields.Integer(
        load_default=None, validate=Range(1, LARGEST), metadata={"description": "All rows without it."}
    )
    offset = fields.Integer(load_default=0, validate=Range(0, LARGEST))
    search = fields.String(
        load_default=None,
        validate=[Length(max=LONGEST_SEARCH), NO_NUL],
        metadata={"description": "A part of a title or a folder, in capitals or not."},
    )
    format = fields.String(
        load_default="json",
        validate=OneOf(["json", "csv"]),
        metadata={"description": "csv is a file like the script's; its values are not altered in any way."},
    )


class ExportNumbersSchema(Schema):
    total_runs = fields.Integer(required=True)
    total_library_records = fields.Integer(required=True, metadata={"description": "Of all runs."})
    total_episode_records = fields.Integer(required=True, metadata={"description": "Of all runs."})
    latest_run = fields.String(required=True, allow_none=True, metadata=STAMP)
    latest_run_library_count = fields.Integer()
    latest_run_episode_count = fields.Integer()
    latest_run_total_episodes = fields.Integer()


class ExportStatisticsSchema(SuccessSchema):
    statistics = fields.Nested(ExportNumbersSchema, required=True)


class ExportRunsSchema(SuccessSchema):
    runs = fields.List(fields.String(metadata=STAMP), required=True)
    count = fields.Integer(required=True)


class ExportResultsSchema(Schema):
    library_count = fields.Integer(required=True)
    episode_count = fields.Integer(required=True)
    run_timestamp = fields.String(required=True, allow_none=True, metadata=STAMP)


class ExportImportSchema(SuccessSchema):
    results = fields.Nested(ExportResultsSchema, required=True)
    message = fields.String(required=True)
    already_imported = fields.Boolean(required=True)


def listing_schema(name: str, sheets: dict[str, ExportSheet]) -> type[Schema]:
    """The answer with rows of these sheets; a column that only one kind of server has is not required."""
    row = Schema.from_dict({**common_columns(), **text_columns(sheets)}, name=f"{name}Row")
    answer = {
        "success": fields.Boolean(required=True),
        "data": fields.List(fields.Nested(row), required=True),
        "count": fields.Integer(required=True, metadata={"description": "Rows in this answer."}),
        "total": fields.Integer(required=True, metadata={"description": "Without limit and offset."}),
        "limit": fields.Integer(required=True, allow_none=True),
        "offset": fields.Integer(required=True),
        "run_timestamp": fields.String(required=True, metadata={"description": "As given, or latest."}),
    }
    return Schema.from_dict(answer, name=name)


def common_columns() -> dict[str, fields.Field]:
    texts = {name: fields.String(required=True) for name in ("run_timestamp", "created_at", "updated_at")}
    return {"id": fields.Integer(required=True), **texts}


def text_columns(sheets: dict[str, ExportSheet]) -> dict[str, fields.Field]:
    names = {column: None for sheet in sheets.values() for column in sheet.columns}
    shared = set.intersection(*(set(sheet.columns) for sheet in sheets.values()))
    return {name: fields.String(required=name in shared) for name in names}


LibrarySchema = listing_schema("ExportedLibrary", LIBRARIES)
EpisodesSchema = listing_schema("ExportedEpisodes", EPISODES)
