"""Files that runs leave are taken in by themselves, each when it is whole."""

import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine

from app.background.export_importer import ROTATED_EVERY, ExportImporter, Steady
from app.core.exports.queries import export_sums, stamps
from app.core.exports.sheets import OTHER, PLEX, PLEX_EPISODES, PLEX_LIBRARY
from app.models import ExportFile, ExportRun, ImageChoice, LibraryExport, Run, Status
from app.models.base import now
from tests.driving import eventually
from tests.exported import make_film, text_of, write, write_pair

CHOICES = (
    '"Title";"Type";"Rootfolder";"LibraryName";"Language"\n"Alien";"Movie";"Alien (1979)";"Movies";"en"\n'
)


@pytest.fixture
def collector(machine):
    return ExportImporter(machine)


@pytest.fixture
def logs(machine):
    return machine.paths.logs


def look(collector, times=2):
    for _ in range(times):
        collector.tick()


def count(database, model=LibraryExport):
    with database.reading() as session:
        return session.query(model).count()


@contextmanager
def running(database):
    """A run of the script is under way."""
    with database.writing() as session:
        run = Run(mode="normal", origin="api", status=Status.RUNNING, started_at=now())
        session.add(run)
    yield
    with database.writing() as session:
        ended = session.get(Run, run.id)
        ended.status, ended.ended_at = Status.COMPLETED, now()


@contextmanager
def started(machine):
    collector = ExportImporter(machine)
    collector.start()
    try:
        yield collector
    finally:
        collector.stop()


def test_what_lies_in_logs_at_the_start_is_imported(machine, logs, database):
    write_pair(logs)
    write_pair(logs, OTHER)
    with started(machine):
        eventually(lambda: count(database, ExportRun) == 2)
    with database.reading() as session:
        assert len(stamps(session, PLEX)) == len(stamps(session, OTHER)) == 1


def test_a_file_that_grows_is_left_alone_until_it_stays_the_same(collector, logs, database):
    path = logs / PLEX_LIBRARY.file
    text = text_of(PLEX_LIBRARY, [make_film(), make_film("Brazil"), make_film("Cube")])
    for size in range(100, len(text), 300):
        path.write_text(text[:size], newline="")
        look(collector, times=1)
        assert count(database) == 0
    path.write_text(text, newline="")
    look(collector)
    assert count(database) == 3


def test_nothing_is_imported_while_the_script_works(collector, logs, database):
    with running(database):
        write_pair(logs)
        look(collector, times=4)
        assert count(database) == 0
    look(collector, times=1)
    assert count(database) == 1
    with database.reading() as session:
        assert session.query(ExportRun).one().script_run_id == session.query(Run).one().id


def test_a_script_that_somebody_else_started_is_waited_for(machine, collector, logs, database):
    machine.paths.running_file.write_text("Normal")
    script = machine.paths.data / "Posterizarr.ps1"
    script.write_text("import time\ntime.sleep(60)\n")
    process = subprocess.Popen([sys.executable, str(script)], cwd=machine.paths.data)
    try:
        write_pair(logs)
        look(collector, times=3)
        assert count(database) == 0
    finally:
        process.kill()
        process.wait()
    look(collector, times=1)
    assert count(database) == 1


def test_a_file_is_imported_again_only_when_it_changes(collector, logs, database):
    write_pair(logs)
    look(collector, times=4)
    assert count(database, ExportRun) == 1
    write_pair(logs, library=[make_film("Brazil")])
    look(collector)
    assert count(database, ExportRun) == 2
    with database.reading() as session:
        assert export_sums(session, PLEX)["total_library_records"] == 2


def test_nothing_is_imported_again_after_a_restart(machine, logs, database):
    write_pair(logs)
    for _ in range(3):
        look(ExportImporter(machine))
    assert count(database, ExportFile) == 2


def test_what_was_set_aside_before_anybody_saw_it_is_imported_before_what_lies_in_logs(
    machine, collector, logs, database
):
    write_pair(logs, library=[make_film("Missed")])
    shutil.move(logs, machine.paths.rotated_logs / "Logs_20991101_120000")
    write_pair(logs, library=[make_film("Live")])
    look(collector, times=ROTATED_EVERY * 3)
    with database.reading() as session:
        assert [row.title for row in session.query(LibraryExport).order_by("id")] == ["Missed", "Live"]


