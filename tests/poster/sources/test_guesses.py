"""guessit is asked about names that no pattern fits, and about each name once."""

import json
import subprocess
import sys

import pytest

from app.poster.sources import guesses
from app.poster.sources.guesses import NameGuesses

NAME = "Cosmos Ep Twelve Title"


def test_a_name_without_a_plain_number_is_guessed():
    found = NameGuesses().episode(NAME)
    assert found.numbers == (12,)
    assert NameGuesses().episode("Making of") is None


def test_answers_outlast_the_run_and_are_not_asked_for_again(tmp_path, monkeypatch):
    file = tmp_path / "Cache" / "names.json"
    first = NameGuesses(file)
    answers = [first.episode(NAME), first.episode("Making of")]
    first.save()
    monkeypatch.setattr(guesses, "guess", lambda stem: pytest.fail("asked again"))
    again = NameGuesses(file)
    assert [again.episode(NAME), again.episode("Making of")] == answers
    assert [path.name for path in file.parent.iterdir()] == ["names.json"]


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"a": [1]}', '{"a": [1, [], ""]}', '{"a": [1, ["x"], ""]}']
)
def test_a_file_that_holds_anything_else_is_not_used(tmp_path, content):
    file = tmp_path / "names.json"
    file.write_text(content)
    assert NameGuesses(file).episode("a") is None


def test_old_names_make_room(tmp_path, monkeypatch):
    monkeypatch.setattr(guesses, "MOST_NAMES", 2)
    monkeypatch.setattr(guesses, "guess", lambda stem: None)
    file = tmp_path / "names.json"
    names = NameGuesses(file)
    for stem in "abc":
        names.episode(stem)
    names.save()
    assert list(json.loads(file.read_text())) == ["b", "c"]


def test_a_disk_that_refuses_stops_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    names = NameGuesses(tmp_path / "file" / "names.json")
    names.episode(NAME)
    names.save()


def test_listing_plain_names_does_not_load_guessit():
    program = (
        "import sys\nfrom app.poster.sources.folder import FolderSource\n"
        "from app.poster.sources.guesses import NameGuesses\nprint('guessit' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
