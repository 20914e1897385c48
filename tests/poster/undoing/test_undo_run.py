"""Runs of the script are taken back and made again by the script."""

import json
import sqlite3
from contextlib import closing
from hashlib import sha256

import pytest

from app.poster.script.exits import ExitCode
from tests.poster.pipeline.media import (
    add_film,
    configure,
    contents,
    lines,
    made,
    plan,
    run_over,
    two_colored,
)
from tests.poster.program import read_outcome

NOSFERATU = "Movies/Nosferatu (1922)/poster.jpg"
METROPOLIS = "Movies/Metropolis (1927)/poster.jpg"


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def media(tmp_path):
    folder = tmp_path / "media"
    add_film(folder, "Nosferatu (1922)", poster="navy")
    add_film(folder, "Metropolis (1927)", poster="maroon")
    return folder


def numbered(data, media, number: int, *arguments: str):
    """A run as the server starts it, with its number."""
    return run_over(data, media, *arguments, POSTERIZARR_RUN=f"{number}-1@server")


def folders(data) -> list[str]:
    assets = data / "assets"
    return sorted(str(path.relative_to(assets)) for path in assets.rglob("*") if path.is_dir())


def change(media) -> None:
    """Give Metropolis another source picture."""
    two_colored(media / "Movies" / "Metropolis (1927)" / "poster.jpg", "olive", size=(500, 700))


def test_what_was_new_is_removed_with_its_folders_and_not_made_again_until_something_changes(data, media):
    configure(data)
    (data / "assets" / "Movies").mkdir(parents=True)
    numbered(data, media, 1)
    assert len(made(data)) == 2
    result = numbered(data, media, 2, "-Undo", "1")
    assert result.returncode == ExitCode.DONE, result.stdout
    assert (made(data), folders(data)) == ([], ["Movies"])
    report = read_outcome(data, "undo.json")
    assert [report[f"Images {word}"] for word in ("Restored", "Removed", "Left")] == [0, 2, 0]
    assert numbered(data, media, 3).returncode == ExitCode.DONE
    assert made(data) == []
    assert {step["reason"] for step in plan(data)[:-1]} == {"undone"}
    change(media)
    numbered(data, media, 4)
    assert made(data) == [METROPOLIS]


def test_a_replaced_picture_comes_back_byte_for_byte_and_undo_is_undone_any_number_of_times(data, media):
    configure(data)
    numbered(data, media, 1)
    first = contents(data)
    change(media)
    numbered(data, media, 2)
    second = contents(data)
    assert first != second
    states = [first, second, first, second]
    for undone, expected in zip((2, 3, 4, 5), states, strict=True):
        assert numbered(data, media, undone + 1, "-Undo", str(undone)).returncode == ExitCode.DONE
        assert contents(data) == expected
    numbered(data, media, 7)
    assert lines(data, "Added") == [] and contents(data) == second
    assert {step["reason"] for step in plan(data)[:-1]} == {"unchanged"}
    numbered(data, media, 8, "-Undo", "2")
    back = {step["path"]: step["content"] for step in plan(data)[:-1] if step["action"] == "restore"}
    assert back == {METROPOLIS: sha256(first[METROPOLIS]).hexdigest()}
    numbered(data, media, 9)
    assert contents(data) == first
    reasons = {step["title"]: step["reason"] for step in plan(data)[:-1]}
    assert reasons == {"Nosferatu": "unchanged", "Metropolis": "undone"}


def test_a_run_after_two_undos_makes_neither_picture_again(data, media):
    configure(data)
    numbered(data, media, 1)
    change(media)
    numbered(data, media, 2)
    numbered(data, media, 3, "-Undo", "2")
    numbered(data, media, 4, "-Undo", "1")
    assert contents(data) == {}
    numbered(data, media, 5)
    assert METROPOLIS not in contents(data)


def test_what_was_taken_back_is_made_again_when_it_is_asked_for_by_name(data, media):
    configure(data)
    numbered(data, media, 1)
    first = contents(data)
    numbered(data, media, 2, "-Undo", "1")
    numbered(data, media, 3, "-Take", json.dumps([NOSFERATU]))
    assert contents(data) == {NOSFERATU: first[NOSFERATU]}


