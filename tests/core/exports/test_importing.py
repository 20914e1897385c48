"""What becomes of files in Logs and RotatedLogs, seen from the tables."""

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.errors import Conflict, Unavailable
from app.core.exports import importing
from app.core.exports.finding import Bundle, live_bundle, rotated_bundles
from app.core.exports.queries import export_sums, stamps
from app.core.exports.sheets import EPISODES, LIBRARIES, OTHER, PLEX, PLEX_EPISODES, PLEX_LIBRARY
from app.models import EpisodeExport, ExportFile, ExportRun, LibraryExport, Origin, Run, Status
from app.models.base import now
from app.services.export_imports import import_bundle, import_exports_now, import_missed, imports_lock
from tests.exported import make_film, make_row, make_season, text_of, write, write_pair

TRICKY = ["Alien", 'A "B"', "C;D", "E\r\nF", "Gé"]
HOUR_NS = 3600 * 10**9


@pytest.fixture
def logs(machine):
    return machine.paths.logs


@pytest.fixture
def take(machine):
    """Imports what lies in Logs."""
    return lambda kind=PLEX, settled=True: import_bundle(machine, live_bundle(machine.paths, kind), settled)


@pytest.fixture
def rotate(machine):
    """Sets Logs aside as a script does that starts."""

    def move(name="Logs_20991101_120000", copied=False):
        target = machine.paths.rotated_logs / name
        shutil.copytree(machine.paths.logs, target, copy_function=shutil.copy if copied else shutil.copy2)
        shutil.rmtree(machine.paths.logs)
        machine.paths.logs.mkdir()

    return move


@pytest.fixture
def catch_up(machine):
    """Imports what was missed."""

    def look():
        for bundle in rotated_bundles(machine.paths, 30):
            import_missed(machine, bundle)

    return look


@pytest.fixture
def run_of(database):
    """Records a run of the script that took place at that moment, in seconds from now."""

    def add(begin=-30, end=None, **overrides):
        values = {"mode": "normal", "origin": Origin.API, "status": Status.COMPLETED, **overrides}
        started = now() + timedelta(seconds=begin)
        ended = None if end is None else now() + timedelta(seconds=end)
        with database.writing() as session:
            run = Run(**values, started_at=started, ended_at=ended)
            session.add(run)
        return run.id

    return add


@pytest.fixture
def exports(database):
    """Lists (titles, shows) of each export, the oldest first."""

    def told():
        with database.reading() as session:
            runs = session.query(ExportRun).filter(~ExportRun.is_dropped).order_by(ExportRun.moment)
            return [(titles(session, run.id), shows(session, run.id)) for run in runs]

    return told


def titles(session, number):
    return [row.title for row in session.query(LibraryExport).filter_by(export_run_id=number).order_by("id")]


def shows(session, number):
    found = session.query(EpisodeExport).filter_by(export_run_id=number).order_by("id")
    return [row.show_name for row in found]


def told_statistics(database, kind=PLEX):
    with database.reading() as session:
        return export_sums(session, kind)


def later(path, nanoseconds=2 * HOUR_NS):
    """Let a file be written at another time."""
    moment = path.stat().st_mtime_ns + nanoseconds
    os.utime(path, ns=(moment, moment))


@pytest.mark.parametrize("kind", [PLEX, OTHER])
def test_every_column_of_a_pair_is_kept_under_one_stamp(logs, take, database, kind):
    library, episodes = make_row(LIBRARIES[kind]), make_row(EPISODES[kind])
    write_pair(logs, kind, [library], [episodes])
    outcome = take(kind)
    assert (outcome.is_new, outcome.problems) == (True, [])
    with database.reading() as session:
        [kept] = session.query(LibraryExport)
        [season] = session.query(EpisodeExport)
        assert {name: getattr(kept, name) for name in library} == library
        assert {name: getattr(season, name) for name in episodes} == episodes
        assert kept.export_run_id == season.export_run_id == outcome.run.id
        assert (kept.multiple_versions, season.plex_titlecard_urls) != (None, None)


