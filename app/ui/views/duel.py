"""Duel: two candidates for a picture, one key to choose, and what the choices say of one's taste."""

from typing import Any

from flask import Blueprint, Response, url_for

from app.core.duels.contenders import Contender
from app.core.duels.taste import FEWEST_CHOICES
from app.core.replacing.provider_search import SHOWN_NAMES
from app.extensions import machine
from app.services.duels import DuelPair, duel_state
from app.services.offered_pictures import preview_queries
from app.ui.page import page, show

# As the API measures them, so that what was seen is what was measured.
WIDTH = 640


def register(blueprint: Blueprint) -> None:
    blueprint.get("/server/duel")(duel_page)


@page("assets")
def duel_page() -> Response:
    """Show the next two pictures, without a word about where they are from, and the taste so far."""
    state = duel_state(machine())
    sides = shown_sides(state.pair) if state.pair else []
    return show("duel.html", state=state, sides=sides, enough=FEWEST_CHOICES, names=SHOWN_NAMES)


def shown_sides(pair: DuelPair) -> list[dict[str, Any]]:
    """{"side", "address", "other", "picture"} of each of the two."""
    queries = preview_queries(machine(), (pair.left.address, pair.right.address))

    def side(name: str, one: Contender, other: Contender) -> dict[str, Any]:
        picture = url_for("candidate_previews.candidate_preview", width=WIDTH, **queries[one.address])
        return {"side": name, "address": one.address, "other": other.address, "picture": picture}

    return [side("left", pair.left, pair.right), side("right", pair.right, pair.left)]
