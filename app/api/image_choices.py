"""The script's choices of pictures, one by one."""

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.choice_answers import choice_answers
from app.api.document import ErrorSchema
from app.api.schemas.choices import (
    AddedChoiceSchema,
    ChangesSchema,
    ChoiceMessageSchema,
    ChoiceSchema,
    FindAssetSchema,
    ImportedSchema,
    ListQuery,
    NewChoiceSchema,
    ProviderDaysSchema,
    ProviderQuery,
)
from app.core.choices import editing
from app.core.choices.analytics import provider_days
from app.core.choices.artwork import described_artwork
from app.core.choices.importing import import_choices_now
from app.core.choices.showing import Showing
from app.extensions import machine
from app.http.security import requires
from app.models.base import now
from app.services.system_readers import system_readers

blueprint = ApiBlueprint("image choices", __name__, description="Which pictures the script chose.")


@blueprint.get("/imagechoices")
@blueprint.arguments(ListQuery, location="query")
@blueprint.response(200, ChoiceSchema(many=True))
@requires("read")
def list_choices(query: dict) -> Response:
    """List the choices, the newest first: all of them, or a page."""
    limit, offset = query["limit"], query["offset"]
    if limit is None and offset is None:
        return choice_answers().everything()
    with machine().database.reading() as session:
        rows = editing.choice_list(session, limit, offset or 0)
    showing = Showing(system_readers().zone)
    return jsonify([showing.plain(row) for row in rows])


@blueprint.get("/imagechoices/<path:title>")
@blueprint.response(200, ChoiceSchema)
@requires("read")
def get_choice(title: str) -> Response:
    """Show one choice by its title, or by its number."""
    with machine().database.reading() as session:
        row = editing.titled(session, title)
    return jsonify(Showing(system_readers().zone).plain(row))


@blueprint.post("/imagechoices")
@blueprint.arguments(NewChoiceSchema)
@blueprint.response(200, AddedChoiceSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("assets")
def create_choice(given: dict) -> Response:
    """Add a choice; the script's next file changes it where it names the same picture."""
    rules = choice_answers().rules()
    with machine().database.writing() as session:
        number = editing.add_choice(session, rules, given)
    return jsonify(id=number, message="Image choice added")


@blueprint.put("/imagechoices/<int:number>")
@blueprint.arguments(ChangesSchema)
@blueprint.response(200, ChoiceMessageSchema)
@blueprint.alt_response(405, schema=ErrorSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("assets")
def change_choice(changes: dict, number: int) -> Response:
    """Change a choice; `Manual` as Yes resolves it, whatever the script writes later."""
    rules = choice_answers().rules()
    with machine().database.writing() as session:
        editing.change_values(session, rules, number, changes)
    return jsonify(message="Image choice updated")


@blueprint.delete("/imagechoices/<int:number>")
@blueprint.response(200, ChoiceMessageSchema)
@blueprint.alt_response(405, schema=ErrorSchema)
@requires("assets")
def delete_choice(number: int) -> Response:
    """Take a choice out of the list; the image itself stays."""
    with machine().database.writing() as session:
        editing.remove_choice(session, number)
    return jsonify(message="Image choice deleted")


@blueprint.get("/imagechoices/<int:number>/find-asset")
@blueprint.response(200, FindAssetSchema)
@requires("read")
def find_asset(number: int) -> Response:
    """Return the path and address of the image of a choice."""
    tree = choice_answers().tree()
    with machine().database.reading() as session:
        asset = described_artwork(session, tree, editing.existing_choice(session, number))
    return jsonify(success=True, asset=asset)


@blueprint.post("/imagechoices/import")
@blueprint.response(200, ImportedSchema)
@blueprint.alt_response(404, schema=ErrorSchema)
@requires("assets")
def import_choices() -> Response:
    """Import what the latest run has written so far."""
    tally = import_choices_now(machine().database, machine().paths)
    details = [f"Rows that do not fit the heading: {tally.misshapen}."] if tally.misshapen else []
    stats = {"added": tally.added, "updated": tally.updated, "skipped": tally.unchanged}
    return jsonify(
        message=f"Imported {tally.added} new and {tally.updated} changed image choices",
        stats=stats | {"errors": tally.misshapen, "error_details": details},
    )


@blueprint.get("/analytics/providers")
@blueprint.arguments(ProviderQuery, location="query")
@blueprint.response(200, ProviderDaysSchema)
@requires("read")
def provider_analytics(query: dict) -> Response:
    """Count the pictures that each provider gave, by the day on which the choice was added."""
    with machine().database.reading() as session:
        stats = provider_days(session, system_readers().zone, query["days"], now())
    return jsonify(success=True, stats=stats)
