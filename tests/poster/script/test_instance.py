import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.poster.script import instance
from app.poster.script.exits import AlreadyRunning
from app.poster.script.instance import LOCK_FILE, RUNNING_FILE, identity, single_instance, start_mark
from tests.poster.program import ROOT

HOLDER = """
import sys
from pathlib import Path
from app.poster.script.instance import single_instance
with single_instance(Path(sys.argv[1]), "Normal"):
    print("holding", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the running file until it is killed or its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "holding\n"
    yield process
    process.kill()
    process.communicate()


def make_foreign_running_file(temp: Path) -> Path:
    """The running file of a script that knows nothing of our lock."""
    temp.mkdir(parents=True, exist_ok=True)
    (temp / RUNNING_FILE).write_text("Normal")
    return temp / RUNNING_FILE


def assert_taken(temp: Path, force=False):
    with pytest.raises(AlreadyRunning), single_instance(temp, "Testing", force):
        pytest.fail("the block ran although another instance is running")


def test_the_running_file_holds_the_word_and_goes_at_the_end(tmp_path):
    with single_instance(tmp_path / "temp", "Testing"):
        assert (tmp_path / "temp" / RUNNING_FILE).read_text() == "Testing"
    assert [path.name for path in (tmp_path / "temp").iterdir()] == [LOCK_FILE]


def test_the_running_file_goes_when_the_run_fails(tmp_path):
    with pytest.raises(KeyError), single_instance(tmp_path, "Testing"):
        raise KeyError
    assert not (tmp_path / RUNNING_FILE).exists()


def test_a_living_instance_is_respected_and_left_alone(tmp_path, holder):
    assert_taken(tmp_path)
    assert_taken(tmp_path, force=True)
    assert (tmp_path / RUNNING_FILE).read_text() == "Normal"
    assert holder.poll() is None


def test_a_living_instance_is_respected_even_when_its_running_file_was_removed(tmp_path, holder):
    (tmp_path / RUNNING_FILE).unlink()
    assert_taken(tmp_path)


def test_what_a_killed_instance_left_does_not_stand_in_the_way(tmp_path, holder):
    holder.kill()
    holder.wait()
    assert (tmp_path / RUNNING_FILE).exists()
    with single_instance(tmp_path, "Testing"):
        assert (tmp_path / RUNNING_FILE).read_text() == "Testing"


def test_a_killed_instance_is_gone_before_its_parent_has_reaped_it(tmp_path, holder):
    holder.kill()
    holder.stdout.read()
    with single_instance(tmp_path, "Testing"):
        assert (tmp_path / RUNNING_FILE).read_text() == "Testing"


def test_the_running_file_of_a_foreign_script_is_respected(tmp_path):
    running = make_foreign_running_file(tmp_path)
    assert_taken(tmp_path)
    assert running.exists()


def test_the_running_file_of_a_foreign_script_is_removed_on_the_users_word(tmp_path):
    make_foreign_running_file(tmp_path)
    with single_instance(tmp_path, "Testing", force=True):
        assert (tmp_path / RUNNING_FILE).read_text() == "Testing"


def test_a_foreign_script_that_started_after_our_kill_is_respected(tmp_path, holder):
    holder.kill()
    holder.wait()
    (tmp_path / RUNNING_FILE).unlink()
    make_foreign_running_file(tmp_path)
    assert_taken(tmp_path)


def test_an_end_in_order_leaves_no_claim_on_later_running_files(tmp_path):
    with single_instance(tmp_path, "Testing"):
        pass
    make_foreign_running_file(tmp_path)
    assert_taken(tmp_path)


@pytest.mark.parametrize("note", ["{", "[]", '{"pid": "x"}', "\x00"])
def test_a_broken_record_proves_nothing(tmp_path, note):
    make_foreign_running_file(tmp_path)
    (tmp_path / LOCK_FILE).write_text(note)
    assert_taken(tmp_path)


def test_a_process_that_has_the_recorded_number_by_chance_is_not_ours(tmp_path):
    running = make_foreign_running_file(tmp_path)
    note = {"pid": 1, "started": "0", "running_file": identity(running)}
    (tmp_path / LOCK_FILE).write_text(json.dumps(note))
    with single_instance(tmp_path, "Testing"):
        assert running.read_text() == "Testing"


def test_a_living_maker_is_respected_where_locks_mean_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(instance, "DYING", 0.1)
    running = make_foreign_running_file(tmp_path)
    note = {"pid": os.getpid(), "started": start_mark(os.getpid()), "running_file": identity(running)}
    (tmp_path / LOCK_FILE).write_text(json.dumps(note))
    assert_taken(tmp_path)


def test_a_running_file_that_replaced_ours_is_not_removed(tmp_path):
    with single_instance(tmp_path, "Testing"):
        (tmp_path / RUNNING_FILE).unlink()
        make_foreign_running_file(tmp_path)
    assert (tmp_path / RUNNING_FILE).read_text() == "Normal"


# Ends the process with the first call of one function, when that has done its work.
KILLED = """
import os, signal
own, really = os.getpid(), os.{call}
def killed(*arguments):
    really(*arguments)
    os.kill(own, signal.SIGKILL)
os.{call} = killed
"""


@pytest.mark.parametrize("call", ["getpid", "link"])
def test_a_kill_while_the_running_file_is_made_does_not_stand_in_the_way(tmp_path, call):
    program = [sys.executable, "-c", KILLED.format(call=call) + HOLDER, str(tmp_path)]
    assert subprocess.run(program, cwd=ROOT).returncode == -9
    assert (tmp_path / RUNNING_FILE).exists() is (call == "link")
    with single_instance(tmp_path, "Testing"):
        assert (tmp_path / RUNNING_FILE).read_text() == "Testing"


def test_disks_without_links_have_the_running_file_too(tmp_path, monkeypatch):
    def refuse(*arguments):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    with single_instance(tmp_path, "Testing"):
        assert (tmp_path / RUNNING_FILE).read_text() == "Testing"
    assert [path.name for path in tmp_path.iterdir()] == [LOCK_FILE]
