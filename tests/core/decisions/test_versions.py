"""Earlier versions of a file: which there were, and whether their bytes are still to be had."""

from contextlib import closing
from dataclasses import replace
from hashlib import sha256

import pytest

from app.core.decisions.versions import asset_file, known_version, restorable, version_picture, versions_of
from app.core.errors import Conflict, Invalid, NotFound
from app.poster.journal.journal import Journal
from app.poster.journal.store import ByteStore
from tests.past_runs import BEGAN
from tests.poster.journal.steps import RUN, announced, record, step, written

FILM = "Movies/Alien (1979)/poster.jpg"
FIRST, SECOND, THIRD = (b"\xff\xd8\xff" + text for text in (b"by hand", b"second", b"third"))


def sha(content):
    return sha256(content).hexdigest()


@pytest.fixture
def asset(tmp_path):
    return asset_file(tmp_path / "engine", tmp_path / "assets", FILM)


def write(asset, content, number):
    """A run makes the file of these bytes as the engine does: the bytes before it are stored."""
    file, name = asset.root / asset.path, f"20251125153003000000-{number}-1"
    before = None
    if file.exists():
        ByteStore(asset.engine / "store").keep(file)
        before = replace(announced(file.read_bytes()), mtime_ns=file.stat().st_mtime_ns)
    with closing(Journal(asset.engine)) as journal:
        journal.begin(replace(RUN, name=name, mode="Normal", started=BEGAN))
        entry = journal.intend(
            name, step(FILM, before), announced(content), record(FILM, why=f"reason {number}")
        )
        journal.complete(entry, written(file, content))


def test_versions_are_listed_with_their_runs_the_present_one_first(asset):
    written(asset.root / FILM, FIRST)
    write(asset, SECOND, 1)
    write(asset, THIRD, 2)
    found = versions_of(asset)
    assert [(each.sha256, each.run, each.is_present, each.is_kept) for each in found] == [
        (sha(THIRD), 2, True, True),
        (sha(SECOND), 1, False, True),
        (sha(FIRST), None, False, True),
    ]
    assert (found[1].size, found[1].mode, found[1].reason, found[1].why) == (9, "normal", "new", "reason 1")
    assert found[2].mode == "" and all(each.at.tzinfo for each in found)


def test_a_content_that_came_back_is_one_version_of_the_run_that_made_it(asset):
    for number, content in enumerate((FIRST, SECOND, FIRST, THIRD), start=1):
        write(asset, content, number)
    assert [(each.sha256, each.run) for each in versions_of(asset)] == [
        (sha(THIRD), 4),
        (sha(FIRST), 1),
        (sha(SECOND), 2),
    ]


def test_what_lies_there_by_other_hands_is_the_present_version(asset):
    write(asset, FIRST, 1)
    written(asset.root / FILM, SECOND)
    present, before = versions_of(asset)
    assert (present.sha256, present.run, present.is_present) == (sha(SECOND), None, True)
    assert (before.sha256, before.is_kept, before.is_present) == (sha(FIRST), False, False)
    (asset.root / FILM).unlink()
    assert [each.is_present for each in versions_of(asset)] == [False]


def test_an_asset_that_nobody_knows_has_no_versions(asset, tmp_path):
    for other in (asset, asset_file(tmp_path, None, FILM)):
        with pytest.raises(NotFound, match="no version"):
            versions_of(other)


@pytest.mark.parametrize(
    "path", ["", "../poster.jpg", "/etc/poster.jpg", "a/poster.txt", "a/.poster.jpg", "a\0.jpg"]
)
def test_only_paths_of_images_have_versions(tmp_path, path):
    with pytest.raises(Invalid):
        asset_file(tmp_path, tmp_path, path)


def test_a_picture_of_a_version_is_its_bytes_or_said_to_be_gone(asset):
    write(asset, FIRST, 1)
    write(asset, SECOND, 2)
    for content in (FIRST, SECOND):
        file, kind = version_picture(asset, sha(content))
        assert (file.read_bytes(), kind) == (content, "image/jpeg")
    asset.kept(sha(FIRST)).write_bytes(b"damaged")
    with pytest.raises(NotFound, match="damaged"):
        version_picture(asset, sha(FIRST))
    asset.kept(sha(FIRST)).unlink()
    with pytest.raises(NotFound, match="not kept"):
        version_picture(asset, sha(FIRST))
    write(asset, b"<script>", 3)
    with pytest.raises(NotFound, match="no picture"):
        version_picture(asset, sha(b"<script>"))


def test_only_a_kept_version_that_is_not_there_can_be_restored(asset):
    write(asset, FIRST, 1)
    write(asset, SECOND, 2)
    assert restorable(asset, sha(FIRST)).sha256 == sha(FIRST)
    with pytest.raises(Conflict, match="present"):
        restorable(asset, sha(SECOND))
    asset.kept(sha(FIRST)).unlink()
    with pytest.raises(Conflict, match="not kept"):
        restorable(asset, sha(FIRST))
    with pytest.raises(NotFound, match="no version"):
        known_version(asset, sha(THIRD))
    for wrong in ("", "../../etc/passwd", sha(FIRST).upper(), "g" * 64):
        with pytest.raises(Invalid, match="SHA-256"):
            known_version(asset, wrong)


def test_another_assets_bytes_in_the_store_are_not_served(asset, tmp_path):
    write(asset, FIRST, 1)
    (tmp_path / "other.jpg").write_bytes(THIRD)
    ByteStore(asset.engine / "store").keep(tmp_path / "other.jpg")
    with pytest.raises(NotFound):
        version_picture(asset, sha(THIRD))
