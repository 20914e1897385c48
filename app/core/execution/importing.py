"""Imports reports of runs that this server did not follow into the history, once each."""

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.execution.outcome import NOTHING_DRAWN, drew_nothing, take_report
from app.core.execution.report import Reader, Report
from app.core.fingerprint import Fingerprint, fingerprint
from app.core.history import forgotten_before
from app.core.modes import MODES
from app.core.paths import Paths
from app.models import Origin, Run, Status

REPORTS = {mode.report: mode.name for mode in MODES.values() if mode.report}


class ReportWatch:
    """Stores which report files were imported, so that a check costs little more than a listing."""

    def __init__(self, paths: Paths, reader: Reader):
        self.paths = paths
        self.reader = reader
        self.dealt_with: dict[Path, Fingerprint] = {}

    def fresh(self) -> dict[Path, Fingerprint]:
        """Report files that are new or changed since they were dealt with."""
        current = {path: fingerprint(path) for path in report_files(self.paths)}
        self.dealt_with = {path: seen for path, seen in self.dealt_with.items() if path in current}
        return {path: now for path, now in current.items() if now and self.dealt_with.get(path) != now}

    def take_in(self, session: Session, files: Iterable[Path]) -> list[Run]:
        """Add a completed run for each report that the history does not have, and was not cleaned of."""
        reports = {report.key: (path, report) for path in files if (report := self.reader.from_file(path))}
        known = taken_keys(session, reports)
        found = [recovered(path, report) for key, (path, report) in reports.items() if key not in known]
        limit = forgotten_before(session)
        runs = [run for run in found if limit is None or run.ended_at >= limit]
        session.add_all(runs)
        return runs

    def settle(self, files: dict[Path, Fingerprint]) -> None:
        self.dealt_with |= files


def report_files(paths: Paths) -> list[Path]:
    folders = [*sorted(paths.rotated_logs.glob("*")), paths.logs]
    return [folder / name for folder in folders for name in REPORTS if (folder / name).is_file()]


def taken_keys(session: Session, keys: Iterable[str]) -> set[str]:
    return set(session.scalars(select(Run.report_key).where(Run.report_key.in_(list(keys)))))


def is_report_taken(session: Session, key: str | None) -> bool:
    return bool(key) and bool(taken_keys(session, [key]))


def recovered(path: Path, report: Report) -> Run:
    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    ended = report.ended or written
    run = Run(mode=REPORTS[path.name], origin=Origin.RECOVERED, status=Status.COMPLETED, log_file=path.name)
    if MODES[run.mode].must_draw and drew_nothing(report):
        run.status, run.reason = Status.FAILED, NOTHING_DRAWN
    run.started_at = run.queued_at = report.started or ended
    run.ended_at = ended
    take_report(run, report)
    return run
