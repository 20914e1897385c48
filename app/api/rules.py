"""The rules in rules.json: settings by library, label, show or title."""

from collections.abc import Callable

import structlog
from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.config import expected, not_kept
from app.api.document import ErrorSchema
from app.api.schemas.config import RestoreSchema, RevisionHeader
from app.api.schemas.rules import (
    NamesQuerySchema,
    NamesSchema,
    RuleMatchesSchema,
    RulesBackupsSchema,
    RulesChangeSchema,
    RulesErrorSchema,
    RulesQuestionSchema,
    RulesSavedSchema,
    RulesSchema,
)
from app.core.item_rules.rules_document import SavedRules, restore_rules, rules_state, save_rules
from app.core.prices import looked_through, names_for
from app.core.settings import backups
from app.extensions import machine
from app.http.security import requires
from app.services.prices import prices

log = structlog.get_logger(__name__)

blueprint = ApiBlueprint("rules", __name__, description="Settings by library, label, show or title.")
blueprint.after_request(not_kept)


def edits_rules(view: Callable) -> Callable:
    """Mark a view that writes rules.json: who may, what it answers, and when it refuses."""
    answering = blueprint.response(200, RulesSavedSchema)(requires("config")(view))
    refusing = blueprint.alt_response(409, schema=ErrorSchema)(answering)
    return blueprint.alt_response(400, schema=RulesErrorSchema)(refusing)


@blueprint.get("/rules")
@blueprint.response(200, RulesSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("config")
def get_rules() -> Response:
    """Show all rules, and what is wrong with them."""
    state = rules_state(machine().paths)
    response = jsonify(success=True, **state._asdict())
    response.set_etag(state.revision)
    return response


@blueprint.post("/rules")
@blueprint.arguments(RulesChangeSchema)
@blueprint.arguments(RevisionHeader, location="headers")
@edits_rules
def post_rules(sent: dict, headers: dict) -> Response:
    """Replace all rules; nothing is written where one of them is not right or contradicts another."""
    return answer_saved_rules("saved", save_rules(machine().paths, sent["rules"], expected(sent)))


@blueprint.post("/rules/matches")
@blueprint.arguments(RulesQuestionSchema)
@blueprint.response(200, RuleMatchesSchema)
@blueprint.alt_response(400, schema=RulesErrorSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("config")
def post_rules_matches(sent: dict) -> Response:
    """Say what rules that are not saved apply to, and what is wrong with them."""
    return jsonify(success=True, **looked_through(prices().ask, sent["rules"]))


@blueprint.get("/rules/names")
@blueprint.arguments(NamesQuerySchema, location="query")
@blueprint.response(200, NamesSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("config")
def get_rules_names(wanted: dict) -> Response:
    """List libraries, labels, titles or shows that a condition could name, of artwork that was made."""
    return jsonify(success=True, names=names_for(prices().ask, wanted["of"], wanted["search"]))


@blueprint.get("/rules/backups")
@blueprint.response(200, RulesBackupsSchema)
@requires("config")
def get_rules_backups() -> Response:
    """List the copies that each save leaves, newest first."""
    return jsonify(success=True, backups=backups.list_backups(machine().paths, backups.RULES))


@blueprint.post("/rules/restore")
@blueprint.arguments(RestoreSchema)
@blueprint.arguments(RevisionHeader, location="headers")
@edits_rules
@blueprint.alt_response(404, schema=ErrorSchema)
def post_rules_restore(wanted: dict, headers: dict) -> Response:
    """Put a backup in the file's place; the state before is backed up first."""
    return answer_saved_rules("restored", restore_rules(machine().paths, wanted["file"], expected(wanted)))


def answer_saved_rules(what: str, saved: SavedRules) -> Response:
    if saved.is_changed:
        log.info("rules_changed", how=what, count=len(saved.state.rules))
    message = f"{len(saved.state.rules)} rules {what}" if saved.is_changed else "Nothing to change"
    response = jsonify(
        success=True,
        message=message,
        changed=saved.is_changed,
        warnings=saved.state.warnings,
        revision=saved.state.revision,
        backup=saved.backup,
    )
    response.set_etag(saved.state.revision)
    return response
