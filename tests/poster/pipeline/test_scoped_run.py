"""A full run over some pictures alone, and one without those that a person left out."""

import pytest

from app.poster.script.exits import ExitCode
from tests.poster.pipeline.media import add_film, configure, made, plan, run_over, two_colored

ALIEN, BRAZIL = "Movies/Alien (1979)/poster.jpg", "Movies/Brazil (1985)/poster.jpg"


@pytest.fixture
def data(tmp_path):
    configure(tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def media(tmp_path):
    for name in ("Alien (1979)", "Brazil (1985)"):
        add_film(tmp_path / "media", name, poster="navy")
    return tmp_path / "media"


def reasons(data):
    return {line["path"]: (line["action"], line["reason"]) for line in plan(data)[:-1]}


def test_what_is_left_out_stays_as_it_is_and_is_made_by_the_next_run(data, media):
    result = run_over(data, media, "-Except", f'["{BRAZIL}"]')
    assert result.returncode == ExitCode.DONE, result.stdout
    assert made(data) == [ALIEN]
    assert reasons(data) == {ALIEN: ("create", "new"), BRAZIL: ("skip", "excepted")}
    before = (data / "assets" / ALIEN).read_bytes()
    two_colored(media / "Movies/Alien (1979)/poster.jpg", "red")
    assert run_over(data, media, "-Except", f'["{ALIEN}"]').returncode == ExitCode.DONE
    assert (data / "assets" / ALIEN).read_bytes() == before
    assert made(data) == [ALIEN, BRAZIL]
    run_over(data, media)
    assert reasons(data)[ALIEN] == ("replace", "source_changed")


def test_a_plan_leaves_out_the_same(data, media):
    run_over(data, media, "-Plan", "-Except", f'["{BRAZIL}"]')
    assert reasons(data)[BRAZIL] == ("skip", "excepted") and made(data) == []


def test_a_deletion_can_be_left_out(data, media):
    configure(data, AssetCleanup="true")
    run_over(data, media)
    (media / "Movies/Brazil (1985)").rename(media.parent / "Brazil")
    run_over(data, media, "-Clean", "-Except", f'["{BRAZIL}"]')
    assert made(data) == [ALIEN, BRAZIL]
    run_over(data, media, "-Clean", "-Only", f'["{ALIEN}"]')
    assert made(data) == [ALIEN, BRAZIL]
    run_over(data, media, "-Clean")
    assert made(data) == [ALIEN]


def test_a_run_over_some_pictures_plans_nothing_else(data, media):
    result = run_over(data, media, "-Only", f'["{BRAZIL}", "gone/poster.jpg"]')
    assert result.returncode == ExitCode.DONE, result.stdout
    assert made(data) == [BRAZIL] and set(reasons(data)) == {BRAZIL}
    assert "Working 1 of 1" in result.stdout or (data / "Logs/Scriptlog.log").read_text().count("1 of 1")


def test_a_run_over_pictures_that_no_library_has_says_so(data, media):
    result = run_over(data, media, "-Only", '["gone/poster.jpg"]')
    assert result.returncode == ExitCode.FAILED and "No library has any of the pictures" in result.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["-Backup", "-Except", "[]"],
        ["-Plan", "-Backup", "-Except", "[]"],
        ["-Plan", "-Undo", "1", "-Except", "[]"],
        ["-Testing", "-Only", "[]"],
        ["-Plan", "-PosterReset", "-LibraryToReset", "x", "-Only", "[]"],
    ],
)
def test_a_list_that_a_mode_would_pass_over_is_refused(data, media, words):
    result = run_over(data, media, *words)
    assert (
        result.returncode == ExitCode.BAD_ARGUMENTS
        and "belongs to a full run" in result.stdout + result.stderr
    )


def test_a_run_over_the_first_titles_leaves_the_rest_and_cleans_nothing_up(data, media):
    add_film(media, "Dune (2021)", poster="navy")
    configure(data, AssetCleanup="true")
    run_over(data, media)
    (media / "Movies/Dune (2021)").rename(media.parent / "Dune")
    for path in (data / "assets/Movies").glob("[AB]*/*.jpg"):
        path.unlink()
    result = run_over(data, media, "-First", "1")
    assert result.returncode == ExitCode.DONE, result.stdout
    assert made(data) == [ALIEN, "Movies/Dune (2021)/poster.jpg"]
    assert set(reasons(data)) == {ALIEN}
    assert not (data / "Logs/PlexLibexport.csv").exists() or "Brazil" in result.stdout


@pytest.mark.parametrize("words", [["-First", "0"], ["-First", "many"], ["-Backup", "-First", "2"]])
def test_a_number_of_titles_that_is_none_or_misplaced_is_refused(data, media, words):
    assert run_over(data, media, *words).returncode == ExitCode.BAD_ARGUMENTS


def test_a_folder_that_is_left_out_is_no_library(data, media):
    (media / "Trailers" / "One (2001)").mkdir(parents=True)
    (media / "Trailers" / "One (2001)" / "One.mkv").touch()
    (data / "engine.json").write_text('{"MediaExclude": "trailers / Other"}')
    run_over(data, media)
    assert made(data) == [ALIEN, BRAZIL]
