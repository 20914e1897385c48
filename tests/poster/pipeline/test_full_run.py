"""A whole library gets its pictures, and the next run only what changed."""

import json
import shutil
from io import BytesIO

import pytest
from PIL import Image

from app.poster.script.exits import ExitCode
from tests.poster.pipeline.journals import failures
from tests.poster.pipeline.media import (
    add_film,
    add_show,
    choices,
    configure,
    contents,
    lines,
    made,
    plan,
    run_over,
    two_colored,
)
from tests.poster.program import read_log, read_outcome

EVERYTHING = {"BackgroundPosters": "true", "TitleCards": "true"}


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def media(tmp_path):
    folder = tmp_path / "media"
    add_film(folder, "Nosferatu (1922)", poster="navy")
    return folder


def pixel(content: bytes, place: tuple[int, int]) -> tuple[int, ...]:
    return Image.open(BytesIO(content)).getpixel(place)


def test_a_library_gets_posters_backgrounds_seasons_and_title_cards(data, media):
    add_show(media, "Dark (2017)", {"S01E01": "Secrets", "S00E01": "Making of"})
    configure(data, **EVERYTHING)
    result = run_over(data, media)
    assert result.returncode == ExitCode.DONE, result.stdout
    assert made(data) == [
        "Movies/Nosferatu (1922)/background.jpg",
        "Movies/Nosferatu (1922)/poster.jpg",
        "TV/Dark (2017)/S00E01.jpg",
        "TV/Dark (2017)/S01E01.jpg",
        "TV/Dark (2017)/Season00.jpg",
        "TV/Dark (2017)/Season01.jpg",
        "TV/Dark (2017)/background.jpg",
        "TV/Dark (2017)/poster.jpg",
    ]
    sizes = {
        Image.open(BytesIO(content)).size for name, content in contents(data).items() if "poster" in name
    }
    assert sizes == {(2000, 3000)}
    report = read_outcome(data, "normal.json")
    counts = [report[key] for key in ("Posters", "Backgrounds", "Titlecards", "Seasons", "Errors")]
    assert counts == [2, 2, 2, 2, 0]
    assert len(choices(data)) == 8
    assert lines(data, "Working")[-1] == "Working 8 of 8"


def test_art_beside_the_media_is_used_before_words_alone(data, media):
    configure(data)
    run_over(data, media)
    (row,) = choices(data)
    assert row["Download Source"].endswith("Nosferatu (1922)/poster.jpg")
    red, green, blue = pixel(contents(data)["Movies/Nosferatu (1922)/poster.jpg"], (1000, 1400))
    assert blue > red and blue > green


def test_an_image_without_its_title_is_a_failure_and_missing_characters_are_reported(data, media):
    for name in ("\U0010fffd (2001)", "Dune \U0010fffd (2021)"):
        add_film(media, name, poster="teal")
    configure(data)
    run_over(data, media)
    assert made(data) == ["Movies/Dune \U0010fffd (2021)/poster.jpg", "Movies/Nosferatu (1922)/poster.jpg"]
    report = read_outcome(data, "normal.json")
    assert (report["Errors"], report["Missing Characters"]["Characters"]) == (1, "\U0010fffd")
    assert [row["TextTruncated"] for row in choices(data) if row["Title"].startswith("Dune")] == ["true"]
    assert "no font has" in read_log(data, "Scriptlog.log")


def test_the_flat_layout_has_one_folder(data, media):
    configure(data, LibraryFolders="false", BackgroundPosters="true")
    run_over(data, media)
    assert made(data) == ["Nosferatu (1922).jpg", "Nosferatu (1922)_background.jpg"]


def test_a_second_run_writes_nothing_and_a_changed_input_redraws_what_shows_it(data, media):
    add_film(media, "Metropolis (1927)", poster="maroon")
    configure(data)
    run_over(data, media)
    first = contents(data)
    run_over(data, media)
    assert lines(data, "Added") == [] and contents(data) == first
    two_colored(media / "Movies" / "Metropolis (1927)" / "poster.jpg", "olive", size=(500, 700))
    run_over(data, media)
    second = contents(data)
    changed = [name for name in first if first[name] != second[name]]
    assert changed == ["Movies/Metropolis (1927)/poster.jpg"]
    (line,) = lines(data, "Added")
    assert "another source picture was chosen" in line


