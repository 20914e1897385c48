"""Ends of the program: modes it lacks, bad input, signals, a disk that refuses."""

import resource
import signal
import subprocess
from pathlib import Path

import pytest

from app.poster.modes.run import WORK
from app.poster.script.arguments import Mode
from app.poster.script.exits import ExitCode
from tests.poster.gallery import gallery
from tests.poster.program import (
    COMMAND,
    make_environment,
    make_picture,
    read_log,
    run_process,
    run_script,
    running_file,
    start_script,
    wait_for_line,
    write_config,
)

ALREADY_RUNNING = "Another Posterizarr instance already running, exiting now..."


def test_every_mode_has_its_work():
    # A support zip is gathered before the run begins: it may be asked for beside a run.
    assert set(Mode) - set(WORK) == {Mode.GATHER_LOGS}


def test_a_mode_without_a_source_says_what_to_set_and_leaves_no_outcome(tmp_path):
    result = run_process(tmp_path, "-Backup")
    assert result.returncode == ExitCode.BAD_CONFIGURATION
    assert "set UsePlex, UseJellyfin or UseEmby to true" in result.stderr
    assert read_log(tmp_path, "Scriptlog.log").rstrip().endswith("| Exiting Posterizarr run...")
    assert list((tmp_path / "Logs").glob("*.json")) == []
    assert not running_file(tmp_path).exists()


def test_arguments_that_make_no_sense_are_one_line_and_change_nothing(tmp_path):
    result = run_script(tmp_path, "-Testng")
    assert result.returncode == ExitCode.BAD_ARGUMENTS
    assert result.stderr == "posterizarr: Unknown argument: -Testng\n"
    assert list(tmp_path.iterdir()) == []


def test_help_names_the_switches_and_every_exit_code(tmp_path):
    result = run_script(tmp_path, "--help")
    assert result.returncode == 0
    assert all(f"{code.value} " in result.stdout for code in ExitCode)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["{", "[1]"])
def test_a_config_that_cannot_be_read_is_a_reason_to_stop(tmp_path, content):
    (tmp_path / "config.json").write_text(content)
    result = run_script(tmp_path, "-Testing")
    assert result.returncode == ExitCode.BAD_CONFIGURATION
    assert "config.json" in result.stderr
    assert "config.json" in read_log(tmp_path, "Testinglog.log")
    assert not running_file(tmp_path).exists()


def test_the_working_directory_is_the_data_folder_when_none_is_named(tmp_path):
    environment = make_environment(tmp_path)
    del environment["APP_DATA"]
    result = subprocess.run(
        [*COMMAND, "-Backup"], cwd=tmp_path, env=environment, timeout=60, capture_output=True
    )
    assert result.returncode == ExitCode.BAD_CONFIGURATION
    assert (tmp_path / "Logs" / "Scriptlog.log").exists()


def test_the_asset_folder_of_the_environment_overrules_the_configured_one(tmp_path):
    write_config(tmp_path, PrerequisitePart={"AssetPath": "configured"})
    picture = make_picture(tmp_path / "mine.png")
    names = ("-PicturePath", str(picture), "-Titletext", "A", "-FolderName", "F", "-LibraryName", "L")
    run_script(tmp_path, "-Manual", *names, ASSET_PATH=str(tmp_path / "named"))
    run_script(tmp_path, "-Manual", *names, ASSET_PATH="")
    assert (tmp_path / "named" / "L" / "F" / "poster.jpg").exists()
    assert (tmp_path / "configured" / "L" / "F" / "poster.jpg").exists()


def test_a_blank_asset_folder_is_not_the_data_folder(tmp_path):
    write_config(tmp_path, PrerequisitePart={"AssetPath": " "})
    result = run_script(tmp_path, "-Backup", ASSET_PATH="")
    assert f"Data folder {tmp_path}, asset folder /assets\n" in result.stdout


def make_foreign_run(data: Path) -> None:
    """What a script of another make leaves while it runs."""
    running_file(data).parent.mkdir(parents=True)
    running_file(data).write_text("Normal")
    (data / "Logs").mkdir()
    (data / "Logs" / "Scriptlog.log").write_text("live\n")


def test_another_instance_is_told_by_the_line_of_the_contract_and_its_logs_stay(tmp_path):
    make_foreign_run(tmp_path)
    result = run_script(tmp_path, "-Testing")
    assert result.returncode == ExitCode.ALREADY_RUNNING
    assert f"| {ALREADY_RUNNING}\n" in read_log(tmp_path, "Testinglog.log")
    assert ALREADY_RUNNING in result.stdout
    assert read_log(tmp_path, "Scriptlog.log") == "live\n"
    assert not (tmp_path / "RotatedLogs").exists()
    assert not (tmp_path / "test").exists()
    assert running_file(tmp_path).read_text() == "Normal"


def test_the_user_can_have_a_foreign_running_file_removed(tmp_path):
    make_foreign_run(tmp_path)
    write_config(tmp_path, PrerequisitePart={"ForceRunningDeletion": "true"})
    assert run_script(tmp_path, "-Backup").returncode == ExitCode.BAD_CONFIGURATION
    assert not running_file(tmp_path).exists()


