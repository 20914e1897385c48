from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from app.core.access.api_keys import DEFAULT_SCOPES, LONGEST_NAME
from app.core.access.callers import SCOPES


class LoginCheckSchema(Schema):
    """Whether the login is on, and who asks."""

    enabled = fields.Boolean(required=True)
    authenticated = fields.Boolean(required=True)
    username = fields.String(allow_none=True)
    scopes = fields.List(fields.String())


class SignInSchema(Schema):
    """A user name and password, or a key."""

    username = fields.String(load_default="", validate=validate.Length(max=1024))
    password = fields.String(load_default="", validate=validate.Length(max=1024))
    key = fields.String(load_default="", validate=validate.Length(max=1024))
    stay = fields.Boolean(
        load_default=False, metadata={"description": "Stay signed in for 30 days, also after a restart."}
    )

    @validates_schema
    def require_one(self, data: dict, **_: object) -> None:
        if bool(data["password"]) == bool(data["key"]):
            raise ValidationError("Send username and password, or key.")


class KeySchema(Schema):
    """An API key without the key itself."""

    id = fields.Integer(required=True)
    name = fields.String(required=True)
    prefix = fields.String(required=True)
    scopes = fields.List(fields.String(validate=validate.OneOf(SCOPES)))
    created_at = fields.AwareDateTime()
    expires_at = fields.AwareDateTime(allow_none=True)
    last_used_at = fields.AwareDateTime(allow_none=True)
    expired = fields.Boolean()


class KeyListSchema(Schema):
    success = fields.Boolean()
    keys = fields.List(fields.Nested(KeySchema), required=True)


class NewKeySchema(Schema):
    """What a new key is to be; without scopes it may do everything but administer."""

    name = fields.String(required=True, validate=validate.Length(1, LONGEST_NAME))
    scopes = fields.List(
        fields.String(validate=validate.OneOf(SCOPES)),
        load_default=lambda: list(DEFAULT_SCOPES),
        validate=validate.Length(1, len(SCOPES)),
        metadata={"default": list(DEFAULT_SCOPES)},
    )
    expires_at = fields.AwareDateTime(load_default=None, allow_none=True)
    expires_in_days = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, 3650))


class CreatedKeySchema(KeySchema):
    """The only answer that ever holds the key itself."""

    success = fields.Boolean()
    key = fields.String(required=True)
    message = fields.String()
