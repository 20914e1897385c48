"""Artwork is deleted, held and released by hand: at once, and so that one call takes it back."""

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.document import ErrorSchema
from app.api.queueing import queue
from app.api.schemas import edits as schemas
from app.core.editing.edits import DELETE
from app.core.editing.places import ASSETS
from app.core.editing.selection import CODES, REDRAW, EditPlan
from app.core.execution.asset_lists import asset_list
from app.core.execution.run_offers import require_switch
from app.core.modes import FULL_RUN, ONLY
from app.extensions import machine
from app.http.security import requires
from app.services.bulk_edits import (
    BulkOutcome,
    delete_artwork,
    delete_chosen,
    delete_chosen_one,
    edit_named,
    planned_edit,
    sample_pictures,
)

blueprint = ApiBlueprint("artwork edits", __name__, description="Changes of artwork by hand.")

# The root whose files each address deletes.
GALLERIES = {
    "gallery": ASSETS,
    "backgrounds": ASSETS,
    "seasons": ASSETS,
    "titlecards": ASSETS,
    "manual-assets": "manual",
    "backup-assets": "backup",
}
MOST_NAMED = 100


def serve_deletions(address: str, root: str) -> None:
    """Register the views that delete pictures below one address."""

    @blueprint.delete(f"/{address}/<path:path>", endpoint=f"delete_{address}")
    @blueprint.response(200, schemas.EditedSchema)
    @blueprint.alt_response(409, schema=ErrorSchema)
    @requires("assets")
    def delete_picture(path: str) -> Response:
        """Delete one picture, whatever its kind; its bytes are kept, and undo brings it back."""
        outcome = delete_artwork(machine(), root, path)
        return jsonify(success=True, message=f"Deleted {path}", run_id=outcome.run)

    @blueprint.post(f"/{address}/bulk-delete", endpoint=f"bulk_delete_{address}")
    @blueprint.arguments(schemas.PathsSchema)
    @blueprint.response(200, schemas.BulkDeletedSchema)
    @blueprint.alt_response(404, schema=ErrorSchema)
    @requires("assets")
    def delete_pictures(form: dict) -> Response:
        """Delete many pictures as one run, which one call takes back."""
        outcome = edit_named(machine(), root, DELETE, form["paths"])
        return jsonify(deleted=outcome.done, **bulk_fields(outcome, "deleted"), failed=failed_paths(outcome))


for gallery_address, gallery_root in GALLERIES.items():
    serve_deletions(gallery_address, gallery_root)


@blueprint.delete("/assets/delete-asset/<int:number>")
@blueprint.response(200, schemas.AssetDeletedSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("assets")
def delete_asset(number: int) -> Response:
    """Delete the picture of an image choice, and the choice."""
    outcome, files = delete_chosen_one(machine(), number)
    facts = {"file_deleted": files > 0, "db_deleted": True, "run_id": outcome.run}
    return jsonify(success=True, message=f"Deleted image choice {number}", **facts)


@blueprint.post("/assets/bulk-delete-assets")
@blueprint.arguments(schemas.RecordsSchema)
@blueprint.response(200, schemas.RecordsDeletedSchema)
@requires("assets")
def delete_assets(form: dict) -> Response:
    """Delete the pictures of many image choices, and the choices, as one run."""
    outcome, _ = delete_chosen(machine(), form["record_ids"])
    failed = [{"record_id": int(name), "error": why} for name, why in outcome.failed]
    counts = {"deleted_count": len(outcome.done), "failed_count": len(failed)}
    return jsonify(**bulk_fields(outcome, "deleted"), **counts, failed_items=failed)


@blueprint.post("/assets/bulk-edit")
@blueprint.arguments(schemas.BulkEditSchema)
@blueprint.response(200, schemas.BulkEditedSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("assets")
def bulk_edit(form: dict) -> Response:
    """Delete, hold or release a list of pictures, or all of a filter but for exceptions, as one run."""
    names = form["paths"] if form["filter"] is None else form["filter"]
    plan = planned_edit(machine(), form["root"], form["action"], names, form["excepted"])
    if form["dry_run"]:
        return planned_answer(form["root"], plan)
    plan.require_count(form["expected"])
    outcome = edit_named(machine(), form["root"], form["action"], plan.paths)
    facts = {"count": len(outcome.done), "failed": failed_paths(outcome), **skipped_fields(plan)}
    return jsonify(dry_run=False, action=plan.action, **bulk_fields(outcome, "changed"), **facts, sample=[])


@blueprint.post("/assets/bulk-redraw")
@blueprint.arguments(schemas.ChosenPicturesSchema)
@blueprint.response(200, schemas.BulkEditedSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("run")
def bulk_redraw(form: dict) -> Response:
    """Queue a run that draws a list of pictures, or all of a filter, as the present settings want them."""
    script = machine().settings.poster_script
    require_switch(script, ONLY)
    names = form["paths"] if form["filter"] is None else form["filter"]
    plan = planned_edit(machine(), ASSETS, REDRAW, names, form["excepted"])
    if form["dry_run"]:
        return planned_answer(ASSETS, plan)
    plan.require_count(form["expected"])
    # An empty list would be no list.
    arguments = [ONLY, asset_list(machine().paths.asset_lists, plan.paths)]
    run = queue(FULL_RUN, arguments).json["run_id"] if plan.paths else None
    facts = {"success": True, "message": f"{len(plan.paths)} are drawn by run {run}", "run_id": run}
    skipped = skipped_fields(plan)
    return jsonify(
        dry_run=False, action=REDRAW, count=len(plan.paths), failed=[], sample=[], **facts, **skipped
    )


def planned_answer(root: str, plan: EditPlan) -> Response:
    """What would be changed, and nothing is."""
    message = f"{len(plan.paths)} pictures would be changed"
    facts = {"success": True, "message": message, "run_id": None, "count": len(plan.paths), "failed": []}
    sample = sample_pictures(machine(), root, plan)
    return jsonify(dry_run=True, action=plan.action, **facts, **skipped_fields(plan), sample=sample)


def bulk_fields(outcome: BulkOutcome, verb: str) -> dict:
    """The fields of `EditedSchema`."""
    failed = f", {len(outcome.failed)} failed" if outcome.failed else ""
    message = f"{len(outcome.done)} {verb}{failed}"
    return {"success": outcome.success, "message": message, "run_id": outcome.run}


def failed_paths(outcome: BulkOutcome) -> list[dict[str, str]]:
    return [{"path": name, "error": why} for name, why in outcome.failed]


def skipped_fields(plan: EditPlan) -> dict:
    """What is skipped, and why."""
    skipped = [
        {"why": why, "code": CODES[why], "count": len(paths), "paths": paths[:MOST_NAMED]}
        for why, paths in plan.skipped.items()
    ]
    return {"skipped": skipped, "skipped_count": sum(one["count"] for one in skipped)}
