"""The library on any day: what lay there after a run, and going back to it."""

from itertools import islice
from urllib.parse import quote

from flask import Flask, Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.document import ErrorSchema
from app.api.pages import page_fields
from app.api.queueing import queue
from app.api.schemas.days import (
    DayCountsSchema,
    DayFolderQuery,
    DayPictureSchema,
    DayPicturesQuery,
    DayPicturesSchema,
    DaySchema,
    DaysQuery,
    DaysSchema,
    GoingBackSchema,
    WentBackSchema,
)
from app.core.assets.naming import address
from app.core.assets.roots import PLACES
from app.core.days.going_back import DayPlan, WantedBack, arguments_back, counted_states, day_plan
from app.core.days.listing import day_named, days_of
from app.core.days.pictures import PictureThen, changed_pictures
from app.core.execution.run_offers import require_mode
from app.core.modes import UNDO
from app.core.state_cache import StateCache
from app.extensions import Extension, machine
from app.http.security import requires

blueprint = ApiBlueprint("days", __name__, description="The library as it lay after each run.")

ASSETS = "assets"
KEPT_COUNTS = 64
day_counts_cache = Extension[StateCache]("day_counts")
MOST_NAMED = 20


def init_app(app: Flask) -> None:
    day_counts_cache.attach(app, StateCache(KEPT_COUNTS))


@blueprint.get("/days")
@blueprint.arguments(DaysQuery, location="query")
@blueprint.response(200, DaysSchema)
@requires("read")
def list_days(query: dict) -> Response:
    """List the runs after which the library lay otherwise than before, the newest first."""
    found, total = days_of(machine().paths.engine, query["limit"], query["offset"])
    return jsonify(page_fields("days", DaySchema(many=True).dump(found), total, query))


@blueprint.get("/days/<name>")
@blueprint.arguments(DayFolderQuery, location="query")
@blueprint.response(200, DayCountsSchema)
@requires("read")
def day_counts(query: dict, name: str) -> Response:
    """Count what differs from the day, by how it differs."""
    engine, root = machine().paths.engine, machine().roots.path(ASSETS)
    day, folder = day_named(engine, name), query["folder"]
    # Whether bytes are still kept may change with the next run alone.
    state = machine().picture_states.version()
    counts = day_counts_cache().built(
        (name, folder), lambda: counted_states(changed_pictures(engine, root, day, folder)), state
    )
    return jsonify(success=True, day=DaySchema().dump(day), counts=counts)


@blueprint.get("/days/<name>/assets")
@blueprint.arguments(DayPicturesQuery, location="query")
@blueprint.response(200, DayPicturesSchema)
@requires("read")
def day_assets(query: dict, name: str) -> Response:
    """List a part of the pictures that differ from the day, by path, each as it was then and as it is now."""
    engine = machine().paths.engine
    day = day_named(engine, name)
    found = changed_pictures(engine, machine().roots.path(ASSETS), day, query["folder"], query["after"])
    part = list(islice(found, query["limit"] + 1))
    shown = [picture_fields(each) for each in part[: query["limit"]]]
    more = len(part) > len(shown)
    return jsonify(success=True, assets=shown, next=shown[-1]["path"] if more else None)


@blueprint.post("/days/<name>/restore")
@blueprint.arguments(GoingBackSchema, required=False)
@blueprint.response(200, WentBackSchema)
@blueprint.alt_response(409, schema=ErrorSchema)
@requires("run")
def go_back(form: dict, name: str) -> Response:
    """Have pictures be as they were on the day, on the disk and at the media server, by one run."""
    own = machine()
    require_mode(own.settings.poster_script, UNDO)
    day = day_named(own.paths.engine, name)
    paths = None if form["assets"] is None else tuple(form["assets"])
    wanted = WantedBack(paths, form["folder"], form["keep_by_hand"])
    plan = day_plan(own.paths.engine, own.roots.path(ASSETS), day, wanted)
    if form["dry_run"]:
        return jsonify(**NOT_STARTED, **going_back_fields(plan))
    plan.require(form["expected_count"])
    return queue(UNDO, arguments_back(day, own.paths.asset_lists, plan.paths), more=going_back_fields(plan))


NOT_STARTED = {
    "success": True,
    "message": "Nothing was started: this is what would be done",
    **dict.fromkeys(("pid", "run_id", "status", "position")),
    "queued": False,
}


def going_back_fields(plan: DayPlan) -> dict:
    """The fields of `WentBackSchema` that are about the pictures."""
    return {
        "count": len(plan.paths),
        "removed": plan.removed,
        "by_hand": len(plan.by_hand),
        "by_hand_paths": plan.by_hand[:MOST_NAMED],
        "left": plan.left,
        "sample": [picture_fields(each) for each in plan.sample],
    }


def picture_fields(picture: PictureThen) -> dict:
    """The fields of `DayPictureSchema`."""
    present = address(PLACES[ASSETS].prefix, picture.path) if picture.is_there else None
    kept = picture.is_kept and picture.then
    then = f"/api/assets/{quote(picture.path)}/versions/{picture.then.sha256}" if kept else None
    known = {name: getattr(picture, name) for name in ("path", "title", "state", "is_by_hand", "is_touched")}
    return DayPictureSchema().dump(known | {"then_url": then, "now_url": present})
