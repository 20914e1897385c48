from datetime import UTC, datetime, timedelta

import pytest

from app.core.exports import retention
from app.core.exports.queries import export_sums, stamps
from app.core.exports.sheets import OTHER, PLEX
from app.models import EpisodeExport, ExportFile, ExportRun, LibraryExport
from app.services.export_imports import sweep_exports

BEGAN = datetime(2025, 11, 1, tzinfo=UTC)


def make_export(session, day, kind=PLEX, rows=5, **overrides):
    moment = BEGAN + timedelta(days=day)
    counts = {"library_count": rows, "episode_count": rows, "total_episodes": rows}
    run = ExportRun(kind=kind, stamp=f"day {day}", moment=moment, imported_at=moment, **counts, **overrides)
    session.add(run)
    session.flush()
    for number in range(rows):
        session.add(LibraryExport(export_run_id=run.id, title=f"Film {number}"))
        session.add(EpisodeExport(export_run_id=run.id, show_name=f"Show {number}"))
    file = ExportFile(
        name="x", digest=f"{kind} {day}", size=1, inode="1", modified_ns=day, imported_at=moment
    )
    file.export_run_id = run.id
    session.add(file)
    session.flush()
    return run


@pytest.fixture
def drop(database):
    def dropped(keep, day=30):
        with database.writing() as session:
            retention.drop_old(session, keep, BEGAN + timedelta(days=day))

    return dropped


def test_the_newest_of_each_kind_are_kept(database, drop):
    with database.writing() as session:
        for day in (3, 1, 2):
            make_export(session, day)
        make_export(session, 0, kind=OTHER)
    drop(keep=2)
    with database.reading() as session:
        assert stamps(session, PLEX) == ["day 3", "day 2"]
        assert stamps(session, OTHER) == ["day 0"]
        told = export_sums(session, PLEX)
        assert (told["total_runs"], told["total_library_records"]) == (2, 10)


def test_the_rows_of_a_dropped_export_go_in_batches(machine, database, drop, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    with database.writing() as session:
        make_export(session, 1)
        kept = make_export(session, 2).id
    drop(keep=1)
    pauses = []
    sweep_exports(machine, lambda: pauses.append(1))
    assert len(pauses) == 8
    with database.reading() as session:
        for table in (LibraryExport, EpisodeExport):
            assert {row.export_run_id for row in session.query(table)} == {kept}
        assert [run.id for run in session.query(ExportRun)] == [kept]


def test_a_sweep_that_is_broken_off_goes_on_later(machine, database, drop, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    with database.writing() as session:
        make_export(session, 1)
    drop(keep=0)
    answers = iter([False, True])
    sweep_exports(machine, lambda: next(answers))
    with database.reading() as session:
        assert session.query(LibraryExport).count() == 3
        assert stamps(session, PLEX) == []
    sweep_exports(machine, lambda: False)
    with database.reading() as session:
        assert session.query(LibraryExport).count() == session.query(ExportRun).count() == 0


def test_a_file_is_remembered_longer_than_its_export(database, drop):
    with database.writing() as session:
        for day in (1, 2):
            make_export(session, day)
    drop(keep=1)
    with database.reading() as session:
        assert session.query(ExportFile).count() == 2
    drop(keep=1, day=2 * 366)
    with database.reading() as session:
        assert [file.digest for file in session.query(ExportFile)] == ["plex 2"]