def test_a_file_that_is_set_aside_after_its_import_is_not_imported_again(machine, collector, logs, database):
    write_pair(logs)
    look(collector)
    shutil.move(logs, machine.paths.rotated_logs / "Logs_20991101_120000")
    logs.mkdir()
    look(collector, times=ROTATED_EVERY * 2)
    look(ExportImporter(machine))
    assert count(database, ExportRun) == 1


def test_only_as_many_exports_are_kept_as_the_settings_say(app, machine, collector, database, monkeypatch):
    monkeypatch.setattr("app.background.export_importer.SWEEP_PAUSE", 0)
    object.__setattr__(machine.settings, "export_retention", 2)
    for number in range(5):
        folder = machine.paths.rotated_logs / f"Logs_2025110{number}_120000"
        write_pair(folder, library=[make_film(f"Film {number}")])
    write_pair(machine.paths.logs, library=[make_film("Live")])
    look(collector, times=ROTATED_EVERY * 2)
    with database.reading() as session:
        assert [row.title for row in session.query(LibraryExport).order_by("id")] == ["Film 4", "Live"]
    assert count(database, ExportRun) == 2


def test_a_file_that_cannot_be_used_is_told_until_it_can(machine, collector, logs):
    path = logs / PLEX_LIBRARY.file
    path.write_text("nothing of the kind\n")
    look(collector)
    [problem] = machine.state.read()["problems"]
    assert problem["message"] == 'PlexLibexport.csv has no column "title", so it was not imported.'
    write(logs, PLEX_LIBRARY, [make_film()])
    look(collector)
    assert machine.state.read()["problems"] == []


def test_a_trouble_is_over_when_its_file_is_gone(machine, collector, logs):
    (logs / PLEX_EPISODES.file).write_text("nothing of the kind\n")
    look(collector)
    assert machine.state.read()["problems"]
    (logs / PLEX_EPISODES.file).unlink()
    look(collector)
    assert machine.state.read()["problems"] == []


def test_a_file_that_cannot_be_opened_holds_up_no_other(collector, logs, database, monkeypatch):
    write_pair(logs)
    write_pair(logs, OTHER)
    bad = logs / PLEX_LIBRARY.file
    real = type(bad).open

    def refuse(path, *arguments, **options):
        if path == bad:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(type(bad), "open", refuse)
        look(collector)
    with database.reading() as session:
        assert (stamps(session, PLEX), len(stamps(session, OTHER))) == ([], 1)
    look(collector)
    assert count(database, ExportRun) == 2


def test_a_database_that_does_not_answer_only_delays(machine, collector, logs, database):
    write_pair(logs)
    good = database.reading_sessions.kw["bind"]
    broken = create_engine("sqlite:////nowhere/at/all.db")
    database.reading_sessions.configure(bind=broken)
    look(collector, times=3)
    database.reading_sessions.configure(bind=good)
    broken.dispose()
    look(collector, times=3)
    assert count(database) == 1


def test_image_choices_are_taken_in_too(collector, logs, database):
    (logs / "ImageChoices.csv").write_text(CHOICES)
    look(collector)
    assert count(database, ImageChoice) == 1


def test_a_stop_is_obeyed_at_once(machine):
    with started(machine) as collector:
        eventually(lambda: collector.looks)
    assert not collector.thread.is_alive()


def test_a_state_counts_as_dealt_with_until_it_changes(tmp_path):
    steady, path = Steady(), tmp_path / "file"
    assert not steady.is_ready("key", [path.with_name("none")][:0])
    path.write_text("one")
    assert [steady.is_ready("key", [path]) for _ in range(3)] == [False, True, True]
    steady.settle("key")
    assert not steady.is_ready("key", [path])
    path.write_text("longer")
    assert [steady.is_ready("key", [path]) for _ in range(2)] == [False, True]
    steady.forget("key")
    assert [steady.is_ready("key", [path]) for _ in range(2)] == [False, True]
    steady.keep_only(set())
    assert (steady.seen, steady.dealt_with) == ({}, {})
