"""Runs of the script that clean up: what is deleted, asked, left, and said."""

import shutil

import pytest

from app.poster.script.exits import ExitCode
from tests.poster.cleaning.yard import draw
from tests.poster.pipeline.media import add_film, add_show, configure, lines, made, plan, run_over
from tests.poster.program import read_outcome

OLD = [f"Movies/Old {number} (1900)/poster.jpg" for number in range(3)]


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def media(tmp_path):
    folder = tmp_path / "media"
    for number in range(3):
        add_film(folder, f"Film {number} (2000)")
    return folder


def cleared(data, report="normal.json"):
    facts = read_outcome(data, report)
    names = ("Images cleared", "Folders Cleared", "Images To Clear")
    return tuple(facts[name] for name in names)


def deletions(data):
    return [(line["path"], line["reason"]) for line in plan(data)[:-1] if line["action"] == "delete"]


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_a_clean_up_of_more_than_a_tenth_asks_first_and_deletes_when_it_is_allowed(data, media):
    for name in OLD:
        draw(data / "assets" / name)
    draw(data / "assets" / "Movies" / "By hand (1900)" / "poster.jpg", mark="")
    configure(data, AssetCleanup="true")
    assert run_over(data, media).returncode == ExitCode.DONE
    assert set(OLD) < set(made(data)) and cleared(data) == (0, 0, 3)
    assert deletions(data) == [(name, "not_allowed_yet") for name in OLD]
    assert lines(data, "No listed library wants 3 of 6 pictures")[0].endswith("-Clean to delete them")
    run_over(data, media, "-Plan", "-Clean")
    assert deletions(data) == [(name, "library_gone") for name in OLD] and set(OLD) < set(made(data))
    assert run_over(data, media, "-Clean").returncode == ExitCode.DONE
    assert len(made(data)) == 4 and cleared(data) == (3, 3, 0)
    assert deletions(data) == [(name, "library_gone") for name in OLD]
    assert lines(data, "Images cleared") and not (data / "assets" / "Movies" / "Old 0 (1900)").exists()
    run_over(data, media)
    assert cleared(data) == (0, 0, 0)


@pytest.mark.slow
@pytest.mark.timeout(120)
def test_a_tenth_is_cleared_at_once_and_only_by_setting_and_never_by_a_trigger(data, media):
    episodes = {f"S01E{one:02}": f"Episode {one}" for one in range(1, 16)}
    show = add_show(media, "Dark (2017)", episodes)
    configure(data, TitleCards="true")
    run_over(data, media)
    shutil.rmtree(media / "Movies" / "Film 2 (2000)")
    (show / "Season 01" / "Dark (2017) - S01E15 - Episode 15.mkv").unlink()
    gone = {"Movies/Film 2 (2000)/poster.jpg", "TV/Dark (2017)/S01E15.jpg"}
    before = set(made(data))
    assert run_over(data, media).returncode == ExitCode.DONE and set(made(data)) == before
    configure(data, TitleCards="true", AssetCleanup="true")
    film = ("-arr_movie_title", "Film 1", "-arr_movie_year", "2000")
    run_over(data, media, "-ArrTrigger", "-arr_platform", "Radarr", *film)
    assert set(made(data)) == before
    run_over(data, media, "-UISchedule")
    assert before - set(made(data)) == gone and cleared(data, "scheduled.json") == (2, 1, 0)
