"""What an edit may name, how a failure is reported, and how the program ends without a document."""

import io
import json
import sys
from types import SimpleNamespace

import pytest

from app.poster.applying.file_locks import FileLocks
from app.poster.applying.publishing import ChangedMeanwhile
from app.poster.editing import __main__ as program
from app.poster.editing.document import LONGEST_PATH, MOST_EDITS, BadEdits, is_path, read_edits
from app.poster.editing.edits import EditRefused, EditReport
from app.poster.editing.undo_edits import reason_left
from app.poster.folders import read_folders
from app.poster.records.reasons import Reason
from app.poster.settings import read_settings

DELETE = {"edits": [{"action": "delete", "path": "Movies/Alien (1979)/poster.jpg"}]}


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("poster.jpg", True),
        ("Movies/Alien (1979)/poster.jpg", True),
        ("/manual_poster_assets/Movies/poster.jpg", True),
        ("..hidden/a...jpg", True),
        (" / .jpg", True),
        ("日本/ポスター.jpg", True),
        ("a" * LONGEST_PATH, True),
        ("a" * (LONGEST_PATH + 1), False),
        ("", False),
        ("/", False),
        ("//poster.jpg", False),
        ("Movies//poster.jpg", False),
        ("Movies/", False),
        ("../poster.jpg", False),
        ("Movies/../../poster.jpg", False),
        ("./poster.jpg", False),
        ("Movies/..", False),
        ("a\0.jpg", False),
        ("a\ud83d.jpg", False),
    ],
)
def test_a_path_names_one_file_below_a_root(path, is_one):
    assert is_path(path) is is_one


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"undo": "5", "dry_run": True}, "dry_run"),
        ({"undo": "5", "only": "a.jpg"}, "only"),
        ({"edits": [{"action": "delete"}]}, "path"),
        ({"edits": [{"action": "put", "path": "a.jpg", "mode": 7}]}, "mode"),
        ({"edits": [{"action": "hold", "path": f"{n}"} for n in range(MOST_EDITS + 1)]}, "1 to 100000 edits"),
    ],
)
def test_a_document_says_what_of_it_cannot_be_used(document, words):
    with pytest.raises(BadEdits, match=words):
        read_edits(json.dumps(document).encode())


@pytest.mark.parametrize(
    ("error", "code", "sentence"),
    [
        (EditRefused("held", "a person holds it already"), "held", "a person holds it already"),
        (ChangedMeanwhile("it was changed meanwhile"), "changed", "it was changed meanwhile"),
        (PermissionError(13, "Permission denied", "/data/a.jpg"), "system", "Permission denied"),
        (OSError("no reason"), "system", "no reason"),
    ],
)
def test_a_failure_has_a_code_and_a_sentence_without_the_place_on_the_disk(error, code, sentence):
    report = EditReport()
    report.fail("a.jpg", error)
    assert report.failed == [{"path": "a.jpg", "error": sentence, "code": code}]
    assert report.errors == [error]


@pytest.mark.parametrize(
    ("reason", "detail", "sentence"),
    [
        (Reason.UNCHANGED, "", None),
        (Reason.CHANGED_SINCE, "", "changed since then: left alone"),
        (Reason.FAILED, "no bytes", "it could not be made; no bytes"),
    ],
)
def test_what_an_undo_leaves_has_its_reason(reason, detail, sentence):
    refused = reason_left(SimpleNamespace(reason=reason, detail=detail))
    assert (refused and (refused.code, str(refused))) == (sentence and ("changed", sentence))


@pytest.fixture
def ended(tmp_path, monkeypatch, capsys):
    """Runs the program on a document in an empty data folder; returns (code, stdout, stderr)."""

    def run(document, **variables):
        content = document if isinstance(document, bytes) else json.dumps(document).encode()
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
        given = {"APP_DATA": str(tmp_path), "ASSET_PATH": str(tmp_path / "assets"), **variables}
        monkeypatch.setattr(program.os, "environ", given)
        code = program.main()
        return code, *capsys.readouterr()

    return run


@pytest.mark.parametrize(
    ("document", "config", "variables", "code", "words"),
    [
        (b"{", None, {}, 2, "The document of edits cannot be used"),
        ({}, None, {}, 2, "either 1 to 100000 edits or a run to undo"),
        (DELETE, "{", {}, 3, "config.json cannot be read"),
        (DELETE, None, {"POSTERIZARR_RUN": "../5"}, 3, "POSTERIZARR_RUN"),
    ],
)
def test_what_cannot_be_used_ends_with_its_code_and_no_document(
    tmp_path, ended, document, config, variables, code, words
):
    if config:
        (tmp_path / "config.json").write_text(config)
    found, out, said = ended(document, **variables)
    assert (found, out) == (code, "") and said.startswith("posterizarr: ") and words in said


def test_while_another_edit_is_at_work_the_document_says_so(tmp_path, ended, monkeypatch):
    monkeypatch.setattr(program, "LONGEST_WAIT", 0.0)
    variables = {"APP_DATA": str(tmp_path), "ASSET_PATH": str(tmp_path / "assets")}
    folders = read_folders(tmp_path, read_settings(tmp_path / "config.json"), variables)
    with FileLocks(folders.locks).holding_edits():
        code, out, _ = ended(DELETE)
    assert code == 4 and json.loads(out)["refused"]
    assert ended(DELETE)[0] == 1


def test_a_data_folder_that_cannot_be_written_is_a_failure(tmp_path, ended):
    (tmp_path / "engine").write_text("a file is in the way")
    code, out, said = ended(DELETE)
    assert (code, out) == (1, "") and said.startswith("posterizarr: ")
