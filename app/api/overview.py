"""Which artwork a person should look at."""

from flask import Response

from app.api.api_blueprint import ApiBlueprint
from app.api.choice_answers import choice_answers
from app.api.schemas.choices import OverviewQuery, OverviewSchema
from app.core.choices.overview import OverviewSelection
from app.http.security import requires

blueprint = ApiBlueprint("overview", __name__, description="Which artwork a person should look at.")


@blueprint.get("/assets/overview")
@blueprint.arguments(OverviewQuery, location="query")
@blueprint.response(200, OverviewSchema)
@requires("read")
def get_overview(query: dict) -> Response:
    """List what is missing, in another language, of another provider, cut off, or settled."""
    answers = choice_answers()
    return answers.overview_page(OverviewSelection(**query)) if query else answers.overview()
