"""Imports export files into the tables: every run has its own rows, and no file is imported twice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from app.core.errors import Invalid
from app.core.exports.csv_files import SheetRows, open_sheet
from app.core.exports.finding import Bundle, FoundExport
from app.core.exports.matching import (
    Piece,
    earlier_states,
    piece_of,
    run_to_extend,
    runs_of_pieces,
    visible_export,
)
from app.core.exports.sheets import EPISODES, ExportSheet
from app.core.exports.stamps import free_stamp
from app.models import ExportFile, ExportRun

CHUNK_ROWS = 1000
CHUNK_CHARACTERS = 4 * 1024 * 1024


@dataclass(frozen=True)
class Terms:
    """How files are imported: `settled` when they are no longer written."""

    bundle: Bundle
    settled: bool
    moment: datetime
    zone: tzinfo | None


@dataclass
class ImportOutcome:
    """The result: the run that holds the rows, if there are any, and a sentence for each problem."""

    run: ExportRun | None = None
    is_new: bool = False
    problems: list[str] = field(default_factory=list)


def import_export_files(session: Session, files: Iterable[FoundExport], terms: Terms) -> ImportOutcome:
    """Import the new files of one bundle; the outcome names the last run concerned."""
    pieces = [piece_of(session, found) for found in files]
    outcome = ImportOutcome()
    for unit in runs_of_pieces(pieces):
        take_unit(session, unit, terms, outcome)
    return outcome


def take_unit(session: Session, unit: list[Piece], terms: Terms, outcome: ImportOutcome) -> None:
    fresh = [piece for piece in unit if piece.known is None]
    if not fresh:
        known = (visible_export(session, piece.known.export_run_id) for piece in unit if piece.known)
        outcome.run = next(filter(None, known), outcome.run)
        return
    outcome.is_new = True
    run = run_to_extend(session, unit, terms.bundle)
    if run:
        fill(session, run, fresh, terms, outcome)
    else:
        # A file that is known already is imported too, so that the new run is complete.
        run = new_export(session, unit, terms)
        fill(session, run, unit, terms, outcome)
    keep_or_forget(session, run, outcome)


def new_export(session: Session, unit: list[Piece], terms: Terms) -> ExportRun:
    """An export of its own; it is of now, or of the time of its files where it was missed."""
    times = [] if terms.bundle.is_live else [piece.found.written for piece in unit]
    moment, stamp = free_stamp(session, terms.bundle.kind, min([terms.moment, *times]), terms.zone)
    number = next((piece.script_run_id for piece in unit if piece.script_run_id), None)
    run = ExportRun(kind=terms.bundle.kind, stamp=stamp, moment=moment, script_run_id=number)
    run.imported_at = run.updated_at = terms.moment
    session.add(run)
    session.flush()
    return run


def fill(session: Session, run: ExportRun, pieces: list[Piece], terms: Terms, outcome: ImportOutcome) -> None:
    for piece in pieces:
        try:
            with session.begin_nested():
                take_file(session, run, piece.found, terms, outcome)
        except Invalid as error:
            outcome.problems.append(error.detail)


def take_file(
    session: Session, run: ExportRun, found: FoundExport, terms: Terms, outcome: ImportOutcome
) -> None:
    delete_earlier_rows(session, run, found.sheet)
    with open_sheet(found.path) as file:
        rows = SheetRows(file, found.sheet, terms.settled)
        counts = put_rows(session, run.id, found.sheet, rows)
    found.check_unchanged()
    record_file(session, run, found, rows.is_cut, terms.moment)
    count_in(run, found.sheet, counts)
    run.updated_at = terms.moment
    if rows.misshapen:
        outcome.problems.append(
            f"{found.sheet.file} holds rows that do not fit its heading and were left out: {rows.misshapen}."
        )


def delete_earlier_rows(session: Session, run: ExportRun, sheet: ExportSheet) -> None:
    for state in earlier_states(session, run, sheet):
        session.delete(state)
    session.execute(delete(sheet.table).where(sheet.table.c.export_run_id == run.id))


def put_rows(
    session: Session, number: int, sheet: ExportSheet, rows: Iterable[dict[str, str]]
) -> tuple[int, int]:
    """Insert the rows; answer how many there are, and how many episodes are in them."""
    count = episodes = 0
    statement = insert(sheet.table).values(export_run_id=number)
    for chunk in bounded_chunks(prepare_export_row(sheet, row) for row in rows):
        session.execute(statement, chunk)
        count += len(chunk)
        episodes += sum(episodes_in(row) for row in chunk)
    return count, episodes


def prepare_export_row(sheet: ExportSheet, row: dict[str, str]) -> dict[str, str]:
    return {"sort_key": sheet.sort_key(row), "searched": sheet.search_text(row), **row}


def episodes_in(row: dict[str, str]) -> int:
    listed = row.get("episodes")
    return listed.count(",") + 1 if listed else 0


def bounded_chunks(rows: Iterable[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    """Lists that are short in rows and in characters, so that memory stays small whatever a file holds."""
    chunk: list[dict[str, str]] = []
    characters = 0
    for row in rows:
        chunk.append(row)
        characters += sum(map(len, row.values()))
        if len(chunk) >= CHUNK_ROWS or characters >= CHUNK_CHARACTERS:
            yield chunk
            chunk, characters = [], 0
    if chunk:
        yield chunk


def record_file(session: Session, run: ExportRun, found: FoundExport, is_cut: bool, moment: datetime) -> None:
    """Record the file, so that it is not imported again."""
    file = ExportFile(name=found.sheet.file, digest=found.digest, is_cut=is_cut, export_run_id=run.id)
    file.inode, file.size, file.modified_ns = str(found.seen.inode), found.seen.size, found.written_ns
    file.imported_at = moment
    session.add(file)


def count_in(run: ExportRun, sheet: ExportSheet, counts: tuple[int, int]) -> None:
    rows, episodes = counts
    setattr(run, sheet.counter, rows)
    if sheet is EPISODES[sheet.kind]:
        run.total_episodes = episodes


def keep_or_forget(session: Session, run: ExportRun, outcome: ImportOutcome) -> None:
    """Files without rows, which a script writes for the kind of server it does not use, make no run."""
    if run.library_count or run.episode_count:
        outcome.run = run
        return
    for file in session.scalars(select(ExportFile).where(ExportFile.export_run_id == run.id)):
        file.export_run_id = None
    session.flush()
    session.delete(run)
