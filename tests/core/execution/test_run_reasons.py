"""Each sentence of the server about a run has a code, and each code a text in each language."""

import ast
import re
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

import pytest

import app as package
from app.core.coded_sentences import OTHER
from app.core.execution import outcome
from app.core.execution.run_offers import Obstacle
from app.core.execution.run_reasons import PATTERNS, run_reason
from app.core.launch import PREFIX
from app.core.runs import cancel, request_run
from app.core.schedule.occurrences import record_missed
from app.models import Origin
from app.ui.catalogue import LANGUAGES, texts_in
from tests.core.schedule.test_occurrences import BERLIN, make_entry

APP = Path(package.__file__).parent
# The functions that take a sentence, and the place of it among their arguments.
TAKERS = {"Ending": 1, "StopCause": 0, "refuse_launch": 1}


def fields(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def sentences():
    """The sentences in the source that are given to a run as its reason, with a 7 for each value."""
    for path in sorted(APP.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            if name in TAKERS and len(node.args) > TAKERS[name]:
                yield from rendered(node.args[TAKERS[name]])
            if isinstance(node, ast.FunctionDef) and node.name in ("in_the_way", "how_it_ended"):
                yield from (text for each in ast.walk(node) for text in returned(each, node.name))


def returned(node, function):
    lead = "Posterizarr Normal Mode @ 04:30: " if function == "in_the_way" else ""
    if isinstance(node, ast.Return) and node.value is not None:
        yield from (lead + text for text in rendered(node.value))


def rendered(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(part.value if isinstance(part, ast.Constant) else "7" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from (text for part in (node.body, node.orelse) for text in rendered(part))


def test_each_sentence_of_the_server_about_a_run_has_a_code():
    found = set(sentences()) - {"external"}  # ends a script that is no run
    found |= {getattr(outcome, name) for name in ("STOPPED_BEFORE", "UNKNOWN_LAUNCH", "NOTHING_DRAWN")}
    assert len(found) > 12
    assert [text for text in sorted(found) if run_reason(text).code == OTHER] == []


EVIDENCE = {
    "no_report": {},
    "no_report_said": {"output": ("Out of memory",)},
    "exit_code": {"exit_code": 3},
    "exit_code_said": {"exit_code": 3, "output": ("No: such\nhost",)},
    "killed": {"exit_code": -9},
    "killed_said": {"exit_code": -9, "output": ("Working",)},
    "launch_unrecorded": {"exit_code": 74, "output": (f"{PREFIX} the launch cannot be recorded: No space",)},
    "unstarted": {"exit_code": 127, "output": (f"{PREFIX} pwsh cannot be started: No such file",)},
    "server_away": {"was_followed": False},
    "launch_unknown": {"has_begun": False},
    "another_instance": {"output": (outcome.ALREADY_RUNNING,)},
    OTHER: {"output": ("[2025-11-25 15:30:03] [ERROR]  |L.1  | Plex does not answer",)},
}


@pytest.mark.parametrize(("code", "evidence"), EVIDENCE.items(), ids=EVIDENCE)
def test_how_a_script_ended_has_a_code(code, evidence):
    ending = outcome.judge_run(outcome.RunEvidence(True, **evidence))
    assert run_reason(ending.reason).code == code


@pytest.mark.parametrize("errors", [1, 3])
def test_the_errors_of_a_run_have_a_code_and_stay_as_the_script_wrote_them(errors):
    amount = "1 error" if errors == 1 else f"{errors} errors"
    last = "" if errors == 1 else ", the last"
    assert run_reason(amount).code == ("one_error" if errors == 1 else "errors")
    assert run_reason(f"{amount}{last}: a: b").values["reason"] == "a: b"


def test_a_run_that_the_schedule_left_out_names_its_entry(session):
    entry = make_entry()
    run = record_missed(session, entry, datetime(2026, 1, 2, 3, 30, tzinfo=UTC), BERLIN)
    found = run_reason(run.reason)
    assert found == ("missed", {"entry": entry.job_name, "time": "2026-01-02 04:30"})


def test_a_run_that_was_cancelled_says_so(session):
    run = request_run(session, "normal", Origin.API)
    assert run_reason(cancel(session, run.id).reason).code == "cancelled"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_reason_has_a_text_with_its_values(language):
    texts = texts_in(language).texts
    assert {f"reason.{code}" for code in PATTERNS} == {name for name in texts if name.startswith("reason.")}
    for code, pattern in PATTERNS.items():
        assert fields(texts[f"reason.{code}"]) == set(re.compile(pattern).groupindex), code


def obstacles():
    """The code of each obstacle that the source makes."""
    path = Path(package.__file__).parent / "core/execution/run_offers.py"
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == Obstacle.__name__:
            values = {key.value for key in node.args[2].keys} if len(node.args) > 2 else set()
            yield node.args[0].value, values


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_obstacle_has_a_text_with_its_values(language):
    texts, found = texts_in(language).texts, dict(obstacles())
    assert {f"offer.{code}" for code in found} == {name for name in texts if name.startswith("offer.")}
    assert all(fields(texts[f"offer.{code}"]) == values for code, values in found.items())
