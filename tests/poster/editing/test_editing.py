"""Files are changed by hand: what lay there is kept, a person's file stays, and undo brings all back."""

import json
import os
import re
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from app.poster.editing.document import BadEdits, read_edits
from app.poster.journal.journal import Journal
from app.poster.planning.ownership import look
from app.poster.records.journal_entry import AssetRecord, Hold
from app.poster.records.reasons import Action, Owner
from tests.editing import edited
from tests.poster.journal.steps import RUN, announced, record, step, written

PATH = "Movies/Nosferatu (1922)/poster.jpg"
MANUAL = "/manual_poster_assets/Movies/Nosferatu (1922)/poster.jpg"
BACKUP = "/backup_assets/Movies/Nosferatu (1922)/poster.jpg"
ODD = (
    "#1 %41?/\N{CLAPPER BOARD} a\N{COMBINING DIAERESIS}.jpg",
    "x. /\N{LATIN SMALL LETTER A WITH DIAERESIS} .jpg",
)


class Site:
    """A data folder with its folders of pictures."""

    def __init__(self, data: Path):
        self.data = data
        self.variables = {
            name: str(data / name) for name in ("ASSET_PATH", "MANUAL_ASSET_PATH", "BACKUP_PATH")
        }

    def file(self, path: str) -> Path:
        for prefix, name in (
            ("/manual_poster_assets/", "MANUAL_ASSET_PATH"),
            ("/backup_assets/", "BACKUP_PATH"),
        ):
            if path.startswith(prefix):
                return self.data / name / path.removeprefix(prefix)
        return self.data / "ASSET_PATH" / path

    def edit(self, *edits: tuple, run: str = "") -> dict:
        named = [dict(zip(("action", "path", "file"), edit, strict=False)) for edit in edits]
        return edited(self.data, {"edits": named}, run, **self.variables)

    def undo(self, run: str, run_name: str = "", only: list | None = None) -> dict:
        return edited(self.data, {"undo": run, "only": only}, run_name, **self.variables)

    def staged(self, content: bytes) -> str:
        (self.data / "staged.jpg").write_bytes(content)
        return str(self.data / "staged.jpg")

    def known(self, path: str = PATH) -> AssetRecord | None:
        with closing(Journal(self.data / "engine")) as journal:
            return journal.records([path]).get(path)

    def made(self, content: bytes, path: str = PATH) -> None:
        """A run makes the picture."""
        with closing(Journal(self.data / "engine")) as journal:
            journal.begin(RUN)
            number = journal.intend(
                RUN.name, step(path), announced(content), record(path, announced(content), owner=Owner.OURS)
            )
            journal.complete(number, written(self.file(path), content))
            journal.end(RUN.name, RUN.started)


@pytest.fixture
def site(tmp_path):
    return Site(tmp_path)


@pytest.mark.parametrize("path", [PATH, MANUAL, BACKUP, *ODD])
def test_a_deleted_file_is_kept_and_comes_back_with_its_folder_and_can_be_deleted_again(site, path):
    written(site.file(path), b"before")
    assert site.edit(("delete", path), run="7-1")["done"] == [path]
    assert not site.file(path).exists()
    assert site.undo("7", "8-1")["done"] == [path]
    assert site.file(path).read_bytes() == b"before"
    assert site.undo("8")["done"] == [path] and not site.file(path).exists()


@pytest.mark.parametrize("before", [b"before", None])
@pytest.mark.parametrize("path", [PATH, MANUAL])
def test_a_put_picture_replaces_or_creates_and_undo_leaves_all_as_it_was(site, path, before):
    if before:
        written(site.file(path), before)
    assert site.edit(("put", path, site.staged(b"mine")), run="7-1")["done"] == [path]
    assert site.file(path).read_bytes() == b"mine" and Path(site.staged(b"mine")).exists()
    assert site.undo("7")["done"] == [path]
    if before:
        assert site.file(path).read_bytes() == before
    else:
        assert not site.file(path).parent.exists(), "the folder was made with the file"


def test_a_picture_of_ours_that_a_person_replaced_is_hers_until_it_is_released(site):
    site.made(b"ours")
    site.edit(("put", PATH, site.staged(b"hers")), run="8-1")
    assert (site.known().owner, site.known().hold, site.known().file) == (Owner.HAND, Hold.HELD, None)
    written(site.file(PATH), b"hers, and changed by her once more")
    assert look(site.file(PATH), site.known()).owner is Owner.HAND
    site.edit(("release", PATH), run="9-1")
    found = look(site.file(PATH), site.known())
    assert (found.owner, site.known().hold, site.known().undone) == (Owner.OURS, Hold.RELEASED, None)
    site.undo("9")
    assert (site.known().owner, site.known().hold) == (Owner.HAND, Hold.HELD)


def test_undo_of_a_put_gives_the_picture_back_to_the_runs_as_they_had_made_it(site):
    site.made(b"ours")
    before = site.known()
    site.edit(("put", PATH, site.staged(b"hers")), run="8-1")
    site.undo("8")
    after = site.known()
    assert (after.owner, after.hold, after.ingredients) == (Owner.OURS, Hold.NONE, before.ingredients)
    assert after.file.sha256 == before.file.sha256 and after.undone is None


def test_a_held_picture_keeps_its_bytes_and_undo_lets_it_go(site):
    site.made(b"ours")
    assert site.edit(("hold", PATH), run="8-1")["done"] == [PATH]
    assert look(site.file(PATH), site.known()).owner is Owner.HAND
    assert site.undo("8")["done"] == [PATH]
    assert (site.known().owner, site.known().hold) == (Owner.OURS, Hold.NONE)


