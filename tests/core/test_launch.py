"""The launcher, as the process that it is."""

import json
import resource
import subprocess
import sys

import pytest

from app.core.runner import LAUNCHER


@pytest.fixture
def record(tmp_path):
    return tmp_path / "1-1.json"


def launcher(record, *program, before="null"):
    words = [sys.executable, "-I", "-S", str(LAUNCHER), str(record), before, "--", *program]
    return subprocess.run(words, capture_output=True, text=True, timeout=20)


def test_the_record_names_the_very_process_that_the_program_becomes(record):
    done = launcher(record, "/bin/sh", "-c", "echo $$; cut -d' ' -f22 /proc/$$/stat", before='{"log": null}')
    pid, ticks = done.stdout.split()
    facts = json.loads(record.read_text())
    assert (
        facts["pid"] == int(pid)
        and facts["started"].endswith(f":{ticks}")
        and facts["before"] == {"log": None}
    )


def test_a_record_that_exists_stops_the_launch(record):
    record.write_text("")
    done = launcher(record, "/bin/echo", "ran")
    assert (done.returncode, done.stdout) == (75, "")
    assert done.stderr == "posterizarr-launch: this attempt was given up before it began\n"


def test_of_many_launchers_one_runs(record):
    words = [sys.executable, "-I", "-S", str(LAUNCHER), str(record), "null", "--", "/bin/echo", "ran"]
    many = [subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) for _ in range(12)]
    said = [process.communicate()[0] for process in many]
    assert said.count(b"ran\n") == 1 and sorted(process.returncode for process in many) == [0] + [75] * 11


def test_a_program_that_cannot_be_started_is_named_with_the_reason(record, tmp_path):
    (tmp_path / "plain").write_text("x")
    absent, plain = launcher(record, "/no/such"), launcher(tmp_path / "2.json", str(tmp_path / "plain"))
    assert absent.returncode == 127 and "/no/such cannot be started: No such file" in absent.stderr
    assert plain.returncode == 127 and "Permission denied" in plain.stderr


def test_a_record_that_cannot_be_written_stops_the_launch(tmp_path):
    done = launcher(tmp_path / "absent" / "1-1.json", "/bin/echo", "ran")
    assert (done.returncode, done.stdout) == (74, "") and "cannot be recorded" in done.stderr


def test_a_full_disk_stops_the_launch_before_the_program_begins():
    done = launcher("/dev/full", "/bin/echo", "ran")
    assert done.returncode in (74, 75) and done.stdout == ""


def test_a_disk_that_takes_neither_record_nor_words_is_known_by_the_code(record, tmp_path):
    words = [sys.executable, "-I", "-S", str(LAUNCHER), str(record), "null", "--", "/bin/echo", "ran"]
    with (tmp_path / "output").open("wb") as output:
        done = subprocess.run(words, stdout=output, stderr=output, preexec_fn=allow_no_byte, timeout=20)
    assert done.returncode == 74 and record.read_bytes() == (tmp_path / "output").read_bytes() == b""


def allow_no_byte():
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def test_arguments_arrive_unchanged(record):
    odd = ["", " -x", "ä ü", "$(id)", "*"]
    code = "import sys, json; print(json.dumps(sys.argv[1:]))"
    assert json.loads(launcher(record, sys.executable, "-c", code, *odd).stdout) == odd
