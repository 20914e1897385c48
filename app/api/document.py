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
INTRODUCTION = """
Send an API key as the header `X-API-Key` or as `?api_key=`, or a user name and password by Basic
authentication. Each operation names the scope that a key needs for it. Every GET answers HEAD as well.
Errors are JSON with a `detail` that says what happened and what to do.
"""
ANY_CREDENTIALS = [{name: []} for name in SECURITY_SCHEMES]
# The page's addresses are relative to /api/docs, since a proxy may serve all below a path.
OPENAPI = {
    "API_TITLE": "Posterizarr Server",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.0.3",
    "OPENAPI_URL_PREFIX": "/api",
    "OPENAPI_SWAGGER_UI_PATH": "docs",
    "OPENAPI_SWAGGER_UI_URL": "../ui/swagger-ui/",
    "OPENAPI_SWAGGER_UI_CONFIG": {"url": "openapi.json", "deepLinking": True, "docExpansion": "none"},
}


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
    def described(self) -> tuple[Flask, DocumentedApi]:
        """(application, api): the blueprints registered with flask-smorest.

        Resolving all schemas takes longer than everything else at the start and nearly no process
        needs it, so that it is done on an application of its own, which serves nothing.
        """
        application = Flask(__name__, static_folder=None)
        options = {
            "servers": [{"url": self.base_path or "/"}],
            "components": {"securitySchemes": SECURITY_SCHEMES},
            "info": {"description": INTRODUCTION},
        }
        application.config.update(OPENAPI, API_SPEC_OPTIONS=options)
        api = DocumentedApi(application)
        for blueprint in self.blueprints:
            api.register_blueprint(blueprint)
        return application, api

    @cached_property
    def content(self) -> dict:
        """The document as an OpenAPI object."""
        return self.described[1].spec.to_dict()

    @cached_property
    def text(self) -> str:
        """The document as JSON text."""
        return json.dumps(self.content)

    @cached_property
    def page(self) -> str:
        """The document for people, as flask-smorest's page of Swagger UI."""
        application, _ = self.described
        with application.test_request_context():
            return application.view_functions["api-docs.openapi_swagger_ui"]()

    @public
    def answer(self) -> Response:
        """Return the document; it holds no secret, and a client must read it before it can call."""
        return Response(self.text, mimetype="application/json")
