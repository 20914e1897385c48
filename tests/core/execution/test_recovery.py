import json
import os
import subprocess
import sys

import pytest

from app.core.execution.attempt import Attempt, Before
from app.core.execution.recovery import LaunchVerdict, claim_record, trace_attempt, was_refused
from app.core.modes import MODES
from app.core.paths import Paths
from app.core.processes import identify


@pytest.fixture
def attempt(tmp_path):
    paths = Paths(tmp_path)
    paths.create()
    return Attempt(paths, 5, 2, MODES["normal"])


def test_a_whole_record_names_the_process_and_what_was_there_before(attempt):
    me = identify(os.getpid())
    facts = {"pid": me.pid, "started": me.started, "before": {"log": [1, 2, 3], "report": None}}
    attempt.record.write_text(json.dumps(facts))
    found = trace_attempt(attempt)
    assert (found.verdict, found.identity) == (LaunchVerdict.LAUNCHED, me)
    assert found.before == Before(log=(1, 2, 3), report=None)


def test_without_a_record_it_was_never_launched_and_never_will_be(attempt):
    assert trace_attempt(attempt).verdict is LaunchVerdict.NEVER
    assert json.loads(attempt.record.read_text()) == {"pid": None}
    assert not claim_record(attempt.record) and trace_attempt(attempt).verdict is LaunchVerdict.NEVER


@pytest.mark.parametrize("content", [b"", b'{"pid": 12', b"[]", b"\xff", b'{"pid": "x"}'])
def test_a_record_that_was_not_finished_belongs_to_a_launcher_that_died(attempt, content):
    attempt.record.write_bytes(content)
    assert trace_attempt(attempt).verdict is LaunchVerdict.NEVER


def test_an_unfinished_record_is_unclear_while_its_launcher_lives(attempt):
    attempt.record.touch()
    launcher = subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(60)"], env=attempt.marked(dict(os.environ))
    )
    try:
        assert trace_attempt(attempt).verdict is LaunchVerdict.UNCLEAR
    finally:
        launcher.kill()
        launcher.wait()
    assert trace_attempt(attempt).verdict is LaunchVerdict.NEVER


@pytest.mark.parametrize("before", [None, 3, {"log": "x"}, {"log": [1, 2]}, {"report": [1, 2, "3"]}])
def test_an_odd_note_of_what_was_before_counts_as_none(before):
    assert Before.parse(before) == Before(None, None)


def test_only_a_record_that_names_nobody_tells_of_a_refusal(attempt):
    assert not was_refused(attempt.record)
    attempt.record.touch()
    assert was_refused(attempt.record)
    attempt.record.write_text('{"pid": 12, "started": ""}')
    assert not was_refused(attempt.record)
