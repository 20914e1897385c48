import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from app.core.errors import Conflict
from app.core.exports.finding import Bundle, Cut, identify_exports, live_bundle, rotated_bundles, rotation_ns
from app.core.exports.sheets import OTHER, PLEX, PLEX_EPISODES, PLEX_LIBRARY
from app.core.paths import Paths
from tests.exported import make_film, write, write_pair

SECOND = 10**9


@pytest.fixture
def paths(tmp_path):
    paths = Paths(tmp_path)
    paths.create()
    return paths


def examined(bundle, cuts=None):
    return identify_exports(bundle, ZoneInfo("Europe/Berlin"), cuts or {})


def test_only_the_files_of_the_kind_that_are_there_make_the_bundle(paths):
    write_pair(paths.logs, OTHER)
    path = write(paths.logs, PLEX_LIBRARY, [])
    (paths.logs / PLEX_EPISODES.file).mkdir()
    assert live_bundle(paths, PLEX).files() == [(PLEX_LIBRARY, path)]


def test_the_latest_rotated_folders_are_looked_at_the_oldest_first(paths):
    for day in ("03", "01", "02"):
        write_pair(paths.rotated_logs / f"Logs_202511{day}_120000")
    bundles = [bundle for bundle in rotated_bundles(paths, 2) if bundle.kind == PLEX]
    assert [bundle.folder.name for bundle in bundles] == ["Logs_20251102_120000", "Logs_20251103_120000"]
    assert not any(bundle.is_live for bundle in bundles)


def test_a_file_is_known_by_its_content(paths):
    write_pair(paths.logs)
    library, episodes = examined(live_bundle(paths, PLEX))
    assert library.digest != episodes.digest
    write_pair(paths.rotated_logs / "Logs_20251101_120000")
    rotated = rotated_bundles(paths, 9)[0]
    assert [found.digest for found in examined(rotated)] == [library.digest, episodes.digest]


def test_a_file_that_goes_on_from_a_cut_one_is_told(paths):
    path = write(paths.logs, PLEX_LIBRARY, [make_film(), make_film("Brazil")])
    content = path.read_bytes()
    path.write_bytes(content[:200])
    [begin] = examined(live_bundle(paths, PLEX))
    cut = Cut(7, str(path.stat().st_ino), 200, begin.digest)
    path.write_bytes(content)
    assert examined(live_bundle(paths, PLEX), {path.name: cut})[0].grown_from == 7
    path.write_bytes(b"x" + content[1:])
    assert examined(live_bundle(paths, PLEX), {path.name: cut})[0].grown_from is None
    path.write_bytes(content[:100])
    assert examined(live_bundle(paths, PLEX), {path.name: cut})[0].grown_from is None


def test_a_file_that_is_changed_meanwhile_is_noticed(paths):
    path = write(paths.logs, PLEX_LIBRARY, [])
    [found] = examined(live_bundle(paths, PLEX))
    found.check_unchanged()
    path.write_text("longer than before, this time")
    with pytest.raises(Conflict):
        found.check_unchanged()


def test_a_rotated_file_that_is_younger_than_its_folder_was_copied(paths):
    folder = paths.rotated_logs / "Logs_20251101_120000"
    path = write(folder, PLEX_LIBRARY, [])
    rotated = rotation_ns(folder.name, ZoneInfo("Europe/Berlin"))
    assert rotated == int(datetime(2025, 11, 1, 11, tzinfo=UTC).timestamp()) * SECOND
    [found] = examined(Bundle(PLEX, folder, is_live=False))
    assert (found.written_ns, found.is_time_true) == (rotated, False)
    os.utime(path, ns=(rotated - SECOND, rotated - SECOND))
    [found] = examined(Bundle(PLEX, folder, is_live=False))
    assert (found.written_ns, found.is_time_true) == (rotated - SECOND, True)


def test_a_folder_with_a_name_of_its_own_tells_no_time():
    assert rotation_ns("Logs_before_the_holidays", None) is None
    assert rotation_ns("Logs_20251101_120000", None) is not None
