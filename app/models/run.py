from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Boolean, Index, Integer, String, Text, false
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Moment, now


class Status(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    STOPPED = "stopped"
    INTERRUPTED = "interrupted"
    SKIPPED = "skipped"


ENDED = (Status.COMPLETED, Status.FAILED, Status.STOPPED, Status.INTERRUPTED)


class Origin(StrEnum):
    SCHEDULE = "schedule"
    WEBHOOK = "webhook"
    API = "api"
    CLI = "cli"
    START = "start"  # the first start of the server, over the demo library
    RECOVERED = "recovered"


def counter() -> Mapped[int]:
    return mapped_column(Integer, default=0, server_default="0")


class Run(Base):
    """One life of the poster script: asked for, launched, followed, ended."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    mode: Mapped[str] = mapped_column(String(32))
    origin: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16), default=Status.QUEUED)
    arguments: Mapped[list] = mapped_column(JSON, default=list)
    reason: Mapped[str | None] = mapped_column(Text)
    attempt: Mapped[int] = counter()
    stop_requested: Mapped[str | None] = mapped_column(String(8))  # "polite" or "force"

    queued_at: Mapped[datetime] = mapped_column(Moment, default=now)
    not_before: Mapped[datetime | None] = mapped_column(Moment)
    started_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    pid: Mapped[int | None]
    # Boot and clock tick of its start: a pid alone can be reused, and a wall clock can be moved.
    process_started: Mapped[str | None] = mapped_column(String(80))
    exit_code: Mapped[int | None]
    log_file: Mapped[str | None] = mapped_column(String(255))

    # The run that this one takes back; not one that only writes the plan of that.
    undoes: Mapped[int | None] = mapped_column(Integer, index=True)

    # Identity of the due moment of a schedule, so that it is never queued twice.
    occurrence: Mapped[str | None] = mapped_column(String(64), unique=True)

    # Identity of the script's own report, so that a run is never counted twice.
    report_key: Mapped[str | None] = mapped_column(String(128), unique=True)
    script_started_at: Mapped[datetime | None] = mapped_column(Moment)
    script_ended_at: Mapped[datetime | None] = mapped_column(Moment)
    runtime_seconds: Mapped[int] = counter()
    total_images: Mapped[int] = counter()
    posters: Mapped[int] = counter()
    seasons: Mapped[int] = counter()
    backgrounds: Mapped[int] = counter()
    titlecards: Mapped[int] = counter()
    collections: Mapped[int] = counter()
    errors: Mapped[int] = counter()
    fallbacks: Mapped[int] = counter()
    textless: Mapped[int] = counter()
    truncated: Mapped[int] = counter()
    text: Mapped[int] = counter()
    tba_skipped: Mapped[int] = counter()
    jap_chines_skipped: Mapped[int] = counter()
    images_cleared: Mapped[int] = counter()
    folders_cleared: Mapped[int] = counter()
    notification_sent: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    uptime_kuma: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    space_saved: Mapped[str | None] = mapped_column(String(64))
    script_version: Mapped[str | None] = mapped_column(String(64))
    im_version: Mapped[str | None] = mapped_column(String(64))
    notes: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        Index("ix_runs_status_queued_at", "status", "queued_at"),
        Index("ix_runs_started_at", "started_at"),
        # The database itself holds that one run is active at most.
        Index(
            "ux_runs_one_running",
            "status",
            unique=True,
            sqlite_where=sql("status = 'running'"),
            postgresql_where=sql("status = 'running'"),
        ),
    )

    def __repr__(self) -> str:
        return f"<Run {self.id} {self.mode} {self.status}>"
