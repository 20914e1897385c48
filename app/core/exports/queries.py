"""Queries of the exports: sums, runs, pages of rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app.core.exports.sheets import ExportSheet, searchable
from app.core.exports.stamps import LATEST, read_stamp
from app.models import ExportRun

PIECE_ROWS = 1000
DAY_AND_TIME = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True)
class ExportSelection:
    """Which rows are requested: no limit means all, no stamp the latest run."""

    run_timestamp: str | None = None
    limit: int | None = None
    offset: int = 0
    search: str | None = None


def newest_first(kind: str) -> Select:
    runs = select(ExportRun).where(ExportRun.kind == kind, ~ExportRun.is_dropped)
    return runs.order_by(ExportRun.moment.desc(), ExportRun.id.desc())


def export_sums(session: Session, kind: str) -> dict[str, Any]:
    """Sums over all runs, and the numbers of the latest where there is one."""
    sums = select(
        func.count(),
        func.coalesce(func.sum(ExportRun.library_count), 0),
        func.coalesce(func.sum(ExportRun.episode_count), 0),
    )
    kept = (ExportRun.kind == kind, ~ExportRun.is_dropped)
    runs, library, episodes = session.execute(sums.where(*kept)).one()
    totals = {"total_runs": runs, "total_library_records": library, "total_episode_records": episodes}
    return {**totals, **latest_export_numbers(session.scalar(newest_first(kind).limit(1)))}


def latest_export_numbers(run: ExportRun | None) -> dict[str, Any]:
    if run is None:
        return {"latest_run": None}
    return {
        "latest_run": run.stamp,
        "latest_run_library_count": run.library_count,
        "latest_run_episode_count": run.episode_count,
        "latest_run_total_episodes": run.total_episodes,
    }


def stamps(session: Session, kind: str) -> list[str]:
    """The stamps of all runs, the newest first."""
    return list(session.scalars(newest_first(kind).with_only_columns(ExportRun.stamp)))


def chosen_run(session: Session, kind: str, selection: ExportSelection) -> ExportRun | None:
    """The run that is asked for, None when there is none."""
    stamp = read_stamp(selection.run_timestamp)
    chosen = newest_first(kind) if stamp is None else newest_first(kind).where(ExportRun.stamp == stamp)
    return session.scalar(chosen.limit(1))


@dataclass(frozen=True)
class ExportListing:
    """The requested rows of one run, read page by page while the session is open."""

    session: Session
    sheet: ExportSheet
    run: ExportRun | None
    selection: ExportSelection
    zone: tzinfo | None

    @property
    def name(self) -> str:
        return self.selection.run_timestamp or LATEST

    def total(self) -> int:
        """How many rows there are without limit and offset."""
        if self.run is None:
            return 0
        if not self.selection.search:
            return getattr(self.run, self.sheet.counter)
        return self.session.scalar(self.matching(func.count())) or 0

    def pages(self) -> Iterator[list[dict[str, Any]]]:
        """The rows in their order, some at a time."""
        if self.run is None:
            return
        names = [column.name for column in self.query.selected_columns]
        common = self.common()
        result = self.session.execute(self.query, execution_options={"yield_per": PIECE_ROWS})
        for part in result.partitions():
            yield [describe_row(names, row, common) for row in part]

    @property
    def query(self) -> Select:
        """Choose by the index first: skipping whole rows takes far longer."""
        table = self.sheet.table
        order = (table.c.sort_key, table.c.id)
        columns = (table.c[name] for name in ("id", *self.sheet.columns))
        if self.selection.limit is None and not self.selection.offset:
            return self.matching(*columns).order_by(*order)
        numbers = self.from_the_end(order) if self.is_near_the_end else self.from_the_start(order)
        return select(*columns).where(table.c.id.in_(numbers.scalar_subquery())).order_by(*order)

    @property
    def is_near_the_end(self) -> bool:
        """Whether fewer rows follow the page than precede it; a search would have to count first."""
        return not self.selection.search and self.selection.offset > self.total() // 2

    def from_the_start(self, order: tuple) -> Select:
        page = self.matching(self.sheet.table.c.id).order_by(*order)
        return page.limit(self.selection.limit).offset(self.selection.offset)

    def from_the_end(self, order: tuple) -> Select:
        """Skip what follows the page, since skipping costs time for each row."""
        following = max(self.total() - self.selection.offset, 0)
        length = following if self.selection.limit is None else min(self.selection.limit, following)
        page = self.matching(self.sheet.table.c.id).order_by(*(column.desc() for column in order))
        return page.limit(length).offset(following - length)

    def matching(self, *what) -> Select:
        table = self.sheet.table
        query = select(*what).select_from(table).where(table.c.export_run_id == self.run.id)
        if not self.selection.search:
            return query
        return query.where(table.c.searched.contains(searchable(self.selection.search), autoescape=True))

    def common(self) -> dict[str, str]:
        """What all rows of a run share."""
        moments = {"created_at": self.run.imported_at, "updated_at": self.run.updated_at}
        local = {name: moment.astimezone(self.zone) for name, moment in moments.items()}
        texts = {name: moment.strftime(DAY_AND_TIME) for name, moment in local.items()}
        return {"run_timestamp": self.run.stamp, **texts}


def describe_row(names: list[str], row, common: dict[str, str]) -> dict[str, Any]:
    return {**dict(zip(names, row, strict=True)), **common}
