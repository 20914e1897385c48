from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Boolean, Index, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Moment, now
from app.models.run import counter


class ItemStatus(StrEnum):
    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"


class QueueItem(Base):
    """A picture that waits to take the place of artwork, until somebody starts the queue."""

    __tablename__ = "queue_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    asset_path: Mapped[str] = mapped_column(Text)
    # "url", "upload" or "local_path", with the address, the file's name or its path.
    source_type: Mapped[str] = mapped_column(String(16))
    source_data: Mapped[str] = mapped_column(Text)
    overlay_params: Mapped[dict] = mapped_column(JSON, default=dict)
    # The staged picture, and the arguments of the manual run that takes it; none where it is put as it is.
    picture: Mapped[str] = mapped_column(Text)
    arguments: Mapped[list] = mapped_column(JSON, default=list)

    status: Mapped[str] = mapped_column(String(16), default=ItemStatus.PENDING)
    # Whether somebody asked for it to be processed.
    is_started: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    # The run that processes it, or did.
    run_id: Mapped[int | None]
    attempts: Mapped[int] = counter()
    error_message: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    updated_at: Mapped[datetime] = mapped_column(Moment, default=now)

    __table_args__ = (Index("ix_queue_items_status_id", "status", "id"),)

    def __repr__(self) -> str:
        return f"<QueueItem {self.id} {self.asset_path!r} {self.status}>"
