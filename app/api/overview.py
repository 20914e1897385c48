"""Which artwork a person should look at."""

from flask import Response, jsonify

from app.api.api_blueprint import Chapter
from app.api.choice_answers import choice_answers
from app.api.schemas.choices import OverviewQuery, OverviewSchema
from app.core.choices.overview import Wish, page, settings
from app.core.choices.state import grades
from app.extensions import machine
from app.http.security import requires

chapter = Chapter("overview", __name__, description="Which artwork a person should look at.")


@chapter.get("/assets/overview")
@chapter.arguments(OverviewQuery, location="query")
@chapter.response(200, OverviewSchema)
@requires("read")
def overview(query: dict) -> Response:
    """List what is missing, in another language, of another provider, cut off, or settled."""
    answers = choice_answers()
    if not query:
        return answers.overview()
    rules = answers.rules()
    with machine().database.reading() as session:
        found = page(session, answers.showing(), grades(answers.state(), rules), Wish(**query))
    return jsonify(found | {"config": settings(rules)})
