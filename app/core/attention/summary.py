"""Where what needs a person lies."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.attention.listing import HAS_CONCERN
from app.core.catalogue.table import TABLE


def libraries_of_concern(session: Session, root_id: int | None) -> list[str]:
    """The libraries that have a picture with any concern, by name."""
    found = select(TABLE.c.library).where(TABLE.c.root_id == root_id, HAS_CONCERN).distinct()
    return sorted(session.scalars(found), key=str.casefold)
