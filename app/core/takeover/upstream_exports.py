"""The tables of exports of an existing Posterizarr: each stamp becomes an export of its own."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.core.exports.finding import NANOSECONDS, live_bundle, rotated_bundles
from app.core.exports.importing import count_in, put_rows
from app.core.exports.sheets import EPISODES, KINDS, LIBRARIES, OTHER, PLEX, ExportSheet
from app.core.exports.stamps import is_stamp_taken, stamp_of
from app.core.fingerprint import fingerprint
from app.core.takeover.part_outcome import PartOutcome, TakeoverTerms
from app.core.takeover.upstream_database import UpstreamDatabase
from app.core.takeover.upstream_values import moment_of, text_of
from app.models import ExportRun

STAMP = "run_timestamp"
TABLES = {
    "plex_library_export": LIBRARIES[PLEX],
    "plex_episode_export": EPISODES[PLEX],
    "other_media_library_export": LIBRARIES[OTHER],
    "other_media_episode_export": EPISODES[OTHER],
}
EXPORT_COLUMNS = {
    table: ("id", STAMP, *sheet.columns, "created_at", "updated_at") for table, sheet in TABLES.items()
}
# The old program looks every 5 seconds and waits for 2 more; a slow disk takes longer.
LONGEST_DELAY = timedelta(minutes=2)
WITHOUT_TIME = "no readable time of export"
SURPLUS = "of exports older than the EXPORT_RETENTION that are kept"


@dataclass
class PastExport:
    """What one stamp stands for: its values as they are stored, and the number of rows in each table."""

    kind: str
    moment: datetime
    values: set[Any] = field(default_factory=set)
    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def take_exports(session: Session, database: UpstreamDatabase, terms: TakeoverTerms) -> PartOutcome:
    """Add the exports that are not known yet, and whose files are not there to be imported whole."""
    outcome = PartOutcome()
    for kind in KINDS:
        newest_first = past_exports(database, kind, terms, outcome)
        for surplus in newest_first[terms.exports_kept :]:
            outcome.left_out[SURPLUS] += surplus.total
        for export in reversed(newest_first[: terms.exports_kept]):
            take_export(session, database, export, terms, outcome)
    return outcome


def past_exports(
    database: UpstreamDatabase, kind: str, terms: TakeoverTerms, outcome: PartOutcome
) -> list[PastExport]:
    """The exports of one kind, the newest first."""
    found: dict[datetime, PastExport] = {}
    for table, value, count in stamped_counts(database, kind):
        moment = moment_of(value, terms.zone)
        if moment is None:
            outcome.left_out[WITHOUT_TIME] += count
        else:
            export = found.setdefault(moment, PastExport(kind, moment))
            export.values.add(value)
            export.counts[table] += count
    return sorted(found.values(), key=lambda export: export.moment, reverse=True)


def stamped_counts(database: UpstreamDatabase, kind: str) -> Iterator[tuple[str, Any, int]]:
    for table, sheet in TABLES.items():
        if sheet.kind == kind and table in database.tables:
            for value, count in database.counts(table, STAMP):
                yield table, value, count


def take_export(
    session: Session,
    database: UpstreamDatabase,
    export: PastExport,
    terms: TakeoverTerms,
    outcome: PartOutcome,
) -> None:
    stamp = stamp_of(export.moment, terms.zone)
    if is_stamp_taken(session, export.kind, stamp) or has_files(terms, export):
        outcome.known += export.total
        return
    run = ExportRun(kind=export.kind, stamp=stamp, moment=export.moment)
    run.imported_at = run.updated_at = export.moment
    session.add(run)
    session.flush()
    amounts = [put_table(session, database, table, run, export) for table in export.counts]
    outcome.taken += sum(amounts)
    if not any(amounts):
        session.delete(run)


def put_table(
    session: Session, database: UpstreamDatabase, table: str, run: ExportRun, export: PastExport
) -> int:
    sheet = TABLES[table]
    counts = put_rows(session, run.id, sheet, exported_rows(database, table, sheet, export))
    count_in(run, sheet, counts)
    return counts[0]


def exported_rows(
    database: UpstreamDatabase, table: str, sheet: ExportSheet, export: PastExport
) -> Iterator[dict[str, str]]:
    for row in database.rows(table, sheet.columns, (STAMP, [*export.values])):
        texts = {name: text_of(row.get(name)) for name in sheet.columns}
        if not sheet.is_empty(texts):
            yield texts


def has_files(terms: TakeoverTerms, export: PastExport) -> bool:
    """Whether the files of this export are still there: the server imports them, and they are complete."""
    rotated = rotated_bundles(terms.paths, terms.exports_kept)
    bundles = [live_bundle(terms.paths, export.kind), *(one for one in rotated if one.kind == export.kind)]
    needed = {TABLES[table] for table in export.counts}
    return any(needed <= sheets_written_before(bundle.files(), export.moment) for bundle in bundles)


def sheets_written_before(files: Iterable[tuple[ExportSheet, Path]], moment: datetime) -> set[ExportSheet]:
    """The sheets whose files were written shortly before the moment at which they were imported."""
    return {sheet for sheet, path in files if 0 <= age_at(moment, path) <= LONGEST_DELAY.total_seconds()}


def age_at(moment: datetime, path: Path) -> float:
    seen = fingerprint(path)
    return moment.timestamp() - seen.modified_ns / NANOSECONDS if seen else -1.0
