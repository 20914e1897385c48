"""The queue of pictures that wait to take the place of artwork."""

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.document import ErrorSchema
from app.api.schemas.replacing import (
    ItemNumbersSchema,
    QueueItemSchema,
    QueueStartedSchema,
    RemovedItemsSchema,
    StartedItemsSchema,
)
from app.api.schemas.shapes import MessageSchema
from app.core.replacing.replacement_queue import (
    Removed,
    list_items,
    remove_item,
    remove_items,
    start_items,
)
from app.extensions import machine
from app.http.security import requires
from app.services.staged_pictures import discard_pictures

blueprint = ApiBlueprint("replacement queue", __name__, description="Pictures that wait to replace artwork.")


@blueprint.get("/queue")
@blueprint.response(200, QueueItemSchema(many=True))
@requires("read")
def get_queue() -> Response:
    """List the pictures of the queue, the oldest first."""
    with machine().database.reading() as session:
        return jsonify(QueueItemSchema(many=True).dump(list_items(session)))


@blueprint.post("/queue/run")
@blueprint.arguments(StartedItemsSchema, required=False)
@blueprint.response(200, QueueStartedSchema)
@requires("assets")
def run_queue(form: dict) -> Response:
    """Process those items, failed ones again, or all that are pending, one after the other."""
    with machine().database.writing() as session:
        started = start_items(session, form["item_ids"])
    return jsonify(success=True, message=f"{started} items will be processed", started=started)


@blueprint.post("/queue/clear")
@blueprint.response(200, RemovedItemsSchema)
@requires("assets")
def clear_queue() -> Response:
    """Delete all items but one that is being processed."""
    with machine().database.writing() as session:
        removed = remove_items(session, None)
    return removed_answer(removed)


@blueprint.post("/queue/delete")
@blueprint.arguments(ItemNumbersSchema)
@blueprint.response(200, RemovedItemsSchema)
@requires("assets")
def delete_queue_items(form: dict) -> Response:
    """Delete some items; one that is being processed stays."""
    with machine().database.writing() as session:
        removed = remove_items(session, form["item_ids"])
    return removed_answer(removed)


@blueprint.delete("/queue/<int:number>")
@blueprint.response(200, MessageSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("assets")
def delete_queue_item(number: int) -> Response:
    """Delete an item and its picture, unless it is being processed."""
    with machine().database.writing() as session:
        removed = remove_item(session, number)
    discard_pictures(removed.pictures)
    return jsonify(success=True, message=f"Queue item {number} was deleted")


def removed_answer(removed: Removed) -> Response:
    discard_pictures(removed.pictures)
    failed = [{"id": number, "error": reason} for number, reason in removed.kept.items()]
    kept = f", {len(failed)} kept" if failed else ""
    message = f"{len(removed.removed)} items were deleted{kept}"
    return jsonify(success=not failed, message=message, deleted=removed.removed, failed=failed)
