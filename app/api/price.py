"""What a change of settings or rules would cost, before anything is saved."""

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.document import ErrorSchema
from app.api.schemas.price import PriceQuestionSchema, PriceSchema
from app.api.schemas.rules import RulesErrorSchema
from app.core.prices import price_of
from app.http.security import requires
from app.services.prices import prices

blueprint = ApiBlueprint("price", __name__, description="Pictures, time and room that a change costs.")


@blueprint.post("/price")
@blueprint.arguments(PriceQuestionSchema)
@blueprint.response(200, PriceSchema)
@blueprint.alt_response(400, schema=RulesErrorSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("config")
def ask_price(wanted: dict) -> Response:
    """Count what a run would draw with these settings and rules; nothing is saved, nobody is asked."""
    return jsonify(success=True, **price_of(prices().ask, wanted))
