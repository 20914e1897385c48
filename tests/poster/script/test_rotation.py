from pathlib import Path

from app.poster.script.rotation import rotate


def make_log(logs: Path, name="Scriptlog.log", text="earlier") -> Path:
    logs.mkdir(parents=True, exist_ok=True)
    (logs / name).write_text(text)
    return logs / name


def folders_of(rotated: Path) -> list[str]:
    return sorted(path.name for path in rotated.iterdir())


def test_files_move_into_a_folder_named_after_the_moment_and_the_log_folder_stays(tmp_path):
    logs, rotated = tmp_path / "Logs", tmp_path / "RotatedLogs"
    make_log(logs)
    folder = logs.stat().st_ino
    rotate(logs, rotated, 5)
    assert logs.stat().st_ino == folder
    assert list(logs.iterdir()) == []
    assert [path.read_text() for path in rotated.glob("Logs_*/Scriptlog.log")] == ["earlier"]


def test_without_a_file_there_is_no_empty_folder(tmp_path):
    rotate(tmp_path / "Logs", tmp_path / "RotatedLogs", 5)
    assert not (tmp_path / "RotatedLogs").exists()


def test_only_the_newest_folders_stay_and_foreign_ones_are_left_alone(tmp_path):
    rotated = tmp_path / "RotatedLogs"
    for name in ("Logs_20240101_000000", "Logs_20240101_000000_2", "Logs_20250101_000000", "my notes"):
        (rotated / name).mkdir(parents=True)
    make_log(tmp_path / "Logs")
    rotate(tmp_path / "Logs", rotated, 3)
    kept = folders_of(rotated)
    assert len(kept) == 4
    assert {"Logs_20240101_000000_2", "Logs_20250101_000000", "my notes"} < set(kept)


def test_rotations_within_one_second_do_not_overwrite_each_other(tmp_path):
    for text in ("first", "second", "third"):
        make_log(tmp_path / "Logs", text=text)
        rotate(tmp_path / "Logs", tmp_path / "RotatedLogs", 5)
    texts = {path.read_text() for path in (tmp_path / "RotatedLogs").glob("*/Scriptlog.log")}
    assert texts == {"first", "second", "third"}


def test_folders_in_the_log_folder_stay(tmp_path):
    (tmp_path / "Logs" / "kept").mkdir(parents=True)
    make_log(tmp_path / "Logs")
    rotate(tmp_path / "Logs", tmp_path / "RotatedLogs", 5)
    assert [path.name for path in (tmp_path / "Logs").iterdir()] == ["kept"]