def test_art_by_hand_is_left_alone_in_every_run(data, media):
    configure(data)
    target = data / "assets" / "Movies" / "Nosferatu (1922)" / "poster.jpg"
    target.parent.mkdir(parents=True)
    two_colored(target, "teal")
    by_hand = target.read_bytes()
    for _ in range(2):
        assert run_over(data, media).returncode == ExitCode.DONE
        assert target.read_bytes() == by_hand
    assert lines(data, "Left") == ["Left: Movies/Nosferatu (1922)/poster.jpg (artwork by hand: left alone)"]


def test_a_manual_file_comes_before_all_others(data, media):
    configure(data)
    manual = data / "manual" / "Movies" / "Nosferatu (1922)"
    manual.mkdir(parents=True)
    two_colored(manual / "poster.png", "lime")
    run_over(data, media, MANUAL_ASSET_PATH=str(data / "manual"))
    (row,) = choices(data)
    assert row["Manual"] == "true" and row["Download Source"].endswith("poster.png")


def test_a_broken_picture_gives_way_to_the_next_one(data, media):
    configure(data)
    (media / "Movies" / "Nosferatu (1922)" / "poster.jpg").write_bytes(b"<html>no picture</html>")
    assert run_over(data, media).returncode == ExitCode.DONE
    (row,) = choices(data)
    assert row["Download Source"] == "typographic"


def test_without_words_and_pictures_the_asset_is_missing_and_the_others_are_made(data, media):
    add_film(media, "Metropolis (1927)")
    configure(data)
    result = run_over(data, media, GENERATE_MISSING="off")
    assert result.returncode == ExitCode.SOME_PICTURES_FAILED
    assert made(data) == ["Movies/Nosferatu (1922)/poster.jpg"]
    missing = next(row for row in choices(data) if row["Title"] == "Metropolis")
    assert (missing["Language"], missing["Fallback"], missing["Download Source"]) == ("false",) * 3
    assert read_outcome(data, "normal.json")["Errors"] == 1


def test_a_plan_changes_nothing_and_says_what_a_run_would_do(data, media):
    add_film(media, "Metropolis (1927)", poster="maroon")
    configure(data)
    run_over(data, media)
    before = contents(data)
    logs = sorted(path.name for path in (data / "Logs").iterdir())
    add_film(media, "The General (1926)")
    two_colored(media / "Movies" / "Metropolis (1927)" / "poster.jpg", "olive", size=(500, 700))
    assert run_over(data, media, "-Plan").returncode == ExitCode.DONE
    *steps, totals = plan(data)
    assert {step["title"]: (step["action"], step["reason"]) for step in steps} == {
        "Metropolis": ("replace", "source_changed"),
        "Nosferatu": ("skip", "unchanged"),
        "The General": ("create", "new"),
    }
    assert totals["totals"] == {"replace": 1, "skip": 1, "create": 1}
    assert contents(data) == before
    assert sorted(path.name for path in (data / "Logs").iterdir()) == sorted(
        (*logs, "Planlog.log", "plan.json")
    )
    run_over(data, media)
    done = {step["title"]: step["reason"] for step in plan(data)[:-1]}
    assert done == {step["title"]: step["reason"] for step in steps}


def test_a_run_is_named_by_the_server_in_its_plan(data, media):
    configure(data)
    run_over(data, media, POSTERIZARR_RUN="12-1@/somewhere")
    assert [path.name for path in (data / "engine" / "plans").iterdir()] == ["12-1.jsonl"]


