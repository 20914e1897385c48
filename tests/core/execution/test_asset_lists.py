"""Lists of assets reach the script whole, however long they are, and leave no file behind."""

import json
import os
from pathlib import Path

import pytest

from app.core.errors import Invalid
from app.core.execution.asset_lists import asset_list, prune_lists, require_lists, with_typed_lists

LONG = [f"Movies/Film {number} (1979)/poster.jpg" for number in range(40_000)]


def file_of(value):
    assert value.startswith("@")
    return Path(value.removeprefix("@"))


def test_a_short_list_stands_in_the_command_line(tmp_path):
    value = asset_list(tmp_path, ["Filme/Günther \u2026/poster.jpg", "a", "a"])
    assert json.loads(value) == ["Filme/Günther \u2026/poster.jpg", "a"] and value.isascii()
    assert not list(tmp_path.iterdir())


def test_a_long_list_is_a_file_with_one_path_a_line_and_the_same_list_the_same_file(tmp_path):
    value = asset_list(tmp_path / "lists", LONG)
    assert file_of(value).read_text(encoding="utf-8").splitlines() == LONG
    assert asset_list(tmp_path / "lists", LONG) == value
    assert len(list((tmp_path / "lists").iterdir())) == 1


@pytest.mark.parametrize(
    "path", ["", "/etc/passwd", "../x", "a/../b", "a//b", "./a", "a/", "a\nb", "a\x00", "\ud800", "x" * 5000]
)
def test_what_is_no_path_of_an_asset_is_refused_by_name(tmp_path, path):
    with pytest.raises(Invalid, match="is no path of an asset"):
        asset_list(tmp_path, [path])


def test_a_run_is_launched_with_lists_of_our_folder_only(tmp_path):
    value, folder = asset_list(tmp_path / "lists", LONG), tmp_path / "lists"
    require_lists(folder, ["12", "-Only", value])
    require_lists(folder, ["-Take", '["a"]', "-Titletext", "@home"])
    (tmp_path / "other.txt").write_text("a\n")
    (folder / "link.txt").symlink_to(tmp_path / "other.txt")
    for foreign in (
        tmp_path / "other.txt",
        folder / "link.txt",
        folder / ".." / "other.txt",
        folder / "gone.txt",
    ):
        with pytest.raises(ValueError, match="list of its assets"):
            require_lists(folder, ["-Only", f"@{foreign}"])


def test_a_list_stays_while_a_run_needs_it_and_for_an_hour(tmp_path):
    needed, young, spare = (asset_list(tmp_path, LONG[start:]) for start in range(3))
    (tmp_path / "own.txt").write_text("by hand")
    for value in (needed, spare, "@" + str(tmp_path / "own.txt")):
        os.utime(file_of(value), (0, 0))
    prune_lists(tmp_path, {needed})
    assert {f"@{path}" for path in tmp_path.iterdir()} == {needed, young, f"@{tmp_path / 'own.txt'}"}
    prune_lists(tmp_path / "absent", set())


def test_what_a_person_types_becomes_one_list(tmp_path):
    (tmp_path / "mine.txt").write_text("a/poster.jpg\n\nb/poster.jpg\n")
    words = ["--take", "a b/poster.jpg", "-Clean", "--take", "c/poster.jpg"]
    assert with_typed_lists(tmp_path, words, tmp_path) == [
        "-Clean",
        "-Take",
        '["a b/poster.jpg", "c/poster.jpg"]',
    ]
    assert with_typed_lists(tmp_path, ["-Take", "@mine.txt"], tmp_path) == [
        "-Take",
        '["a/poster.jpg", "b/poster.jpg"]',
    ]
    assert with_typed_lists(tmp_path, ["-Titletext", "x"], tmp_path) == ["-Titletext", "x"]
    for wrong in (["-Take", "@gone.txt"], ["--take"], ["--take", "/etc/passwd"]):
        with pytest.raises(Invalid):
            with_typed_lists(tmp_path, wrong, tmp_path)
