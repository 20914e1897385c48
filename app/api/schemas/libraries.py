import re

from marshmallow import EXCLUDE, Schema, ValidationError, fields
from marshmallow.validate import Length, OneOf

from app.api.schemas.shapes import SuccessSchema, described
from app.api.schemas.validation import GivenSchema, given_key, given_text
from app.core.servers.actions import NEEDED
from app.core.servers.libraries import MOST_LIBRARIES

IN_KEYS = re.compile(r"[A-Za-z0-9-]*")
SAVED = "That of config.json where it is missing."


def require_key(text: str) -> None:
    if not IN_KEYS.fullmatch(text):
        raise ValidationError("Only letters, digits and dashes are part of a key.")


class PlexAddressSchema(GivenSchema):
    url = given_text(**described(SAVED))
    key = given_key("token")


class ServerAddressSchema(GivenSchema):
    url = given_text(**described(SAVED))
    key = given_key("api_key")


class PlexLibrarySchema(PlexAddressSchema):
    library_key = fields.String(required=True, validate=[Length(1, 64), require_key])


class LibrarySchema(Schema):
    name = fields.String(required=True)
    type = fields.String(required=True, metadata={"example": "movie"})
    key = fields.String(metadata=described("The key of a library of Plex."))
    id = fields.String(metadata=described("The id of a library of Jellyfin or Emby."))


class ListedLibrariesSchema(SuccessSchema):
    libraries = fields.List(fields.Nested(LibrarySchema))
    excluded = fields.List(fields.String(), metadata=described("Those that runs leave out."))
    error = fields.String(metadata=described("Why there is no list."))


class CachedLibrarySchema(Schema):
    name = fields.String(required=True)
    type = fields.String(required=True)
    last_fetched = fields.DateTime(required=True)


class CachedLibrariesSchema(SuccessSchema):
    libraries = fields.List(fields.Nested(CachedLibrarySchema), required=True)
    excluded = fields.List(fields.String(), required=True)
    error = fields.String(metadata=described("Why the list could not be renewed."))


class CachedQuery(Schema):
    class Meta:
        unknown = EXCLUDE

    refresh = fields.Boolean(load_default=False)


class ExclusionsSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    excluded_libraries = fields.List(
        fields.String(validate=Length(1, 255)), required=True, validate=Length(max=MOST_LIBRARIES)
    )


class PlexItemSchema(Schema):
    title = fields.String(required=True)
    year = fields.Integer(required=True, allow_none=True)
    folderName = fields.String(required=True)
    type = fields.String(required=True)
    ratingKey = fields.String(required=True)


class PlexItemsSchema(SuccessSchema):
    items = fields.List(fields.Nested(PlexItemSchema))
    error = fields.String()


class PlexActionSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    action = fields.String(required=True, validate=OneOf(tuple(NEEDED)))
    rating_key = fields.String(load_default="", validate=[Length(max=64), require_key])
    library_name = fields.String(load_default="", validate=Length(max=255))


class MediaActionSchema(Schema):
    class Meta:
        unknown = EXCLUDE

    action = fields.String(required=True, validate=OneOf(("refresh_item", "refresh_images")))
    media_id = fields.String(required=True, validate=[Length(1, 64), require_key])
