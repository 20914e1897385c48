"""The check of the journal in lines for people, and a repair that a run refuses."""

import json
import sys

import pytest

from app.core import journal_check
from app.core.engine_calls import EngineCalls
from app.core.errors import Conflict


def make_document(*findings: dict, **overrides):
    empty = {
        "sound": True,
        "repairs": False,
        "checked": {"assets": 2, "entries": 3, "files": 1, "kept": 0},
        "counts": [{"what": one["what"], "found": 1, "repaired": int(one["repaired"])} for one in findings],
        "findings": list(findings),
    }
    return empty | overrides


def finding(what: str, path: str, fault: bool, repaired: bool = False) -> dict:
    return {"what": what, "path": path, "why": "because", "fault": fault, "repaired": repaired}


CHECKED = "checked 2 assets, 1 of their files, 3 entries of the journal and 0 files of the store"
ADVICE = "run posterizarr doctor --repair, while no run is active, to repair what can be proved"
GONE, OPEN = finding("file_gone", "a.jpg", fault=False), finding("open_step", "b.jpg", fault=True)
MANY = [{"what": "file_gone", "found": 250, "repaired": 0}]


@pytest.mark.parametrize(
    ("document", "lines"),
    [
        (make_document(), ["no fault is left"]),
        (make_document(GONE), ["note: a.jpg: because", "no fault is left"]),
        (make_document(OPEN, sound=False), ["fault: b.jpg: because", ADVICE]),
        (make_document(OPEN, sound=False, repairs=True), ["fault: b.jpg: because"]),
        (
            make_document(finding("version", "", fault=True, repaired=True), repairs=True),
            ["repaired: because", "no fault is left"],
        ),
        (
            make_document(GONE, counts=MANY),
            ["note: a.jpg: because", "and 249 more like these", "no fault is left"],
        ),
    ],
)
def test_each_finding_has_a_line_and_the_last_one_says_what_to_do(document, lines):
    assert list(journal_check.journal_lines(document)) == [CHECKED, *lines]


def test_a_repair_that_is_refused_is_a_conflict(tmp_path, monkeypatch):
    program = tmp_path / "refuses.py"
    program.write_text(f"import sys; print({json.dumps(json.dumps({'refused': 'x'}))}); sys.exit(4)")
    monkeypatch.setattr("app.core.engine_calls.script_command", lambda *_: [sys.executable, str(program)])
    with pytest.raises(Conflict, match="A run is active"):
        journal_check.check_journal(EngineCalls(tmp_path, {}), repairs=True)