def test_a_run_is_undone_around_what_a_person_holds_since(site):
    site.made(b"ours")
    site.edit(("hold", PATH))
    (failed,) = site.undo(RUN.name)["failed"]
    assert "a person holds it" in failed["error"] and site.file(PATH).read_bytes() == b"ours"


def test_what_was_changed_after_an_edit_is_left_by_its_undo(site):
    written(site.file(PATH), b"before")
    site.edit(("put", PATH, site.staged(b"mine")), run="7-1")
    written(site.file(PATH), b"other")
    assert site.undo("7")["failed"][0]["code"] == "changed"
    assert site.file(PATH).read_bytes() == b"other"


def test_one_call_is_one_run_and_one_that_fails_stops_no_other(site):
    paths = [f"Movies/{number}/poster.jpg" for number in range(70)]
    for path in paths:
        written(site.file(path), path.encode())
    answer = site.edit(*(("delete", path) for path in [*paths, PATH]), run="7-1")
    assert answer["done"] == paths
    assert answer["failed"] == [{"path": PATH, "error": "there is no such file", "code": "missing"}]
    assert site.undo("7", only=paths[:2])["done"] == paths[1::-1]
    assert sorted(site.undo("7")["done"]) == sorted(paths)
    assert all(site.file(path).read_bytes() == path.encode() for path in paths)


def outside(site: Site) -> str:
    (site.data / "elsewhere").mkdir()
    written(site.data / "elsewhere" / "poster.jpg", b"theirs")
    site.file("").mkdir(parents=True)
    site.file("linked").symlink_to(site.data / "elsewhere")
    return "linked/poster.jpg"


@pytest.mark.parametrize(
    ("action", "path", "code"),
    [
        ("delete", "../staged.jpg", "path"),
        ("delete", "/etc/passwd", "system"),
        ("delete", "a//b.jpg", "path"),
        ("delete", "a\0.jpg", "path"),
        ("delete", "", "path"),
        ("delete", "Movies", "no_file"),
        ("delete", "linked/poster.jpg", "outside"),
        ("put", "linked/poster.jpg", "outside"),
        ("put", "/elsewhere/x.jpg", "system"),
        ("hold", "Movies/none.jpg", "missing"),
        ("release", "Movies/none.jpg", "missing"),
        ("hold", MANUAL, "path"),
    ],
)
def test_what_cannot_be_edited_is_refused_and_nothing_is_touched(site, action, path, code):
    outside(site)
    site.file("Movies").mkdir()
    (failed,) = site.edit((action, path, site.staged(b"x")))["failed"]
    assert failed["code"] == code and failed["error"]
    assert (site.data / "elsewhere" / "poster.jpg").read_bytes() == b"theirs"


@pytest.mark.parametrize("content", [b"", None])
def test_a_put_without_bytes_changes_nothing(site, content):
    written(site.file(PATH), b"before")
    file = site.staged(content) if content is not None else str(site.data / "none.jpg")
    assert site.edit(("put", PATH, file))["failed"][0]["code"] == "content"
    assert site.file(PATH).read_bytes() == b"before"


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"[]",
        b"{}",
        b'{"edits": [], "undo": ""}',
        b'{"edits": [{"action": "burn", "path": "a.jpg"}]}',
        b'{"edits": [{"action": "delete", "path": 5}]}',
        b'{"edits": [{"action": "delete", "path": "a.jpg"}], "undo": "5"}',
        b'{"edits": [{"action": "delete", "path": "a"}, {"action": "delete", "path": "a"}]}',
        b'{"unknown": 1}',
    ],
)
def test_a_document_that_is_none_is_refused(document):
    with pytest.raises(BadEdits):
        read_edits(document)


def test_an_edit_does_not_settle_the_steps_of_a_run_that_is_at_work(site):
    written(site.file(PATH), b"before")
    written(site.file("other.jpg"), b"before")
    with closing(Journal(site.data / "engine")) as journal:
        journal.begin(RUN)
        journal.intend(RUN.name, step("other.jpg"), announced(b"new"), record("other.jpg"))
    assert site.edit(("hold", PATH), run="7-1")["done"] == [PATH]
    with closing(Journal(site.data / "engine")) as journal:
        (entry,) = journal.entries(RUN.name)
        assert entry.state.value == "intended"


def test_what_an_active_run_knew_before_an_edit_does_not_replace_what_is_known_since(site):
    site.made(b"ours")
    with closing(Journal(site.data / "engine")) as running:
        stale = running.records([PATH])[PATH]
        site.edit(("put", PATH, site.staged(b"hers")))
        running.note(stale)
        assert running.records([PATH])[PATH].hold is Hold.HELD
        assert running.edits_of(PATH) == 1
    assert site.known().hold is Hold.HELD


def test_the_program_reads_stdin_and_prints_one_document(site):
    written(site.file(PATH), b"before")
    environment = {**os.environ, "APP_DATA": str(site.data), **site.variables, "POSTERIZARR_RUN": "7-1"}
    run = partial(subprocess.run, env=environment, capture_output=True, text=True, check=False)
    command = [sys.executable, "-X", "importtime", "-m", "app.poster.editing"]
    ended = run(command, input=json.dumps({"edits": [{"action": "delete", "path": PATH}]}))
    answer = json.loads(ended.stdout)
    assert (ended.returncode, answer["done"], answer["failed"]) == (0, [PATH], [])
    assert answer["run"].endswith("-7-1")
    # A person waits for it: what a run loads would take most of a second.
    assert not re.search(r"app\.poster\.(pipeline|providers|web|modes)\b", ended.stderr)
    bad = run(command, input="x")
    assert bad.returncode == 2 and "document of edits" in bad.stderr
    with closing(Journal(site.data / "engine")) as journal:
        assert [entry.action for entry in journal.entries(path=PATH)] == [Action.DELETE]
