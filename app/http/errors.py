"""Turns every exception into one JSON shape."""

from typing import Any

import structlog
from flask import Flask, Response, jsonify, request
from marshmallow import ValidationError
from sqlalchemy.exc import DatabaseError, OperationalError
from werkzeug.exceptions import HTTPException, InternalServerError

from app.core import errors as core

log = structlog.get_logger(__name__)

STATUSES = {
    core.Invalid: 400,
    core.Unauthorized: 401,
    core.Forbidden: 403,
    core.NotFound: 404,
    core.Conflict: 409,
    core.TooMany: 429,
    core.Unavailable: 503,
}

LOCATIONS = ("query", "json", "json_or_form", "form", "form_and_files", "headers", "path", "files")

FAULT = "The request failed because of a fault in the server. Its log has the traceback; please report it."
DATABASE_SILENT = "The database does not answer at the moment."
DATABASE_TROUBLES = {
    "disk is full": "The disk of the database is full; nothing can be stored at the moment.",
    "No space left": "The disk of the database is full; nothing can be stored at the moment.",
    "readonly database": "The database cannot be written at the moment.",
    "database is locked": "The database is busy; try again in a moment.",
}


def init_app(app: Flask) -> None:
    app.register_error_handler(core.ApplicationError, refused)
    app.register_error_handler(ValidationError, malformed)
    app.register_error_handler(DatabaseError, database_failed)
    app.register_error_handler(HTTPException, http_error)


def error_response(status: int, detail: str, headers: dict | None = None, **more: Any) -> Response:
    """The JSON of an error; existing clients read `message` in some places and `detail` in others."""
    response = jsonify(detail=detail, message=detail, success=False, **more)
    response.status_code = status
    response.headers.update(headers or {})
    return response


def refused(error: core.ApplicationError) -> Response:
    status = next((code for kind, code in STATUSES.items() if isinstance(error, kind)), 500)
    wait = getattr(error, "retry_after", None)
    return error_response(status, error.detail, {"Retry-After": str(wait)} if wait else None, **error.more)


def malformed(error: ValidationError) -> Response:
    return error_response(400, flatten_messages(error.messages))


def database_failed(error: DatabaseError) -> Response:
    """503 for a database that is locked, missing or damaged, 500 for a statement that it refuses."""
    if type(error) not in (DatabaseError, OperationalError):
        return http_error(InternalServerError(original_exception=error))
    log.error("database_unavailable", error=str(error.orig))
    return error_response(503, trouble_of(str(error.orig)), {"Retry-After": "5"})


def trouble_of(said: str) -> str:
    """The message for a database error, by the error text of the driver."""
    return next((text for word, text in DATABASE_TROUBLES.items() if word in said), DATABASE_SILENT)


def http_error(error: HTTPException) -> Response:
    if isinstance(error, InternalServerError):
        log.error("request_failed", path=request.path, exc_info=error.original_exception or error)
        return error_response(500, FAULT)
    # webargs answers 422 through abort; its messages travel on the exception.
    messages = getattr(error, "data", {}).get("messages")
    detail = flatten_messages(messages) if messages else error.description or error.name
    headers = {name: value for name, value in error.get_headers() if name != "Content-Type"}
    return error_response(400 if error.code == 422 else error.code or 500, detail, headers)


def flatten_messages(messages) -> str:
    """Flatten marshmallow's tree: "limit: Must be at most 500." """
    if isinstance(messages, dict):
        return " ".join(message_part(name, below) for name, below in messages.items())
    return " ".join(str(item) if isinstance(item, str) else flatten_messages(item) for item in messages)


def message_part(name, below) -> str:
    # A field may have the name of a location; its messages are a list.
    wrapper = name == "_schema" or (name in LOCATIONS and isinstance(below, dict))
    return flatten_messages(below) if wrapper else f"{name}: {flatten_messages(below)}"
