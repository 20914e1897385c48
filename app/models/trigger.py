from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Moment, now
from app.models.run import counter


class TriggerStatus(StrEnum):
    WAITING = "waiting"
    QUEUED = "queued"  # its run was asked for, and may be under way
    DONE = "done"
    FAILED = "failed"  # kept until it is replayed, deleted, or too old
    HANDED_OVER = "handed_over"  # the file belongs to another consumer


OPEN = (TriggerStatus.WAITING, TriggerStatus.QUEUED, TriggerStatus.HANDED_OVER)


class Trigger(Base):
    """One event of a sender, from its arrival until its run has completed."""

    __tablename__ = "triggers"

    id: Mapped[int] = mapped_column(primary_key=True)
    # What one request brought; none where others wrote the file.
    parcel: Mapped[str | None] = mapped_column(String(32))
    file: Mapped[str] = mapped_column(Text, index=True)  # below the watcher folder, with forward slashes
    fingerprint: Mapped[str | None] = mapped_column(String(80))
    sender: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(64))
    identity: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    year: Mapped[int | None]
    season: Mapped[int | None]
    episodes: Mapped[list] = mapped_column(JSON, default=list)
    fields: Mapped[list] = mapped_column(JSON, default=list)

    status: Mapped[str] = mapped_column(String(16), default=TriggerStatus.WAITING)
    received_at: Mapped[datetime] = mapped_column(Moment, default=now)
    first_at: Mapped[datetime] = mapped_column(Moment, default=now)  # of the events that it waits with
    waiting_until: Mapped[datetime] = mapped_column(Moment, default=now)
    due_since: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = counter()
    look_ups: Mapped[int] = counter()
    last_error: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        Index("ix_triggers_status_waiting_until", "status", "waiting_until"),
        Index("ix_triggers_status_identity", "status", "identity"),
    )

    def __repr__(self) -> str:
        return f"<Trigger {self.id} {self.identity} {self.status}>"


class TriggerRun(Base):
    """A run that a trigger led to, with the episodes it was for; none where it was for the whole item."""

    __tablename__ = "trigger_runs"

    trigger_id: Mapped[int] = mapped_column(ForeignKey("triggers.id", ondelete="CASCADE"), primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"), primary_key=True)
    episodes: Mapped[list] = mapped_column(JSON, default=list)

    __table_args__ = (Index("ix_trigger_runs_run_id", "run_id"),)
