from datetime import datetime

from sqlalchemy import JSON, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Moment


class StoredDocument(Base):
    """Something kept by its name, such as the last good copy of a list that was fetched from outside."""

    __tablename__ = "stored_documents"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    body: Mapped[list | dict | None] = mapped_column(JSON)
    etag: Mapped[str | None] = mapped_column(String(255))
    last_modified: Mapped[str | None] = mapped_column(String(255))
    fetched_at: Mapped[datetime | None] = mapped_column(Moment)
    tried_at: Mapped[datetime | None] = mapped_column(Moment)
    error: Mapped[str | None] = mapped_column(Text)
