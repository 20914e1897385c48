"""The index of artwork itself: its state, and the request to renew it."""

from flask import Response, jsonify

from app.api.api_blueprint import ApiBlueprint
from app.api.asset_answers import asset_answers, root_id
from app.api.schemas.assets import CacheStatusSchema, RefreshSchema
from app.core.assets.naming import PLURALS
from app.core.assets.register import ask_for_scan
from app.core.assets.root_scan import DEEP_SECONDS
from app.core.assets.summary import asset_statistics, library_folders
from app.core.health import leader_problems
from app.extensions import machine
from app.http.security import requires
from app.models.base import now

blueprint = ApiBlueprint("asset index", __name__, description="The index of artwork.")


@blueprint.post("/refresh-cache")
@blueprint.response(200, RefreshSchema)
@requires("run")
def refresh() -> Response:
    """Request a scan of everything, and return at once the counts of the present index."""
    with machine().database.writing() as session:
        ask_for_scan(session, now())
    return jsonify(success=True, message="A full scan is requested", **known_counts())


@blueprint.get("/cache/status")
@blueprint.response(200, CacheStatusSchema)
@requires("read")
def cache_status() -> Response:
    """Return when the index was last compared with the disk, and what it holds."""
    state = machine().state.read()
    alive = not leader_problems(state["leader"])
    scanning = bool((state.get("assets") or {}).get("scanning"))
    thread = {"running": alive, "thread_alive": alive, "scan_in_progress": scanning}
    return jsonify(success=True, cache=index_state(), background_refresh=thread)


def index_state() -> dict:
    mark = asset_answers().mark("assets")
    scanned = mark.scanned_at if mark else None
    return {
        "last_scanned": scanned.isoformat(timespec="seconds") if scanned else None,
        "age_seconds": (now() - scanned).total_seconds() if scanned else None,
        "ttl_seconds": int(DEEP_SECONDS),
        "refresh_interval": int(DEEP_SECONDS),
        "is_stale": mark is None or mark.missing_since is not None,
        "is_initial_scan": scanned is None,
        **{f"{name}_count": count for name, count in known_counts().items()},
    }


def known_counts() -> dict[str, int]:
    with machine().database.reading() as session:
        folders = library_folders(session, root_id())
    sums = asset_statistics(folders)
    return {**{plural: sums[plural] for plural in PLURALS}, "folders": len(folders)}
