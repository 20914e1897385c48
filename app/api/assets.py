"""Artwork on disk, told from the index."""

from flask import Response, jsonify
from sqlalchemy.orm import Session

from app.api.api_blueprint import Chapter
from app.api.asset_answers import kept_answer, root_id
from app.api.choice_answers import choice_answers
from app.api.document import ErrorSchema
from app.api.schemas import assets as schemas
from app.api.system_readers import readings
from app.core.assets import browse, item_folders, own_artwork
from app.core.assets.recent import recent_images
from app.core.assets.roots import PLACES
from app.core.assets.summary import library_folders, statistics
from app.core.choices.recent import with_choices
from app.core.overlay_files import overlay_files
from app.extensions import machine
from app.http.security import requires

chapter = Chapter("assets", __name__, description="Artwork on disk.")


@chapter.get("/assets/stats")
@chapter.response(200, schemas.AssetStatsSchema)
@requires("read")
def asset_stats() -> Response:
    """Count the images by kind and by library, and their bytes."""
    return kept_answer("assets", stats_content)


def stats_content(session: Session, root: int | None) -> dict:
    return {"success": True, "stats": statistics(library_folders(session, root))}


@chapter.get("/assets-folders")
@chapter.response(200, schemas.AssetFoldersSchema)
@requires("read")
def asset_folders() -> Response:
    """List the libraries with their counts."""
    return kept_answer("assets", folders_content)


def folders_content(session: Session, root: int | None) -> dict:
    return {"folders": library_folders(session, root)}


@chapter.get("/manual-assets-gallery")
@chapter.response(200, schemas.ManualGallerySchema)
@requires("read")
def manual_gallery() -> Response:
    """List the images of the manual tree by library and folder."""
    return kept_answer("manual", manual_content)


def manual_content(session: Session, root: int | None) -> dict:
    found = own_artwork.libraries(session, root, PLACES["manual"].prefix)
    return {"libraries": found, "total_assets": own_artwork.total(found)}


@chapter.get("/backup-assets-gallery")
@chapter.response(200, schemas.BackupGallerySchema)
@requires("read")
def backup_gallery() -> Response:
    """List the images of the backup tree by library and folder."""
    return kept_answer("backup", backup_content)


def backup_content(session: Session, root: int | None) -> dict:
    found = own_artwork.libraries(session, root, PLACES["backup"].prefix, loose=True)
    configured = machine().roots.path("backup") is not None
    return {"libraries": found, "total_assets": own_artwork.total(found), "is_configured": configured}


@chapter.get("/recent-assets")
@chapter.response(200, schemas.RecentAssetsSchema)
@requires("read")
def recent_assets() -> Response:
    """List the hundred newest images, the newest first."""
    answers = choice_answers()
    told = answers.state().version, answers.tree().flat, readings().latest_export()
    return kept_answer("assets", recent_content, *told)


def recent_content(session: Session, root: int | None) -> dict:
    found = with_choices(session, choice_answers().tree(), recent_images(session, root))
    return {"success": True, "assets": found, "total_count": len(found)}


@chapter.get("/folder-view/browse")
@chapter.arguments(schemas.BrowseQuery, location="query")
@chapter.response(200, schemas.BrowsedFolderSchema)
@chapter.alt_response(404, schema=ErrorSchema)
@requires("read")
def browse_folder(query: dict) -> Response:
    """List the folders in a folder of the asset tree, then its images."""
    path = browse.relative_path(query["path"])
    with machine().database.reading() as session:
        items = browse.browse(session, root_id(), path)
    return jsonify(success=True, path=path, items=items)


@chapter.get("/folder-view/items/<path:library>")
@chapter.response(200, schemas.ItemFoldersSchema)
@requires("read")
def library_items(library: str) -> Response:
    """List the folders of a library."""
    path = browse.relative_path(library)
    with machine().database.reading() as session:
        return jsonify(folders=item_folders.item_folders(session, root_id(), path))


@chapter.get("/folder-view/assets/<path:folder>")
@chapter.response(200, schemas.FolderAssetsSchema)
@requires("read")
def folder_assets(folder: str) -> Response:
    """List the images in a folder."""
    path = browse.relative_path(folder)
    with machine().database.reading() as session:
        items = browse.browse(session, root_id(), path)
    return jsonify(assets=[item for item in items if item["type"] == "asset"])


@chapter.get("/assets/folders")
@chapter.arguments(schemas.LibraryQuery, location="query")
@chapter.response(200, schemas.FolderChoicesSchema)
@chapter.alt_response(404, schema=ErrorSchema)
@requires("read")
def folder_choices(query: dict) -> Response:
    """List the libraries, or the folders of one."""
    library, place = query["library_name"], str(machine().roots.path("assets") or "")
    with machine().database.reading() as session:
        if library is None:
            return jsonify(
                success=True, libraries=item_folders.library_choices(session, root_id()), path=place
            )
        found = item_folders.item_choices(session, root_id(), library)
    return jsonify(success=True, folders=found, library=library, path=f"{place}/{library}")


@chapter.get("/overlayfiles")
@chapter.response(200, schemas.OverlayFilesSchema)
@requires("read")
def list_overlay_files() -> Response:
    """List the overlays and fonts."""
    return jsonify(success=True, files=overlay_files(machine().paths.overlays))
