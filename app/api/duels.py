"""Duels of two candidates, and the taste that shows in them."""

from typing import Any

from flask import Response, jsonify, url_for

from app.api.api_blueprint import ApiBlueprint
from app.api.candidate_previews import candidate_previews
from app.api.document import ErrorSchema
from app.api.schemas.duels import DuelChoiceSchema, DuelSchema, DuelSkipSchema
from app.core.duels.taste import FEWEST_CHOICES
from app.extensions import machine
from app.http.security import requires
from app.services.duels import DuelPair, choose, duel_state, skip_duel, take_duel_back
from app.services.offered_pictures import preview_queries

# Wide enough to be seen large, and what is measured of both.
SHOWN_WIDTH = 640

blueprint = ApiBlueprint("duels", __name__, description="Which of two pictures is liked better.")


@blueprint.get("/duel")
@blueprint.response(200, DuelSchema)
@requires("read")
def get_duel() -> Response:
    """Show the next pair of candidates, and the taste so far."""
    return duel_answer()


@blueprint.post("/duel/choices")
@blueprint.arguments(DuelChoiceSchema)
@blueprint.response(200, DuelSchema)
@requires("assets")
def post_choice(form: dict) -> Response:
    """Keep which of the two was chosen; nothing is changed by that."""
    choose(machine(), form["asset"], form["won"], form["lost"], small_copy)
    return duel_answer()


@blueprint.post("/duel/skips")
@blueprint.arguments(DuelSkipSchema)
@blueprint.response(200, DuelSchema)
@requires("assets")
def post_skip(form: dict) -> Response:
    """Pass over a pair, which does not come again."""
    skip_duel(machine(), form["asset"])
    return duel_answer()


@blueprint.delete("/duel/choices/last")
@blueprint.response(200, DuelSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("assets")
def delete_last_choice() -> Response:
    """Take the last choice or skip back."""
    take_duel_back(machine())
    return duel_answer()


def small_copy(address: str) -> bytes:
    return candidate_previews().content(machine().downloads, address, SHOWN_WIDTH)


def duel_answer() -> Response:
    state = duel_state(machine())
    facts = {name: getattr(state, name) for name in ("choices", "skipped", "taste")}
    pair = shown_pair(state.pair) if state.pair else None
    return jsonify(DuelSchema().dump({"success": True, **facts, "pair": pair, "enough": FEWEST_CHOICES}))


def shown_pair(pair: DuelPair) -> dict[str, Any]:
    """The pair with the addresses of small copies on this server."""
    queries = preview_queries(machine(), (pair.left.address, pair.right.address))
    sides = {}
    for name in ("left", "right"):
        one = getattr(pair, name)
        picture = url_for("candidate_previews.candidate_preview", width=SHOWN_WIDTH, **queries[one.address])
        known = {"address": one.address, "provider": one.provider, "text": one.text}
        sides[name] = {**known, "picture": picture}
    return {"asset": pair.asset, "title": pair.title, "library": pair.library, **sides}