def test_two_editions_in_one_folder_have_one_owner(data, media):
    folder = media / "Movies" / "Nosferatu (1922)"
    (folder / "Nosferatu (1922) {edition-Restored}.mkv").touch()
    configure(data)
    for _ in range(2):
        run_over(data, media)
        assert made(data) == ["Movies/Nosferatu (1922)/poster.jpg"]
    assert lines(data, "Added") == []


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        (lambda media: media / "missing", "MEDIA_PATH"),
        (lambda media: "", "MEDIA_PATH"),
        (
            lambda media: (media / "Movies" / "Nosferatu (1922)" / "Nosferatu (1922).mkv").unlink() or media,
            "films",
        ),
    ],
)
def test_what_cannot_be_listed_ends_the_run_with_what_to_set(data, media, prepare, words):
    configure(data)
    result = run_over(data, prepare(media))
    assert result.returncode in (ExitCode.BAD_CONFIGURATION, ExitCode.FAILED)
    assert words in result.stderr and len(result.stderr.splitlines()) == 1
    assert not (data / "Logs" / "normal.json").exists()


def test_a_disk_without_room_for_pictures_ends_the_run(data, media):
    configure(data)
    (data / "assets").mkdir(parents=True)
    (data / "assets" / "Movies").write_text("a file where a folder belongs")
    result = run_over(data, media)
    assert result.returncode == ExitCode.FAILED
    assert "Movies/Nosferatu (1922)/poster.jpg" in result.stdout


def test_an_interrupted_run_is_finished_by_the_next_one(data, media):
    configure(data)
    run_over(data, media)
    (data / "assets" / "Movies" / "Nosferatu (1922)" / "poster.jpg").unlink()
    run_over(data, media)
    (line,) = lines(data, "Added")
    assert "the file was made before and is gone" in line


def test_placeholder_titles_are_counted_and_left_out(data, media):
    add_show(media, "Dark (2017)", {"S01E01": "TBA", "S01E02": "Secrets"})
    configure(data, TitleCards="true", SkipTBA="true", Posters="false", SeasonPosters="false")
    run_over(data, media)
    assert made(data) == ["TV/Dark (2017)/S01E02.jpg"]
    assert read_outcome(data, "normal.json")["TBA Skipped"] == 1


def test_the_scheduled_run_is_a_full_run_with_its_own_report(data, media):
    configure(data)
    run_over(data, media, "-ContainerSchedule")
    assert json.loads((data / "Logs" / "scheduled.json").read_text("utf-8"))["Posters"] == 1


@pytest.mark.parametrize(("follow", "is_made"), [("false", False), ("true", True)])
def test_a_link_out_of_the_asset_folder_is_followed_only_by_setting(data, media, follow, is_made):
    configure(data, FollowSymlink=follow)
    outside = data.parent / "outside"
    outside.mkdir()
    (data / "assets").mkdir(parents=True)
    (data / "assets" / "Movies").symlink_to(outside)
    result = run_over(data, media)
    assert any(outside.rglob("*.jpg")) is is_made
    assert ("FollowSymlink" in result.stdout) is not is_made


def test_what_could_not_be_made_is_kept_until_a_run_can(data, media):
    configure(data, FollowSymlink="false")
    outside = data.parent / "outside"
    outside.mkdir()
    (data / "assets").mkdir(parents=True)
    (data / "assets" / "Movies").symlink_to(outside)
    run_over(data, media, "-Plan")
    assert failures(data) == {}
    run_over(data, media)
    path, why = next(iter(failures(data).items()))
    assert path == "Movies/Nosferatu (1922)/poster.jpg" and "link" in why
    assert [row["Title"] for row in choices(data)] == ["Nosferatu"]
    add_film(media, "Metropolis (1927)", poster="teal")
    run_over(data, media)
    assert len(failures(data)) == 2
    shutil.rmtree(media / "Movies" / "Metropolis (1927)")
    run_over(data, media)
    assert list(failures(data)) == [path]
    run_over(data, media, "-Except", json.dumps([path]))
    assert list(failures(data)) == [path]
    configure(data, FollowSymlink="true")
    run_over(data, media)
    assert failures(data) == {}