def test_a_file_is_imported_once(logs, take, exports):
    write_pair(logs)
    first = take()
    again = take()
    assert (again.is_new, again.run.id) == (False, first.run.id)
    assert exports() == [(["Alien"], ["Dark"])]


def test_a_file_that_was_set_aside_is_not_imported_again(logs, take, rotate, catch_up, exports):
    write_pair(logs)
    take()
    rotate()
    catch_up()
    assert len(exports()) == 1


def test_a_copy_that_lost_its_time_is_not_imported_again(logs, take, rotate, catch_up, exports):
    write_pair(logs)
    take()
    rotate("Logs_20251101_120000", copied=True)
    catch_up()
    assert len(exports()) == 1


def test_a_move_that_cuts_times_off_is_seen_through(logs, take, rotate, catch_up, machine, exports):
    write_pair(logs)
    take()
    rotate()
    for bundle in rotated_bundles(machine.paths, 30):
        for path in bundle.paths():
            os.utime(path, (int(path.stat().st_mtime), int(path.stat().st_mtime)))
    catch_up()
    assert len(exports()) == 1


def test_what_was_missed_is_imported_once_and_stands_where_it_belongs(
    logs, take, rotate, catch_up, exports, database
):
    write_pair(logs, library=[make_film("Missed")])
    for sheet in (PLEX_LIBRARY, PLEX_EPISODES):
        later(logs / sheet.file, -3 * HOUR_NS)
    rotate()
    write_pair(logs, library=[make_film("Live")])
    take()
    catch_up()
    catch_up()
    assert exports() == [(["Missed"], ["Dark"]), (["Live"], ["Dark"])]
    latest = told_statistics(database)["latest_run"]
    with database.reading() as session:
        assert stamps(session, PLEX)[0] == latest


def test_a_library_that_stayed_the_same_is_in_the_history_twice(logs, take, exports):
    write_pair(logs)
    take()
    later(logs / PLEX_LIBRARY.file)
    later(logs / PLEX_EPISODES.file)
    assert take().is_new
    assert exports() == [(["Alien"], ["Dark"])] * 2


def test_what_left_the_library_is_in_the_history_only(logs, take, exports, database):
    write_pair(
        logs, library=[make_film(), make_film("Brazil")], episodes=[make_season(), make_season("Fargo")]
    )
    take()
    write_pair(logs, episodes=[])
    take()
    assert exports() == [(["Alien", "Brazil"], ["Dark", "Fargo"]), (["Alien"], [])]
    told = told_statistics(database)
    assert (told["total_library_records"], told["total_episode_records"]) == (3, 2)
    assert (told["latest_run_library_count"], told["latest_run_total_episodes"]) == (1, 0)


def test_two_libraries_may_hold_the_same_show(logs, take, exports, database):
    seasons = [make_season(library_name=name) for name in ("TV Shows", "Anime")]
    shows = [make_film("Dark", library_name=name, rating_key="") for name in ("TV Shows", "Anime")]
    write_pair(logs, library=shows, episodes=seasons)
    take()
    assert exports() == [(["Dark", "Dark"], ["Dark", "Dark"])]
    assert told_statistics(database)["latest_run_total_episodes"] == 6


def test_the_second_file_of_a_run_joins_the_first(logs, take, exports):
    write(logs, PLEX_LIBRARY, [make_film()])
    first = take().run
    write(logs, PLEX_EPISODES, [make_season()])
    assert take().run.stamp == first.stamp
    assert exports() == [(["Alien"], ["Dark"])]


def test_files_of_other_times_make_exports_of_their_own(logs, take, exports):
    write_pair(logs)
    later(logs / PLEX_LIBRARY.file, -2 * HOUR_NS)
    take()
    assert exports() == [(["Alien"], []), ([], ["Dark"])]


