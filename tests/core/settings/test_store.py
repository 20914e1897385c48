"""config.json is written whole, by one at a time, and never made worse."""

import os
import stat

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from app.core import json_file
from app.core.config_file import parse_config
from app.core.errors import ConfigUnreadable, Conflict, Invalid, Unavailable
from app.core.settings import store
from tests.core.settings.making import make_config, nested_configs, stored, write_config


@pytest.mark.parametrize(
    "content", [b"{", b"[]", b"\xff", b"", b'{"a": NaN}', b'{"a": 1e999}', b'{"a": "\\ud800"}']
)
def test_an_unreadable_file_is_a_conflict_with_its_reason(paths, content):
    paths.config.write_bytes(content)
    with pytest.raises(Conflict, match=r"^config.json .*\. Correct the file, or restore a backup\.$"):
        store.snapshot(paths)


def test_a_missing_file_is_a_conflict(paths):
    paths.config.unlink()
    with pytest.raises(Conflict, match="cannot be opened: No such file"):
        store.snapshot(paths)


def test_the_revision_follows_the_content_and_not_the_time(paths):
    first = store.snapshot(paths)
    os.utime(paths.config, (1, 1))
    assert store.snapshot(paths).revision == first.revision
    write_config(paths, make_config(Mine={"a": 1}))
    assert store.snapshot(paths).revision != first.revision


@pytest.mark.parametrize("expected", [None, {"abc"}, {"other", "abc"}, {"*"}])
def test_a_caller_who_knows_the_present_state_may_go_on(expected):
    store.refuse_stale("abc", expected)


@pytest.mark.parametrize("expected", [set(), {"other"}, {"ABC"}])
def test_a_caller_who_knows_another_state_may_not(expected):
    with pytest.raises(Conflict, match="changed by another edit"):
        store.refuse_stale("abc", expected)


def test_only_one_edits_at_a_time(paths, monkeypatch):
    monkeypatch.setattr("app.core.file_lock.LOCK_SECONDS", 0.05)
    with (
        FileLock(paths.config_lock),
        pytest.raises(Unavailable, match="another process"),
        store.locked(paths),
    ):
        raise AssertionError("two at once")
    with store.locked(paths):
        assert paths.config_lock.exists()


def test_a_lock_that_cannot_be_made_is_told(paths):
    paths.config_lock.mkdir()
    with pytest.raises(Unavailable, match="cannot be locked"), store.locked(paths):
        raise AssertionError("no lock")


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_the_file_keeps_its_mode(paths, mode):
    paths.config.chmod(mode)
    store.replace_config(paths, b"{}\n")
    assert stat.S_IMODE(paths.config.stat().st_mode) == mode
    assert paths.config.read_bytes() == b"{}\n"


def test_a_new_file_is_for_its_owner_alone(paths):
    paths.config.unlink()
    assert store.replace_config(paths, b"{}\n") is None
    assert stat.S_IMODE(paths.config.stat().st_mode) == 0o600


def test_a_link_stays_a_link_and_its_target_is_replaced(paths, tmp_path):
    target = tmp_path / "elsewhere.json"
    paths.config.rename(target)
    paths.config.symlink_to(target)
    store.replace_config(paths, b'{"a": {}}\n')
    assert paths.config.is_symlink()
    assert target.read_bytes() == b'{"a": {}}\n'
    assert stored(paths) == {"a": {}}


def test_a_folder_that_takes_no_backup_leaves_the_file_alone(paths):
    before = paths.config.read_bytes()
    paths.config_backups.write_text("in the way")
    with pytest.raises(Unavailable, match="cannot be backed up"):
        store.replace_config(paths, b"{}")
    assert paths.config.read_bytes() == before


def test_a_file_that_cannot_be_replaced_is_left_alone(paths, monkeypatch):
    before = paths.config.read_bytes()
    paths.config_backups.mkdir()
    monkeypatch.setattr(json_file, "replacing", refuse_to_write)
    with pytest.raises(Unavailable, match="cannot be saved: No space left on device"):
        store.replace_config(paths, b"{}")
    assert paths.config.read_bytes() == before


def refuse_to_write(path, mode):
    raise OSError(28, "No space left on device")


def test_nothing_is_left_beside_the_file(paths):
    names = {path.name for path in paths.data.iterdir()}
    store.replace_config(paths, b"{}\n")
    assert {path.name for path in paths.data.iterdir()} == names | {"config_backups"}


@given(nested_configs)
def test_what_is_written_reads_as_it_was(values):
    assert parse_config(store.serialise_config(values)) == values


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800", {"\udfff": 1}])
def test_what_no_json_file_can_hold_is_refused(value):
    with pytest.raises(Invalid, match="cannot be kept"):
        store.serialise_config({"Mine": {"a": value}})


def test_depth_and_size_are_limited(monkeypatch):
    deep = value = {}
    for _ in range(40):
        value["a"] = value = {}
    with pytest.raises(Invalid, match="cannot be kept"):
        store.serialise_config(deep)
    with pytest.raises(Invalid, match="larger than"):
        store.serialise_config({"a": {"b": "x" * store.LARGEST_FILE}})


@given(st.binary(max_size=40))
def test_any_bytes_are_a_state_or_a_conflict(content):
    try:
        parse_config(content)
    except ConfigUnreadable:
        with pytest.raises(Conflict):
            store.snapshot_of(content)
    else:
        assert store.snapshot_of(content).content == content


def test_what_a_killed_writer_left_is_taken_away_and_nothing_else(paths):
    left = paths.data / ".config.json.4711.1a2b3c4d"
    mine = paths.data / ".config.json.swp"
    for path in (left, mine):
        path.write_text("half")
    store.replace_config(paths, b"{}")
    assert mine.exists()
    assert not left.exists()
