"""Whether a library holds films or shows, by the latest exports."""

import re

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.exports.queries import newest_first
from app.core.exports.sheets import KINDS
from app.models import ExportRun, LibraryExport

TABLE = LibraryExport.__table__
SHOWS, FILMS = re.compile("show|series", re.IGNORECASE), re.compile("movie|film", re.IGNORECASE)
# What lies here belongs to many libraries.
COLLECTIONS = "Collections"


class LibraryTypes:
    """Queries each library once."""

    def __init__(self, session: Session):
        self.session = session
        self.known: dict[str, bool | None] = {"": None, COLLECTIONS: None}

    def holds_shows(self, library: str) -> bool | None:
        """Whether the library holds shows; None where no export names its type."""
        if library not in self.known:
            self.known[library] = self.look_up(library)
        return self.known[library]

    def look_up(self, library: str) -> bool | None:
        name = library_type(self.session, library)
        return True if SHOWS.search(name) else False if FILMS.search(name) else None


def library_type(session: Session, library: str) -> str:
    """The type of a library in the words of the latest export, such as "movie"; "" where none names it."""
    latest = [newest_first(kind).with_only_columns(ExportRun.id).limit(1) for kind in KINDS]
    runs = [run for query in latest if (run := session.scalar(query))]
    types = select(TABLE.c.library_type).where(
        TABLE.c.export_run_id.in_(runs), TABLE.c.library_name == library
    )
    return session.scalar(types.limit(1)) or ""


def latest_export(session: Session) -> int:
    """A number that grows with every export."""
    return session.scalar(select(func.max(ExportRun.id))) or 0
