"""A data folder of the old program is taken over once, whatever state its files are in."""

import json

import pytest
from sqlalchemy import func, select

from app.core.file_lock import TriedLock
from app.core.takeover.record import stored_takeover
from app.models import Run, StoredDocument
from app.services import takeover
from app.services.takeover import planned_takeover, take_over_again, take_over_once
from tests.upstream import digests, insert_rows, make_history, make_past_run, write_config


def record_of(machine):
    with machine.database.reading() as session:
        return stored_takeover(session)


def part_of(record, name):
    (part,) = [part for part in record["parts"] if part["name"] == name]
    return part


def runs_in(machine):
    with machine.database.reading() as session:
        return session.scalar(select(func.count()).select_from(Run))


def test_an_existing_folder_is_taken_over_once_and_its_files_stay_as_they_are(machine):
    data = machine.paths.data
    path = make_history(data, make_past_run())
    write_config(data, ApiPart={"tmdbtoken": "secret-token"}, WebUI={"basicAuthEnabled": "false"})
    before = digests(data)
    take_over_once(machine)
    assert before.items() <= digests(data).items()
    record = record_of(machine)
    assert part_of(record, "history")["taken"] == 1 and record["finished_at"]
    text = (data / "takeover_report.txt").read_text()
    assert "history              taken over: 1  (database/runtime_stats.db)" in text
    assert "The login is off" in text and "secret-token" not in text
    insert_rows(path, "runtime_stats", make_past_run(mode="normal"))
    take_over_once(machine)
    take_over_again(machine)
    assert runs_in(machine) == 1


def test_a_folder_without_the_old_program_is_no_takeover(machine):
    take_over_once(machine)
    assert record_of(machine) is None is take_over_again(machine)
    assert planned_takeover(machine) is None and not (machine.paths.data / "takeover_report.txt").exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"nothing of the kind" * 99, b"SQLite format 3\0" + b"\xff" * 9000],
    ids=["empty", "text", "noise"],
)
def test_a_broken_database_is_named_and_taken_over_once_it_is_mended(machine, content):
    path = machine.paths.database / "runtime_stats.db"
    path.write_bytes(content)
    take_over_once(machine)
    part = part_of(record_of(machine), "history")
    assert part["state"] == "failed" and "runtime_stats.db" in part["notes"][0] and part["advice"]
    path.unlink()
    make_history(machine.paths.data, make_past_run())
    take_over_once(machine)
    assert runs_in(machine) == 0
    record = take_over_again(machine)
    assert part_of(record, "history")["state"] == "taken" and runs_in(machine) == 1


def test_a_takeover_that_was_killed_goes_on_at_the_next_start(machine, monkeypatch):
    make_history(machine.paths.data, *(make_past_run(id=i, end_time=None) for i in range(3)))

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(takeover, "record_part", killed)
        with pytest.raises(KeyboardInterrupt):
            take_over_once(machine)
    assert runs_in(machine) == 0 and record_of(machine)["finished_at"] is None
    take_over_once(machine)
    assert runs_in(machine) == 3 and record_of(machine)["finished_at"]


def test_a_fault_of_the_takeover_itself_prevents_no_start(machine, monkeypatch):
    make_history(machine.paths.data, make_past_run())
    monkeypatch.setattr(takeover, "begin_takeover", lambda *_: {}["gone"])
    take_over_once(machine)
    assert record_of(machine) is None


def test_a_second_process_leaves_the_takeover_to_the_first(machine):
    make_history(machine.paths.data, make_past_run())
    lock = TriedLock(machine.paths.database / "takeover.lock")
    assert lock.acquire()
    take_over_once(machine)
    lock.release()
    assert record_of(machine) is None


def test_a_plan_says_what_would_be_taken_and_changes_nothing(machine):
    make_history(machine.paths.data, make_past_run(), make_past_run(mode="normal"))
    before = digests(machine.paths.data)
    assert part_of(planned_takeover(machine), "history")["taken"] == 2
    assert digests(machine.paths.data) == before and runs_in(machine) == 0
    with machine.database.reading() as session:
        assert session.scalars(select(StoredDocument)).all() == []


def test_settings_schedules_and_folders_that_need_attention_are_named(machine, tmp_path):
    data = machine.paths.data
    make_history(data)
    (data / "database" / "mine.db").write_bytes(b"")
    (data / "watcher" / "recently_added_20251206120000123_a1b2c3.posterizarr").write_text(
        "[arr_platform]: Radarr\n"
    )
    artwork = {"AssetPath": str(tmp_path), "ManualAssetPath": "/mounted/nowhere", "BackupPath": ""}
    write_config(data, PrerequisitePart=artwork, OverlayPart={"NoSuchSetting": "1"})
    entries = [{"time": "19:30"}, {"time": "25:99"}, {"time": "10:00", "mode": "logorevert"}]
    (data / "scheduler.json").write_text(json.dumps({"enabled": True, "schedules": entries, "kept": 1}))
    record = take_over_again(machine)
    artwork, schedules = part_of(record, "artwork"), part_of(record, "schedules")
    assert artwork["notes"][1] == "ManualAssetPath: there is no folder /mounted/nowhere."
    assert artwork["advice"].endswith("set MANUAL_ASSET_PATH and BACKUP_PATH to where it is.")
    assert schedules["taken"] == 3 and [note[:32] for note in schedules["notes"]] == [
        "The entry schedules[1] is not in",
        "The entry schedules[2] is not in",
    ]
    assert any("NoSuchSetting" in note for note in part_of(record, "settings")["notes"])
    assert part_of(record, "waiting triggers")["taken"] == 1
    assert part_of(record, "other databases")["notes"] == [
        "'mine.db' is no database of the old program, and was not read."
    ]
    kept = data / "config_backups" / "scheduler_before_takeover.json"
    assert kept.read_bytes() == (data / "scheduler.json").read_bytes()
