"""The ids of an item at the providers, as earlier runs found them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.exports.queries import newest_first
from app.models import ExportRun, ImageChoice, LibraryExport

EXPORTS = ("plex", "other")


def known_ids(session: Session, library: str, folder: str) -> dict[str, str]:
    """The ids of the item in that folder by "tmdb", "tvdb" and "imdb"; those of the newest export come first.

    Without a library the folder alone decides.
    """
    if not folder:
        return {}
    found: dict[str, str] = {}
    for row in (*exported_ids(session, library, folder), *chosen_ids(session, library, folder)):
        for name, value in zip(("tmdb", "tvdb", "imdb"), row, strict=True):
            if value and value.lower() != "false":
                found.setdefault(name, value)
    return found


def exported_ids(session: Session, library: str, folder: str) -> list:
    latest = [session.scalar(newest_first(kind).with_only_columns(ExportRun.id).limit(1)) for kind in EXPORTS]
    columns = LibraryExport.tmdbid, LibraryExport.tvdbid, LibraryExport.imdbid
    query = select(*columns).where(
        LibraryExport.export_run_id.in_([number for number in latest if number]),
        LibraryExport.root_foldername == folder,
    )
    of_library = query.where(LibraryExport.library_name == library) if library else query
    return list(session.execute(of_library.limit(1)))


def chosen_ids(session: Session, library: str, folder: str) -> list:
    columns = ImageChoice.tmdbid, ImageChoice.tvdbid, ImageChoice.imdbid
    query = select(*columns).where(ImageChoice.rootfolder == folder).order_by(ImageChoice.id.desc())
    return list(session.execute(query.where(ImageChoice.library_name == library) if library else query))[:5]
