import json
from dataclasses import replace
from types import SimpleNamespace

import pytest

from app.core.execution.attempt import Attempt, Before, prune_attempts
from app.core.fingerprint import fingerprint
from app.core.paths import Paths


@pytest.fixture
def paths(tmp_path):
    paths = Paths(tmp_path)
    paths.create()
    return paths


def make_attempt(paths, **overrides):
    facts = {"id": 12, "attempt": 3, "mode": "testing", **overrides}
    return Attempt.of(paths, SimpleNamespace(**facts))


def test_token_and_files_follow_from_run_and_count(paths):
    attempt = make_attempt(paths)
    assert (attempt.token, attempt.record.name, attempt.output.name) == ("12-3", "12-3.json", "12-3.log")
    assert (attempt.log.name, attempt.report.name) == ("Testinglog.log", "testing.json")
    assert attempt.marked({"A": "1"}) == {"A": "1", "POSTERIZARR_RUN": f"12-3@{paths.data}"}


def test_a_mode_without_a_report_has_none(paths):
    attempt = make_attempt(paths)
    assert replace(attempt, mode=replace(attempt.mode, report=None)).report is None


def test_what_was_before_survives_the_way_through_a_record(paths):
    attempt = make_attempt(paths)
    attempt.log.write_text("old")
    before = attempt.before()
    assert before.log == fingerprint(attempt.log) and before.report is None
    assert Before.parse(json.loads(str(before))) == before


def test_old_records_and_outputs_go_and_other_files_stay(paths):
    for number in range(1, 8):
        (paths.runs / f"{number}-1.json").touch()
        (paths.runs / f"{number}-1.log").touch()
    (paths.runs / "7-2.log").touch()
    (paths.runs / "state.bin").touch()
    prune_attempts(paths, kept=2)
    left = sorted(path.name for path in paths.runs.iterdir())
    assert left == ["6-1.json", "6-1.log", "7-1.json", "7-1.log", "7-2.log", "state.bin"]