def test_a_plan_of_an_undo_changes_nothing_and_names_every_step(data, media):
    configure(data)
    numbered(data, media, 1)
    before = contents(data)
    assert numbered(data, media, 2, "-Undo", "1", "-Plan").returncode == ExitCode.DONE
    *steps, totals = plan(data)
    assert {(step["path"], step["action"], step["reason"]) for step in steps} == {
        (NOSFERATU, "delete", "undoing"),
        (METROPOLIS, "delete", "undoing"),
    }
    assert totals["totals"] == {"delete": 2}
    assert {step["title"] for step in steps} == {"Nosferatu", "Metropolis"}
    assert contents(data) == before and (data / "Logs" / "normal.json").exists()
    with closing(sqlite3.connect(data / "engine" / "engine.db")) as database:
        assert database.execute("SELECT count(*) FROM runs").fetchone() == (1,)


def test_what_other_hands_changed_since_is_left_and_named(data, media):
    configure(data)
    numbered(data, media, 1)
    change(media)
    numbered(data, media, 2)
    after = contents(data)
    two_colored(data / "assets" / NOSFERATU, "lime")
    by_hand = contents(data)[NOSFERATU]
    result = numbered(data, media, 3, "-Undo", "1")
    assert result.returncode == ExitCode.DONE
    assert contents(data) == {**after, NOSFERATU: by_hand}
    left = lines(data, "Left")
    assert len(left) == 2 and all("changed since then" in line for line in left)
    assert any(
        METROPOLIS in line and "run 2 wrote it after this one: undo that run first" in line for line in left
    )
    assert read_outcome(data, "undo.json")["Images Left"] == 2


def test_some_assets_of_a_run_are_taken_back_and_the_rest_later(data, media):
    configure(data)
    numbered(data, media, 1)
    only = data / "only"
    only.write_text(f"{METROPOLIS}\nMovies/Unknown/poster.jpg\n", "utf-8")
    numbered(data, media, 2, "-Undo", "1", "-Only", f"@{only}")
    assert made(data) == [NOSFERATU]
    assert lines(data, "The run did not change") == ["The run did not change Movies/Unknown/poster.jpg"]
    numbered(data, media, 3, "-Undo", "1")
    assert (made(data), folders(data)) == ([], [])


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("-Undo", "99"), "The journal has no run 99"),
        (("-Undo", "1", "-Only", "[]"), "changed no artwork"),
        (("-Undo", "2"), "changed no artwork"),
    ],
)
def test_an_undo_of_nothing_says_so(data, media, arguments, words):
    configure(data)
    numbered(data, media, 1)
    numbered(data, media, 2)
    result = numbered(data, media, 3, *arguments)
    assert result.returncode in (ExitCode.BAD_ARGUMENTS, ExitCode.FAILED)
    assert words in result.stderr


def test_art_by_hand_that_was_taken_over_comes_back_and_is_by_hand_again(data, media):
    configure(data)
    target = data / "assets" / NOSFERATU
    target.parent.mkdir(parents=True)
    two_colored(target, "teal")
    by_hand = target.read_bytes()
    numbered(data, media, 1, "-Take", json.dumps([NOSFERATU]))
    assert target.read_bytes() != by_hand
    numbered(data, media, 2, "-Undo", "1")
    assert contents(data) == {NOSFERATU: by_hand}
    numbered(data, media, 3)
    assert contents(data)[NOSFERATU] == by_hand
    assert f"Left: {NOSFERATU} (artwork by hand: left alone)" in lines(data, "Left")


def test_bytes_that_the_store_lost_are_named_and_the_file_is_left(data, media):
    configure(data)
    numbered(data, media, 1)
    change(media)
    numbered(data, media, 2)
    second = contents(data)
    for kept in (data / "engine" / "store").rglob("*"):
        if kept.is_file():
            kept.unlink()
    result = numbered(data, media, 3, "-Undo", "2")
    assert result.returncode == ExitCode.FAILED
    assert "the store does not have its earlier bytes any more" in result.stdout
    assert contents(data) == second
