"""The login check, and the API keys that programs call with."""

from datetime import UTC, datetime, timedelta

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.document import ErrorSchema
from app.api.schemas.auth import (
    CreatedKeySchema,
    KeyListSchema,
    LoginCheckSchema,
    NewKeySchema,
    SignInSchema,
)
from app.api.schemas.shapes import MessageSchema
from app.core.access import api_keys, credentials
from app.core.access.callers import Caller
from app.core.errors import Invalid
from app.extensions import machine
from app.http import security
from app.http.authenticator import Presented
from app.http.security import public, requires
from app.models import ApiKey
from app.models.base import now
from app.services import browser_sign_in, keys

blueprint = ApiBlueprint("auth", __name__, description="Who may call: the login and the API keys.")


@blueprint.get("/auth/check")
@blueprint.response(200, LoginCheckSchema)
@public
def check_login() -> Response:
    """Return whether the login is required, and whether these credentials are valid."""
    return login_response(security.visitor())


def login_response(caller: Caller | None) -> Response:
    response = jsonify(
        enabled=credentials.login_required(machine().config),
        authenticated=caller is not None,
        username=caller.name if caller else None,
        scopes=caller.scopes if caller else [],
    )
    response.cache_control.no_store = True
    return response


@blueprint.post("/auth/session")
@blueprint.arguments(SignInSchema)
@blueprint.response(200, LoginCheckSchema)
@blueprint.alt_response(401, schema=ErrorSchema)
@blueprint.alt_response(429, schema=ErrorSchema)
@public
def open_browser_session(wanted: dict) -> Response:
    """Sign a browser in: the answer sets a cookie that no script can read."""
    login, key = Presented(wanted["password"], wanted["username"]), Presented(wanted["key"])
    presented = key if wanted["key"] else login
    caller = security.reader(presented)
    credential = security.authenticator().credential_of(presented, caller)
    opened = browser_sign_in.sign_in(machine(), caller, credential, wanted["stay"])
    response = login_response(caller)
    security.set_session_cookie(response, opened, wanted["stay"])
    return response


@blueprint.delete("/auth/session")
@blueprint.response(200, MessageSchema)
@public
def end_browser_session() -> Response:
    """Sign this browser out; its session ends in every worker at once."""
    shown = security.browser_session()
    if shown:
        browser_sign_in.sign_out(machine(), shown.secret)
    response = jsonify(success=True, message="Signed out.")
    security.set_session_cookie(response, None)
    return response


@blueprint.get("/auth/keys")
@blueprint.response(200, KeyListSchema)
@requires("admin")
def get_keys() -> Response:
    """List the API keys, without the keys themselves."""
    with machine().database.reading() as session:
        return jsonify(success=True, keys=[describe_api_key(key) for key in api_keys.list_keys(session)])


@blueprint.post("/auth/keys")
@blueprint.arguments(NewKeySchema)
@blueprint.response(200, CreatedKeySchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("admin")
def post_key(wanted: dict) -> Response:
    """Create an API key; it is shown in this answer and never again."""
    key, plain = keys.create_key(machine(), wanted["name"], wanted["scopes"], expiry(wanted))
    message = "Keep the key now: it is not shown again."
    response = jsonify({"success": True, "key": plain, "message": message, **describe_api_key(key)})
    response.cache_control.no_store = True
    return response


@blueprint.delete("/auth/keys/<int(max=2147483647):key_id>")
@blueprint.response(200, MessageSchema)
@blueprint.alt_response(404, schema=ErrorSchema)
@requires("admin")
def remove_key(key_id: int) -> Response:
    """Revoke an API key at once."""
    key = keys.revoke_key(machine(), key_id)
    return jsonify(success=True, message=f"The key {key.name!r} is revoked.")


def expiry(wanted: dict) -> datetime | None:
    if wanted["expires_in_days"] is None:
        return wanted["expires_at"]
    if wanted["expires_at"] is not None:
        raise Invalid("Give expires_at or expires_in_days, not both.")
    return now() + timedelta(days=wanted["expires_in_days"])


def describe_api_key(key: ApiKey) -> dict:
    return {
        "id": key.id,
        "name": key.name,
        "prefix": key.prefix,
        "scopes": key.scopes,
        "created_at": utc_text(key.created_at),
        "expires_at": utc_text(key.expires_at),
        "last_used_at": utc_text(key.last_used_at),
        "expired": api_keys.is_expired(key),
    }


def utc_text(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None
