from marshmallow import EXCLUDE, Schema, fields
from marshmallow.validate import Length

from app.api.schemas.shapes import described

LONGEST_TEXT = 4096


def given_text(name: str | None = None, **metadata) -> fields.String:
    """A text that may be missing, so that the answer can say in words what is missing."""
    length = Length(max=LONGEST_TEXT)
    return fields.String(load_default="", allow_none=True, validate=length, data_key=name, metadata=metadata)


def given_key(name: str) -> fields.String:
    return given_text(name, **described("<REDACTED> stands for the one of config.json."))


class GivenSchema(Schema):
    class Meta:
        unknown = EXCLUDE


class PlexAccessSchema(GivenSchema):
    url = given_text(example="http://plex:32400")
    key = given_key("token")


class ServerAccessSchema(GivenSchema):
    url = given_text(example="http://jellyfin:8096")
    key = given_key("api_key")


class ProviderTokenSchema(GivenSchema):
    key = given_key("token")


class ProviderKeySchema(GivenSchema):
    key = given_key("api_key")


class ProviderKeyAndPinSchema(ProviderKeySchema):
    pin = given_text(**described("Only keys of subscribers need one."))


class ServiceValidatedSchema(Schema):
    valid = fields.Boolean(required=True)
    message = fields.String(required=True)
    details = fields.Dict(keys=fields.String(), required=True)
    fault = fields.String(
        metadata={"description": "The part that is wrong, such as name, port, certificate, path or key."}
    )
