"""Deletes the exports of old runs."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.core.exports.queries import newest_first
from app.core.exports.sheets import KINDS
from app.models import EpisodeExport, ExportFile, ExportRun, LibraryExport

BATCH = 2000
TABLES = (LibraryExport.__table__, EpisodeExport.__table__)
# Longer than the folders last that a file could be found in again.
KEPT = timedelta(days=365)


def drop_old(session: Session, keep: int, moment: datetime) -> None:
    """Hide all but the newest exports of each kind; their rows go later, in batches."""
    for kind in KINDS:
        old = list(session.scalars(newest_first(kind).with_only_columns(ExportRun.id).offset(keep)))
        session.execute(update(ExportRun).where(ExportRun.id.in_(old)).values(is_dropped=True))
    kept = select(ExportRun.id).where(~ExportRun.is_dropped)
    forgotten = ExportFile.export_run_id.is_(None) | ExportFile.export_run_id.not_in(kept)
    session.execute(delete(ExportFile).where(ExportFile.imported_at < moment - KEPT, forgotten))


def next_dropped(session: Session) -> int | None:
    return session.scalar(select(ExportRun.id).where(ExportRun.is_dropped).order_by(ExportRun.id).limit(1))


def delete_batch(session: Session, number: int) -> None:
    """Delete some rows of a dropped export, and the export itself once it has none."""
    if not any(delete_rows(session, table, number) for table in TABLES):
        session.execute(delete(ExportRun).where(ExportRun.id == number))


def delete_rows(session: Session, table, number: int) -> int:
    some = select(table.c.id).where(table.c.export_run_id == number).limit(BATCH)
    return session.execute(delete(table).where(table.c.id.in_(some))).rowcount
