"""Artwork on disk, read from the index."""

from flask import Response, jsonify
from sqlalchemy.orm import Session

from app.api.api_blueprint import ApiBlueprint
from app.api.asset_answers import kept_answer, root_id
from app.api.choice_answers import choice_answers
from app.api.document import ErrorSchema
from app.api.pages import page_fields
from app.api.schemas import assets as schemas
from app.api.schemas.decisions import DecisionSchema, StatesQuery, StatesSchema
from app.core.assets import browse, item_folders
from app.core.assets.arrangement import Arrangement
from app.core.assets.own_artwork import own_gallery
from app.core.assets.pictures import with_addresses
from app.core.assets.recent import recent_images
from app.core.assets.roots import PLACES
from app.core.assets.summary import asset_statistics, library_folders
from app.core.choices.recent import with_choices
from app.core.decisions.record import decision_of
from app.core.exports.library_types import library_type
from app.core.overlay_files import overlay_files
from app.extensions import machine
from app.http.security import requires
from app.services.system_readers import system_readers

NO_TYPE = "No export names the type of this library. Run the script once, so that it exports it."

blueprint = ApiBlueprint("assets", __name__, description="Artwork on disk.")


@blueprint.get("/assets/stats")
@blueprint.response(200, schemas.AssetStatsSchema)
@requires("read")
def asset_stats() -> Response:
    """Count the images by kind and by library, and their bytes."""
    return kept_answer("stats", "assets", stats_content)


def stats_content(session: Session, root: int | None) -> dict:
    return {"success": True, "stats": asset_statistics(library_folders(session, root))}


@blueprint.get("/assets-folders")
@blueprint.response(200, schemas.AssetFoldersSchema)
@requires("read")
def list_asset_folders() -> Response:
    """List the libraries with their counts."""
    return kept_answer("folders", "assets", folders_content)


def folders_content(session: Session, root: int | None) -> dict:
    return {"folders": library_folders(session, root)}


@blueprint.get("/manual-assets-gallery")
@blueprint.arguments(schemas.ArrangedQuery, location="query")
@blueprint.response(200, schemas.ManualGallerySchema)
@requires("read")
def manual_gallery(arrangement: Arrangement) -> Response:
    """List the images of the manual tree by library and folder."""

    def content(session: Session, root: int | None) -> dict:
        return own_gallery(session, root, PLACES["manual"].prefix, arrangement)

    return kept_answer("manual", "manual", content, page=arrangement)


@blueprint.get("/backup-assets-gallery")
@blueprint.arguments(schemas.ArrangedQuery, location="query")
@blueprint.response(200, schemas.BackupGallerySchema)
@requires("read")
def backup_gallery(arrangement: Arrangement) -> Response:
    """List the images of the backup tree by library and folder."""

    def content(session: Session, root: int | None) -> dict:
        found = own_gallery(session, root, PLACES["backup"].prefix, arrangement, loose=True)
        return found | {"is_configured": machine().roots.path("backup") is not None}

    return kept_answer("backup", "backup", content, page=arrangement)


@blueprint.get("/recent-assets")
@blueprint.response(200, schemas.RecentAssetsSchema)
@requires("read")
def recent_assets() -> Response:
    """List the hundred newest images, the newest first."""
    answers = choice_answers()
    state = answers.state().version, answers.tree().flat, system_readers().latest_export()
    return kept_answer("recent", "assets", recent_content, also=state)


def recent_content(session: Session, root: int | None) -> dict:
    found = with_choices(session, choice_answers().tree(), recent_images(session, root))
    return {"success": True, "assets": found, "total_count": len(found)}


@blueprint.get("/folder-view/browse")
@blueprint.arguments(schemas.BrowseQuery, location="query")
@blueprint.response(200, schemas.BrowsedFolderSchema)
@blueprint.alt_response(404, schema=ErrorSchema)
@requires("read")
def browse_folder(query: dict) -> Response:
    """List the folders in a folder of the asset tree, then its images."""
    path = browse.safe_relative_path(query["path"])
    with machine().database.reading() as session:
        items = browse.browse(session, root_id(), path)
    return jsonify(success=True, path=path, items=items)


@blueprint.get("/folder-view/items/<path:library>")
@blueprint.response(200, schemas.ItemFoldersSchema)
@requires("read")
def library_items(library: str) -> Response:
    """List the folders of a library."""
    path = browse.safe_relative_path(library)
    with machine().database.reading() as session:
        return jsonify(folders=item_folders.list_item_folders(session, root_id(), path))


@blueprint.get("/folder-view/assets/<path:folder>")
@blueprint.response(200, schemas.FolderAssetsSchema)
@requires("read")
def folder_assets(folder: str) -> Response:
    """List the images in a folder."""
    path = browse.safe_relative_path(folder)
    with machine().database.reading() as session:
        items = browse.browse(session, root_id(), path)
    return jsonify(assets=[item for item in items if item["type"] == "asset"])


@blueprint.get("/assets/states")
@blueprint.arguments(StatesQuery, location="query")
@blueprint.response(200, StatesSchema)
@requires("read")
def asset_states(query: dict) -> Response:
    """List whose each picture is and what became of it on the media server, by path."""
    rows, total = system_readers().picture_states.page(**query)
    with machine().database.reading() as session:
        found = with_addresses(session, root_id(), rows)
    return jsonify(page_fields("assets", found, total, query))


@blueprint.get("/assets/<path:asset>/decision")
@blueprint.response(200, DecisionSchema)
@blueprint.alt_response(404, schema=ErrorSchema)
@requires("read")
def asset_decision(asset: str) -> Response:
    """Show why a picture was chosen, which others there were, and why they lost."""
    return jsonify(success=True, **decision_of(machine().paths.engine, asset))


@blueprint.get("/assets/folders")
@blueprint.arguments(schemas.LibraryQuery, location="query")
@blueprint.response(200, schemas.FolderChoicesSchema)
@blueprint.alt_response(404, schema=ErrorSchema)
@requires("read")
def folder_choices(query: dict) -> dict:
    """List the libraries, or the folders of one."""
    library, place = query["library_name"], str(machine().roots.path("assets") or "")
    with machine().database.reading() as session:
        if library is None:
            libraries = item_folders.library_choices(session, root_id())
            return {"success": True, "libraries": libraries, "path": place}
        found = item_folders.item_choices(session, root_id(), library)
    return {"success": True, "folders": found, "library": library, "path": f"{place}/{library}"}


@blueprint.get("/asset-type-lookup")
@blueprint.arguments(schemas.TypeQuery, location="query")
@blueprint.response(200, schemas.LibraryTypeSchema)
@requires("read")
def asset_type_lookup(query: dict) -> Response:
    """Return whether a library holds films or shows, as the latest export says."""
    library = query["library_name"]
    with machine().database.reading() as session:
        found = library_type(session, library)
    if found:
        return jsonify(success=True, library_name=library, media_type=found)
    return jsonify(success=False, library_name=library, media_type=None, error=NO_TYPE)


@blueprint.get("/overlayfiles")
@blueprint.response(200, schemas.OverlayFilesSchema)
@requires("read")
def list_overlay_files() -> Response:
    """List the overlays and fonts."""
    return jsonify(success=True, files=overlay_files(machine().paths.overlays))