def test_only_one_of_two_scripts_works(tmp_path):
    first = start_script(tmp_path, "-Testing")
    wait_for_line(first, "Drawing 1 of")
    assert running_file(tmp_path).read_text() == "Testing"
    assert run_script(tmp_path, "-Testing").returncode == ExitCode.ALREADY_RUNNING
    first.communicate(timeout=60)
    assert first.returncode == ExitCode.DONE
    assert len(list((tmp_path / "test").iterdir())) == 36


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, ExitCode.TERMINATED), (signal.SIGINT, ExitCode.INTERRUPTED)]
)
def test_a_signal_ends_the_run_at_once_and_in_order(tmp_path, number, code):
    script = start_script(tmp_path, "-Testing")
    wait_for_line(script, "Drawing 3 of")
    script.send_signal(number)
    _, complaint = script.communicate(timeout=60)
    assert script.returncode == code
    assert complaint == "posterizarr: Stopped by a signal\n"
    assert not running_file(tmp_path).exists()
    assert "Exiting Posterizarr run..." in read_log(tmp_path, "Testinglog.log")
    assert not (tmp_path / "Logs" / "testing.json").exists()
    assert [path for path in (tmp_path / "test").iterdir() if path.suffix != ".jpg"] == []
    assert all(path.read_bytes().endswith(b"\xff\xd9") for path in (tmp_path / "test").iterdir())


def test_a_signal_ends_a_download_that_hangs(tmp_path):
    with gallery() as address:
        names = ("-PicturePath", f"{address}/hang", "-FolderName", "F", "-LibraryName", "L")
        script = start_script(tmp_path, "-Manual", *names)
        wait_for_line(script, "Drawing 1 of 1")
        script.send_signal(signal.SIGTERM)
        # A tenth of this suffices; by itself the download ends after 10 s.
        script.communicate(timeout=9)
    assert script.returncode == ExitCode.TERMINATED
    assert not running_file(tmp_path).exists()


def test_a_killed_run_does_not_stand_in_the_way_of_the_next(tmp_path):
    script = start_script(tmp_path, "-Testing")
    wait_for_line(script, "Drawing 3 of")
    script.kill()
    script.communicate()
    assert running_file(tmp_path).exists()
    assert run_script(tmp_path, "-Testing").returncode == ExitCode.DONE
    assert not running_file(tmp_path).exists()


def test_a_closed_output_does_not_end_the_run(tmp_path):
    script = start_script(tmp_path, "-Testing")
    wait_for_line(script, "Drawing 1 of")
    script.stdout.close()
    assert script.wait(timeout=60) == ExitCode.DONE
    script.stderr.close()
    assert len(list((tmp_path / "test").iterdir())) == 36


def run_with_small_files(data: Path, limit: int) -> subprocess.CompletedProcess:
    """Run while no file may grow beyond the limit, which fails like a full disk: in the middle of a write."""
    return subprocess.run(
        [*COMMAND, "-Testing"],
        cwd=data,
        env=make_environment(data),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_full_disk_is_one_line_and_leaves_no_half_picture(tmp_path):
    assert run_process(tmp_path, "-Testing").returncode == 0
    result = run_with_small_files(tmp_path, 100_000)
    assert result.returncode == ExitCode.FAILED
    assert len(result.stderr.splitlines()) == 1
    assert "refused to read or write: File too large" in result.stderr
    assert "Traceback" not in result.stdout
    assert list((tmp_path / "test").iterdir()) == []
    assert not running_file(tmp_path).exists()


def test_a_disk_so_full_that_no_log_can_be_written_is_one_line_too(tmp_path):
    result = run_with_small_files(tmp_path, 60)
    assert result.returncode == ExitCode.FAILED
    assert len(result.stderr.splitlines()) == 1
    assert not running_file(tmp_path).exists()


def test_another_instance_is_told_on_a_disk_so_full_that_no_log_can_be_written(tmp_path):
    make_foreign_run(tmp_path)
    (tmp_path / "Logs" / "Testinglog.log").write_text(80 * "x")
    result = run_with_small_files(tmp_path, 60)
    assert result.returncode == ExitCode.ALREADY_RUNNING
    assert result.stderr == f"posterizarr: {ALREADY_RUNNING}\n"


@pytest.mark.parametrize("folder", ["/proc/posterizarr", "/dev/null/posterizarr"])
def test_a_data_folder_that_cannot_be_written_is_one_line(tmp_path, folder):
    result = run_script(tmp_path, "-Testing", APP_DATA=folder)
    assert result.returncode == ExitCode.FAILED
    assert len(result.stderr.splitlines()) == 1
    assert folder in result.stderr


def test_an_asset_folder_that_cannot_be_written_is_one_line_and_the_upload_stays(tmp_path):
    upload = make_picture(tmp_path / "uploads" / "a.png")
    names = ("-PicturePath", str(upload), "-Titletext", "A", "-FolderName", "F", "-LibraryName", "L")
    result = run_script(tmp_path, "-Manual", *names, ASSET_PATH="/proc/assets")
    assert result.returncode == ExitCode.FAILED
    assert len(result.stderr.splitlines()) == 1
    assert "/proc/assets" in result.stderr
    assert upload.exists()
    assert not running_file(tmp_path).exists()


def test_a_fault_of_the_program_is_told_with_its_name(tmp_path):
    faulty = "import app.poster.modes.run as run\nrun.greet = lambda *_: {}['lost']\n"
    faulty += "import runpy, sys\nsys.argv = ['poster', '-Testing']\n"
    faulty += "runpy.run_module('app.poster', run_name='__main__')"
    result = subprocess.run(
        [COMMAND[0], "-W", "ignore", "-c", faulty],
        cwd=tmp_path,
        env=make_environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert result.returncode == ExitCode.FAILED
    assert result.stderr == "posterizarr: Unexpected KeyError: 'lost'\n"
    assert "Unexpected KeyError" in read_log(tmp_path, "Testinglog.log")
    assert not running_file(tmp_path).exists()
