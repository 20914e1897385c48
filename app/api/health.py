"""Whether the server is well, for people and for machines."""

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.schemas.health import HealthSchema, PingSchema
from app.core import health
from app.core.access.callers import Caller
from app.http.metrics import metrics
from app.http.security import public, requires, visitor
from app.services.system_readers import system_readers

blueprint = ApiBlueprint("health", __name__, url_prefix=None, description="Whether the server is well.")


@blueprint.get("/ping")
@blueprint.response(200, PingSchema)
@public
def ping() -> Response:
    """Return 200 where the server and its database answer."""
    system_readers().database_probe.check()
    return jsonify(status="ok")


@blueprint.get("/health")
@blueprint.response(200, HealthSchema)
@public
def current_health() -> Response:
    """List the problems with advice; those of the login are for callers who may read alone."""
    problems = system_readers().problems(private=may_read(visitor()))
    return jsonify(status=health.overall(problems), problems=problems)


def may_read(caller: Caller | None) -> bool:
    return caller is not None and "read" in caller.scopes


@blueprint.get("/metrics")
@blueprint.response(200, {"type": "string"}, content_type="text/plain", description="Prometheus text.")
@requires("read")
def exposition() -> Response:
    """Return the figures of all workers in the text format of Prometheus."""
    return Response(metrics().text(), content_type=metrics().content_type)
