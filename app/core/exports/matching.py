"""Which export a file belongs to: one that is there already, one that it completes, or a new one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.exports.finding import NANOSECONDS, Bundle, Cut, FoundExport
from app.core.exports.sheets import ExportSheet
from app.models import ExportFile, ExportRun, Run

# Of files of unknown runs: those of one run lie no further apart than the script takes to list a library.
TOGETHER = timedelta(hours=1)
# Reports give the end of a run in whole seconds, cut off.
END_SLACK = timedelta(seconds=2)


@dataclass(frozen=True)
class Piece:
    """A found file, the script's run that wrote it, and its own row where it was imported before."""

    found: FoundExport
    script_run: Run | None
    known: ExportFile | None

    @property
    def script_run_id(self) -> int | None:
        return self.script_run.id if self.script_run else None


def known_cuts(session: Session) -> dict[str, Cut]:
    """The files that were imported with half a line at their end, by name."""
    rows = session.scalars(select(ExportFile).where(ExportFile.is_cut).order_by(ExportFile.id))
    return {row.name: Cut(row.id, row.inode, row.size, row.digest) for row in rows}


def is_remembered(session: Session, bundle: Bundle) -> bool:
    """Whether files of these names, sizes and times were all imported; they are not read for that."""
    return all(is_file_remembered(session, path) for path in bundle.paths())


def is_file_remembered(session: Session, path: Path) -> bool:
    facts = path.stat()
    same = (ExportFile.size == facts.st_size, ExportFile.modified_ns == facts.st_mtime_ns)
    row = select(ExportFile.id).where(ExportFile.name == path.name, *same).limit(1)
    return session.scalar(row) is not None


def piece_of(session: Session, found: FoundExport) -> Piece:
    run = script_run(session, found.written)
    return Piece(found, run, known_file(session, found, run))


def script_run(session: Session, written: datetime) -> Run | None:
    """The run of the script during which something was written."""
    started = select(Run).where(Run.started_at <= written).order_by(Run.started_at.desc()).limit(1)
    run = session.scalar(started)
    return run if run and (run.ended_at is None or run.ended_at + END_SLACK >= written) else None


def known_file(session: Session, found: FoundExport, run: Run | None) -> ExportFile | None:
    same = select(ExportFile).where(ExportFile.name == found.sheet.file, ExportFile.digest == found.digest)
    rows = session.scalars(same.order_by(ExportFile.id.desc()))
    return next((row for row in rows if is_same_export(session, row, found, run)), None)


def is_same_export(session: Session, row: ExportFile, found: FoundExport, run: Run | None) -> bool:
    """Whether two files of the same content are one and not two exports of an unchanged library."""
    if not found.is_time_true or is_same_time(row.modified_ns, found.written_ns):
        return True
    return is_of(session, row, run)


def is_same_time(one: int, other: int) -> bool:
    """Whether two times may be one: a move to another file system can cut it off to seconds."""
    is_coarse = one % NANOSECONDS == 0 or other % NANOSECONDS == 0
    return one == other or (is_coarse and abs(one - other) < 2 * NANOSECONDS)


def is_of(session: Session, row: ExportFile, run: Run | None) -> bool:
    export = visible_export(session, row.export_run_id)
    return export is not None and is_from(export, run)


def is_from(export: ExportRun, run: Run | None) -> bool:
    """Whether that run wrote what was exported; the number of a run that was forgotten is given again."""
    if run is None or run.started_at is None or export.script_run_id != run.id:
        return False
    return export.imported_at >= run.started_at


def visible_export(session: Session, number: int | None) -> ExportRun | None:
    run = session.get(ExportRun, number) if number else None
    return run if run and not run.is_dropped else None


def runs_of_pieces(pieces: list[Piece]) -> list[list[Piece]]:
    """Pieces that one run of the script wrote, together."""
    if len(pieces) == 2 and not belong_together(*pieces):
        return [[piece] for piece in sorted(pieces, key=lambda piece: piece.found.written_ns)]
    return [pieces] if pieces else []


def belong_together(one: Piece, other: Piece) -> bool:
    if one.script_run and other.script_run:
        return one.script_run_id == other.script_run_id
    return abs(one.found.written - other.found.written) <= TOGETHER


def run_to_extend(session: Session, unit: list[Piece], bundle: Bundle) -> ExportRun | None:
    """The export that the new files of the unit complete or correct, None where they begin another."""
    fresh = [piece for piece in unit if piece.known is None]
    candidates = chain(
        (grown_run(session, piece) for piece in fresh),
        (export_of(session, bundle.kind, piece.script_run) for piece in fresh),
        (visible_export(session, piece.known.export_run_id) for piece in unit if piece.known),
    )
    fitting = (run for run in candidates if run and all(fits(session, run, piece, bundle) for piece in fresh))
    return next(fitting, None)


def grown_run(session: Session, piece: Piece) -> ExportRun | None:
    row = session.get(ExportFile, piece.found.grown_from) if piece.found.grown_from else None
    return visible_export(session, row.export_run_id) if row else None


def export_of(session: Session, kind: str, run: Run | None) -> ExportRun | None:
    if run is None:
        return None
    query = select(ExportRun).where(ExportRun.kind == kind, ExportRun.script_run_id == run.id)
    latest = session.scalar(query.where(~ExportRun.is_dropped).order_by(ExportRun.id.desc()).limit(1))
    return latest if latest and is_from(latest, run) else None


def fits(session: Session, run: ExportRun, piece: Piece, bundle: Bundle) -> bool:
    """Whether the file adds to the export, or takes the place of an earlier state of itself."""
    if not earlier_states(session, run, piece.found.sheet):
        return True
    is_same_run = is_from(run, piece.script_run)
    is_other_run = None not in (piece.script_run_id, run.script_run_id) and not is_same_run
    has_grown = piece.found.grown_from is not None and grown_run(session, piece) is run
    return bundle.is_live and (is_same_run or (has_grown and not is_other_run))


def earlier_states(session: Session, run: ExportRun, sheet: ExportSheet) -> list[ExportFile]:
    same = (ExportFile.export_run_id == run.id, ExportFile.name == sheet.file)
    return list(session.scalars(select(ExportFile).where(*same)))