def test_files_that_one_run_wrote_belong_together_however_far_apart(logs, take, exports, run_of):
    run = run_of(begin=-6 * 3600)
    write_pair(logs)
    later(logs / PLEX_LIBRARY.file, -5 * HOUR_NS)
    assert take().run.script_run_id == run
    assert exports() == [(["Alien"], ["Dark"])]


def test_files_of_two_runs_do_not_belong_together(logs, take, exports, run_of):
    run_of(begin=-300, end=-200)
    run_of(begin=-100)
    write_pair(logs)
    later(logs / PLEX_LIBRARY.file, -250 * 10**9)
    take()
    assert exports() == [(["Alien"], []), ([], ["Dark"])]


def test_a_file_that_its_run_changes_later_takes_the_place_of_its_earlier_state(logs, take, exports, run_of):
    run_of()
    write_pair(logs)
    first = take().run
    write(logs, PLEX_LIBRARY, [make_film(), make_film("Brazil")])
    second = take().run
    assert (second.stamp, second.library_count) == (first.stamp, 2)
    assert exports() == [(["Alien", "Brazil"], ["Dark"])]


def test_a_file_that_another_run_wrote_makes_another_export(logs, take, exports, run_of):
    run_of(begin=-60, end=0)
    write_pair(logs)
    take()
    run_of(begin=0)
    write_pair(logs, library=[make_film("Brazil")])
    take()
    assert exports() == [(["Alien"], ["Dark"]), (["Brazil"], ["Dark"])]


def test_a_file_of_an_unknown_run_that_changes_makes_another_whole_export(logs, take, exports):
    write_pair(logs)
    take()
    write(logs, PLEX_LIBRARY, [make_film("Brazil")])
    take()
    assert exports() == [(["Alien"], ["Dark"]), (["Brazil"], ["Dark"])]


def test_a_number_that_a_forgotten_run_had_means_nothing(logs, take, exports, run_of, database):
    number = run_of(begin=-60, end=0)
    write_pair(logs)
    take()
    with database.writing() as session:
        session.delete(session.get(Run, number))
    run_of(begin=0, id=number)
    write_pair(logs, library=[make_film("Brazil")])
    take()
    assert len(exports()) == 2


def test_half_a_file_is_completed_in_its_own_export(logs, take, exports):
    whole = text_of(PLEX_LIBRARY, [make_film(), make_film("Brazil"), make_film("Cube")])
    path = logs / PLEX_LIBRARY.file
    path.write_text(whole[: whole.index("Brazil") + 40], newline="")
    take(settled=False)
    assert exports() == [(["Alien"], [])]
    path.write_text(whole, newline="")
    take()
    assert exports() == [(["Alien", "Brazil", "Cube"], [])]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(["Alien", 'A "B"', "C;D", "E\r\nF", "Gé"]), min_size=1, max_size=4), st.data()
)
def test_wherever_a_file_was_cut_off_no_row_is_wrong_and_none_is_missing_in_the_end(
    logs, take, exports, names, data
):
    content = text_of(PLEX_LIBRARY, [make_film(name) for name in names]).encode()
    path = logs / PLEX_LIBRARY.file
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    outcome = take(settled=False)
    assert outcome.problems == []
    assert outcome.run is None or exports()[-1][0] == names[: len(exports()[-1][0])]
    path.write_bytes(content)
    assert take().problems == []
    assert exports()[-1] == (names, [])


def test_files_without_rows_make_no_export_and_are_read_once(logs, take, exports, database):
    empty = dict.fromkeys(PLEX_LIBRARY.columns, "")
    write_pair(logs, library=[empty], episodes=[])
    assert take().run is None
    assert exports() == []
    with database.reading() as session:
        assert session.query(ExportFile).filter(ExportFile.export_run_id.is_(None)).count() == 2
    assert take().is_new is False


def test_one_bad_file_does_not_keep_the_other_out(logs, take, exports):
    write_pair(logs)
    (logs / PLEX_EPISODES.file).write_text("what is this\n1\n")
    outcome = take()
    assert outcome.problems == ['PlexEpisodeExport.csv has no column "Show Name", so it was not imported.']
    assert exports() == [(["Alien"], [])]
    write(logs, PLEX_EPISODES, [make_season()])
    assert take().problems == []
    assert exports() == [(["Alien"], ["Dark"])]


