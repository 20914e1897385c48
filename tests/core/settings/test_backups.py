"""Former states of config.json: what was saved over can be had back."""

import stat
from datetime import datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from app.core.errors import Forbidden, NotFound, Unavailable
from app.core.settings import backups
from app.core.settings.backups import MOST_DAYS, MOST_RECENT, ConfigBackup, surplus_backups

NOON = datetime(2026, 3, 1, 12, 0, 0).astimezone()


def make_backup(moment, number=0):
    return ConfigBackup(moment, number, f"{moment} {number}")


def names(paths):
    return [entry["file"] for entry in backups.list_backups(paths)]


def test_a_backup_is_dated_and_holds_every_byte(paths):
    paths.config.write_bytes(b"\xef\xbb\xbf{ broken")
    with time_machine.travel(NOON, tick=False):
        path = backups.make_backup(paths)
    assert path == paths.data / "config_backups" / "config_backup_20260301_120000.json"
    assert path.read_bytes() == b"\xef\xbb\xbf{ broken"
    assert backups.content_of(paths, path.name) == b"\xef\xbb\xbf{ broken"


def test_backups_hold_secrets_and_are_for_their_owner_alone(paths):
    path = backups.make_backup(paths)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_backups_of_one_second_are_numbered_and_the_newest_comes_first(paths):
    with time_machine.travel(NOON, tick=False):
        made = [backups.make_backup(paths).name for _ in range(12)]
    assert len(set(made)) == 12
    assert made[1] == "config_backup_20260301_120000_1.json"
    assert names(paths)[:2] == [made[11], made[10]]


def test_a_number_is_not_given_again_while_a_later_one_is_there(paths):
    with time_machine.travel(NOON, tick=False):
        first, second = backups.make_backup(paths), backups.make_backup(paths)
        first.unlink()
        third = backups.make_backup(paths)
    assert third.name.endswith("_2.json")
    assert names(paths) == [third.name, second.name]


def test_without_a_file_there_is_nothing_to_back_up(paths):
    paths.config.unlink()
    assert backups.make_backup(paths) is None
    assert backups.list_backups(paths) == []


def test_the_list_tells_name_size_and_time(paths):
    paths.config.write_bytes(b"{}")
    with time_machine.travel(NOON, tick=False):
        backups.make_backup(paths)
    name = "config_backup_20260301_120000.json"
    assert backups.list_backups(paths) == [{"file": name, "size": 2, "created_at": "2026-03-01T12:00:00"}]


@pytest.mark.parametrize(
    "name", ["notes.txt", "config_backup_20261399_120000.json", "config_backup_20260301_120000.json.tmp", "x"]
)
def test_other_files_are_neither_listed_nor_removed(paths, name):
    paths.config_backups.mkdir()
    (paths.config_backups / name).write_text("mine")
    for _ in range(MOST_RECENT + 5):
        backups.make_backup(paths)
    assert name not in names(paths)
    assert (paths.config_backups / name).read_text() == "mine"


def test_many_saves_of_one_day_do_not_push_out_the_days_before(paths):
    for day in range(5):
        for second in range(15):
            with time_machine.travel(NOON + timedelta(days=day, seconds=second), tick=False):
                backups.make_backup(paths)
    days = [name[14:22] for name in names(paths)]
    assert days == ["20260305"] * 11 + ["20260304", "20260303", "20260302", "20260301"]


def test_of_each_older_day_the_last_state_stays(paths):
    for second in range(3):
        with time_machine.travel(NOON + timedelta(seconds=second), tick=False):
            backups.make_backup(paths)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        for _ in range(MOST_RECENT):
            backups.make_backup(paths)
    assert names(paths)[-1] == "config_backup_20260301_120002.json"
    assert len(names(paths)) == MOST_RECENT + 1


@given(st.lists(st.integers(0, 40 * 24), unique=True))
def test_never_more_than_twenty_stay_and_always_the_newest(hours):
    newest_first = [make_backup(NOON + timedelta(hours=hour)) for hour in sorted(hours, reverse=True)]
    gone = surplus_backups(newest_first)
    kept = [backup for backup in newest_first if backup not in gone]
    assert kept[:MOST_RECENT] == newest_first[:MOST_RECENT]
    assert len(kept) <= MOST_RECENT + MOST_DAYS
    assert surplus_backups(kept) == []


@pytest.mark.parametrize(
    "name", ["", "config.json", "../config.json", "config_backup_20260301_120000.json", "x" * 999]
)
def test_any_other_name_is_not_found(paths, name):
    with pytest.raises(NotFound):
        backups.content_of(paths, name)


def test_a_link_out_of_the_folder_is_not_followed(paths):
    paths.config_backups.mkdir()
    (paths.config_backups / "config_backup_20260301_120000.json").symlink_to(paths.config)
    with pytest.raises(Forbidden):
        backups.content_of(paths, "config_backup_20260301_120000.json")


def test_a_backup_that_cannot_be_read_is_told(paths, monkeypatch):
    name = backups.make_backup(paths).name
    monkeypatch.setattr("pathlib.Path.read_bytes", refuse_to_read)
    with pytest.raises(Unavailable, match="cannot be read: Permission denied"):
        backups.content_of(paths, name)


def refuse_to_read(path):
    raise PermissionError(13, "Permission denied")


def test_a_backup_that_vanishes_meanwhile_is_left_out_of_the_list(paths):
    gone = ConfigBackup(NOON, 0, paths.config_backups / "config_backup_20260301_120000.json")
    assert backups.describe_backup(gone) is None
