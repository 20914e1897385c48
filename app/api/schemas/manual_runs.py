from marshmallow import EXCLUDE, Schema, ValidationError, fields, validates_schema
from marshmallow.validate import Length, OneOf

from app.api.schemas.runs import IN_QUEUE, StartedSchema, optional_text
from app.api.schemas.shapes import FormFile
from app.core.execution.run_requests import KINDS, MEDIUM_SWITCHES


class ManualRunSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    picturePath = fields.String(required=True, validate=Length(1, 4096))
    titletext = optional_text(1000)
    folderName = fields.String(required=True, validate=Length(1, 255))
    libraryName = fields.String(required=True, validate=Length(1, 255))
    posterType = fields.String(load_default="standard", validate=OneOf(tuple(KINDS)))
    seasonPosterName = optional_text(255)
    epTitleName = optional_text(1000)
    episodeNumber = optional_text(32)
    mediaType = fields.String(load_default="", allow_none=True, validate=OneOf(("", *MEDIUM_SWITCHES)))
    posterWithText = fields.Boolean(
        load_default=False,
        metadata={"description": "The picture shows its title already: none is drawn, but that of a season."},
    )
    add_to_queue = fields.Boolean(load_default=False, metadata=IN_QUEUE)

    @validates_schema(skip_on_field_errors=False)
    def require_names_of_kind(self, data: dict, **_: object) -> None:
        """List what the kind needs beside what is required of every kind, so that one answer names all."""
        names = KINDS.get(data.get("posterType", ""), ((), ()))[1]
        if missing := [name for name in names if not str(data.get(name, "")).strip()]:
            raise ValidationError({name: ["Missing data for required field."] for name in missing})


class UploadedRunSchema(ManualRunSchema):
    class Meta:
        unknown = EXCLUDE
        exclude = ("picturePath",)

    file = FormFile(required=True)


class ManualStartedSchema(StartedSchema):
    run_id = fields.Integer(required=True, allow_none=True, metadata={"description": "None in the queue."})
    queue_id = fields.Integer(required=True, allow_none=True, metadata={"description": "None for a run."})


class UploadStartedSchema(ManualStartedSchema):
    upload_path = fields.String(required=True)