def test_a_file_that_breaks_midway_leaves_no_row(logs, take, exports, monkeypatch):
    monkeypatch.setattr(importing, "CHUNK_ROWS", 1)
    write(logs, PLEX_LIBRARY, [make_film(), make_film("x" * 9_000_000)])
    assert "PlexLibexport.csv" in take().problems[0]
    assert exports() == []


def test_rows_that_are_left_out_are_told(logs, take, exports):
    path = write(logs, PLEX_LIBRARY, [make_film()])
    path.write_text(path.read_text() + '"too";"few"\n')
    assert "do not fit its heading and were left out: 1." in take().problems[0]
    assert exports() == [(["Alien"], [])]


def test_a_file_that_changes_while_it_is_read_leaves_nothing_and_is_read_again(
    logs, take, exports, monkeypatch
):
    path = write(logs, PLEX_LIBRARY, [make_film()])

    def grow(*arguments):
        with path.open("a") as file:
            file.write("\n")
        return (0, 0)

    with monkeypatch.context() as patch:
        patch.setattr(importing, "put_rows", grow)
        with pytest.raises(Conflict):
            take()
    assert exports() == []
    take()
    assert exports() == [(["Alien"], [])]


def test_many_rows_and_long_ones_are_taken_in_parts(logs, take, exports, monkeypatch):
    monkeypatch.setattr(importing, "CHUNK_CHARACTERS", 2000)
    films = [make_film(f"Film {number}", labels="x" * (number % 7) * 500) for number in range(50)]
    write(logs, PLEX_LIBRARY, films)
    take()
    assert exports() == [([film["title"] for film in films], [])]


def test_a_title_longer_than_an_index_can_hold_is_kept_whole(logs, take, exports):
    write_pair(logs, library=[make_film("ü" * 20_000)])
    take()
    assert exports()[0][0] == ["ü" * 20_000]


def test_exports_of_one_moment_have_stamps_of_their_own(logs, machine, exports, database):
    for number in (1, 2):
        folder = machine.paths.rotated_logs / f"Logs_2025110{number}_120000"
        write_pair(folder, library=[make_film(f"Film {number}")])
        os.utime(folder / PLEX_LIBRARY.file, (10**9, 10**9))
        os.utime(folder / PLEX_EPISODES.file, (10**9, 10**9))
        import_bundle(machine, Bundle(PLEX, folder, is_live=False), settled=True)
    with database.reading() as session:
        assert stamps(session, PLEX) == ["2001-09-09T03:46:40.000001", "2001-09-09T03:46:40.000000"]


def test_an_import_on_request_waits_for_a_script_that_writes(logs, machine, run_of):
    run_of(status=Status.RUNNING)
    write_pair(logs)
    with pytest.raises(Conflict, match="script is writing"):
        import_exports_now(machine, PLEX)
    for sheet in (PLEX_LIBRARY, PLEX_EPISODES):
        later(logs / sheet.file, -20 * 10**9)
    assert import_exports_now(machine, PLEX).run.library_count == 1


def test_of_many_imports_at_once_one_takes_the_files(logs, machine, exports):
    write_pair(logs)
    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(lambda _: import_exports_now(machine, PLEX), range(8)))
    assert sum(outcome.is_new for outcome in outcomes) == 1
    assert len({outcome.run.stamp for outcome in outcomes}) == 1
    assert exports() == [(["Alien"], ["Dark"])]


def test_an_import_that_waits_too_long_for_another_gives_up(logs, machine, monkeypatch):
    monkeypatch.setattr("app.services.export_imports.LOCK_SECONDS", 0.05)
    write_pair(logs)
    with imports_lock(machine), pytest.raises(Unavailable, match="Another import"):
        import_exports_now(machine, PLEX)
