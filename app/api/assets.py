"""Artwork on disk, told from the index."""

from flask import Response
from sqlalchemy.orm import Session

from app.api.asset_answers import kept_answer
from app.api.chapter import Chapter
from app.api.schemas.assets import AssetStatsSchema, AssetFoldersSchema
from app.core.assets.summary import library_folders, statistics
from app.security import requires

chapter = Chapter("assets", __name__, description="Artwork on disk.")


def stats_content(session: Session, root_id: int | None) -> dict:
    return {"success": True, "stats": statistics(library_folders(session, root_id))}


def folders_content(session: Session, root_id: int | None) -> dict:
    return {"folders": library_folders(session, root_id)}


@chapter.get("/assets/stats")
@chapter.response(200, AssetStatsSchema)
@requires("read")
def asset_stats() -> Response:
    """Count the images by kind and by library, and their bytes."""
    return kept_answer("assets", stats_content)


@chapter.get("/assets-folders")
@chapter.response(200, AssetFoldersSchema)
@requires("read")
def asset_folders() -> Response:
    """List the libraries with their counts."""
    return kept_answer("assets", folders_content)
