"""What media servers cover, cut off or make too small of the texts on pictures."""

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.schemas.viewing import LossesSchema, LossSchema, ShownTextsSchema
from app.core.viewing.losses import losses_of
from app.http.security import requires

blueprint = ApiBlueprint("viewing", __name__, description="Pictures as media servers show them.")


@blueprint.post("/viewing/losses")
@blueprint.arguments(ShownTextsSchema)
@blueprint.response(200, LossesSchema)
@requires("read")
def viewing_losses(sent: dict) -> Response:
    """Say what Plex, Jellyfin and Emby take from each text on a television and on a phone."""
    found = [
        {"text": place, "loss": loss} for place, text in enumerate(sent["texts"]) for loss in losses_of(text)
    ]
    return jsonify(success=True, losses=LossSchema(many=True).dump(found))
