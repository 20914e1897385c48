"""The OpenAPI document, made of the blueprints when it is first asked for."""

import json
from collections.abc import Iterable
from functools import cached_property

from flask import Flask, Response
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields

from app.http.security import public

SECURITY_SCHEMES = {
    "key": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
    "key in query": {"type": "apiKey", "in": "query", "name": "api_key"},
    "password": {"type": "http", "scheme": "basic", "description": "A key may stand for the password."},
}
ANY_CREDENTIALS = [{name: []} for name in SECURITY_SCHEMES]
OPENAPI = {"API_TITLE": "Posterizarr Server", "API_VERSION": "v1", "OPENAPI_VERSION": "3.0.3"}


class ErrorSchema(Schema):
    """What every refusal looks like."""

    detail = fields.String(required=True)
    message = fields.String()
    success = fields.Boolean()


class DocumentedApi(Api):
    """Describes errors with our own schema, since app/http/errors.py answers them."""

    ERROR_SCHEMA = ErrorSchema
    DEFAULT_ERROR_RESPONSE_NAME = None


class Document:
    """The description of all blueprints, for the life of an application."""

    def __init__(self, blueprints: Iterable[Blueprint], base_path: str):
        self.blueprints = tuple(blueprints)
        self.base_path = base_path

    @cached_property
    def content(self) -> dict:
        """The document as an OpenAPI object.

        Resolving all schemas takes longer than everything else at the start and nearly no process
        needs it, so that it is done on an application of its own, which serves nothing.
        """
        application = Flask(__name__, static_folder=None)
        options = {
            "servers": [{"url": self.base_path or "/"}],
            "components": {"securitySchemes": SECURITY_SCHEMES},
        }
        application.config.update(OPENAPI, API_SPEC_OPTIONS=options)
        api = DocumentedApi(application)
        for blueprint in self.blueprints:
            api.register_blueprint(blueprint)
        return api.spec.to_dict()

    @cached_property
    def text(self) -> str:
        """The document as JSON text."""
        return json.dumps(self.content)

    @public
    def answer(self) -> Response:
        """Return the document; it holds no secret, and a client must read it before it can call."""
        return Response(self.text, mimetype="application/json")
