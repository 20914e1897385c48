from marshmallow import EXCLUDE, Schema, fields
from marshmallow.validate import Length, OneOf, Range

from app.api.schemas.previews import PreviewSchema, text_or_none
from app.api.schemas.replacing import LONGEST_TITLE, MEDIA
from app.api.schemas.shapes import FormFile, MessageSchema, SuccessSchema, described
from app.core.outgoing.picture_download import LONGEST_ADDRESS
from app.core.paths import LONGEST_PATH
from app.core.previews.offers import SEARCHED_KINDS


class PictureFileSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    file = FormFile(required=True)


class PictureAddressSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    address = fields.String(required=True, validate=Length(1, LONGEST_ADDRESS))


class KeptPictureSchema(SuccessSchema):
    token = fields.String(required=True, metadata=described("The upload of a preview."))
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)
    address = fields.String(required=True, metadata=described("Where a small copy is shown."))


class MadePlaceSchema(Schema):
    """The path of artwork, or the names of a new one."""

    class Meta:
        unknown = EXCLUDE

    asset = text_or_none(LONGEST_PATH, **described("Below the asset folder."))
    library = text_or_none(255)
    folder = text_or_none(255, **described("Of the film, show or collection."))
    season = fields.Integer(load_default=None, allow_none=True, validate=Range(0, 9999))
    episode = fields.Integer(load_default=None, allow_none=True, validate=Range(0, 99999))


class MadePictureSchema(PreviewSchema):
    place = fields.Nested(MadePlaceSchema, required=True)


class PutPictureSchema(MessageSchema):
    path = fields.String(required=True)
    run_id = fields.Integer(required=True, metadata=described("The edit, which can be undone."))
    was_replacement = fields.Boolean(required=True)


class OfferSearchSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    kind = fields.String(load_default="poster", validate=OneOf(tuple(SEARCHED_KINDS)))
    title = fields.String(
        required=True, validate=Length(1, LONGEST_TITLE), metadata=described("Or an id: tmdb-348, tvdb-31.")
    )
    medium = fields.String(load_default="movie", validate=OneOf(MEDIA))
    season = fields.Integer(load_default=None, allow_none=True, validate=Range(0, 9999))
    episode = fields.Integer(load_default=None, allow_none=True, validate=Range(0, 99999))


class OfferSchema(Schema):
    address = fields.String(required=True)
    preview = fields.String(required=True, metadata=described("Where this server shows a small copy."))
    title = fields.String(required=True)
    provider = fields.String(required=True)
    language = fields.String(required=True, metadata=described('ISO 639-1, "xx" for no text.'))
    width = fields.Integer(required=True)
    height = fields.Integer(required=True)


class OffersSchema(SuccessSchema):
    offers = fields.List(fields.Nested(OfferSchema), required=True)
    failed = fields.List(fields.String(), required=True, metadata=described("Why providers gave nothing."))
