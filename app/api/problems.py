"""Problems that are known and wanted to be silent."""

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.document import ErrorSchema
from app.api.schemas.health import ProblemCodeSchema
from app.api.schemas.shapes import MessageSchema
from app.extensions import machine
from app.http.security import requires
from app.services.problem_silencing import silence_problem, unsilence_problem
from app.services.system_readers import system_readers

blueprint = ApiBlueprint("problems", __name__, description="Problems that nobody is to be warned of.")


@blueprint.post("/problems/silenced")
@blueprint.arguments(ProblemCodeSchema)
@blueprint.response(200, MessageSchema)
@blueprint.alt_response(404, schema=ErrorSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("config")
def post_silenced_problem(sent: dict) -> Response:
    """Silence a problem by its code, which /health shows; an error cannot be silenced."""
    silence_problem(machine(), system_readers(), sent["code"])
    return jsonify(success=True, message="The problem is silenced.")


@blueprint.delete("/problems/silenced/<code>")
@blueprint.response(200, MessageSchema)
@blueprint.alt_response(404, schema=ErrorSchema)
@requires("config")
def delete_silenced_problem(code: str) -> Response:
    """Warn of a problem again."""
    unsilence_problem(machine(), code)
    return jsonify(success=True, message="The problem is shown again.")
