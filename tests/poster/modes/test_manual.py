import csv
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from app.poster.journal.journal import Journal
from app.poster.records.journal_entry import Hold
from app.poster.records.reasons import Owner
from tests.poster.gallery import gallery
from tests.poster.program import make_picture, read_log, read_outcome, run_script, running_file, write_config

FOLDER = "Dark (2017) {tvdb-334824}"


def make_arguments(picture, *switches, title="Dark", folder=FOLDER, library="TV Shows") -> list[str]:
    names = ["-Titletext", title, "-FolderName", folder, "-LibraryName", library]
    return ["-Manual", "-PicturePath", str(picture), *switches, *names]


KINDS = {
    "standard": ([], (2000, 3000), "poster.jpg", "Poster", "Dark"),
    "season": (
        ["-SeasonPoster", "-SeasonPosterName", "Season 1"],
        (2000, 3000),
        "Season01.jpg",
        "Season",
        "Dark | Season 1",
    ),
    "background": (["-BackgroundCard"], (3840, 2160), "background.jpg", "Background", "Dark"),
    "titlecard": (
        ["-TitleCard", "-EPTitleName", "Secrets", "-SeasonPosterName", "Season 1", "-EpisodeNumber", "2"],
        (3840, 2160),
        "S01E02.jpg",
        "Episode",
        "S01E02 | Secrets",
    ),
    "film": (["-MoviePosterCard"], (2000, 3000), "poster.jpg", "Movie", "Dark"),
    "show": (["-ShowPosterCard"], (2000, 3000), "poster.jpg", "Show", "Dark"),
}


def rows_of(data: Path) -> list[dict]:
    return list(csv.DictReader(read_log(data, "ImageChoices.csv").splitlines(), delimiter=";"))


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_drawn_and_put_in_its_place(tmp_path, kind):
    switches, size, name, row_type, row_title = KINDS[kind]
    picture = make_picture(tmp_path / "mine" / "a.png")
    result = run_script(tmp_path, *make_arguments(picture, *switches))
    assert (result.returncode, result.stderr) == (0, "")
    assert files_in(tmp_path / "assets") == [f"TV Shows/{FOLDER}/{name}"]
    with Image.open(tmp_path / "assets" / "TV Shows" / FOLDER / name) as drawn:
        assert (drawn.size, drawn.info["comment"]) == (size, b"created with posterizarr")
    row = rows_of(tmp_path)[0]
    assert (row["Type"], row["Title"], row["Manual"]) == (row_type, row_title, "true")
    assert (row["Rootfolder"], row["LibraryName"]) == (FOLDER, "TV Shows")
    assert row["Download Source"] == str(picture)
    assert not running_file(tmp_path).exists()


def test_the_asset_is_a_persons_own_and_undo_brings_back_what_it_replaced(tmp_path):
    picture = make_picture(tmp_path / "mine" / "a.png")
    asset = make_picture(tmp_path / "assets" / "TV Shows" / FOLDER / "poster.jpg")
    earlier = asset.read_bytes()
    assert run_script(tmp_path, *make_arguments(picture), POSTERIZARR_RUN="7-1").returncode == 0
    assert asset.read_bytes() != earlier
    path = f"TV Shows/{FOLDER}/poster.jpg"
    with closing(Journal(tmp_path / "engine")) as journal:
        known = journal.records([path])[path]
    assert (known.owner, known.hold) == (Owner.HAND, Hold.HELD)
    assert [one.name for one in (tmp_path / "temp").iterdir()] == [".posterizarr.lock"]
    assert run_script(tmp_path, "-Undo", "7").returncode == 0
    assert asset.read_bytes() == earlier


def test_the_asset_may_lie_elsewhere_below_the_asset_folder(tmp_path):
    arguments = make_arguments(make_picture(tmp_path / "mine" / "a.png"))
    assert run_script(tmp_path, *arguments, "-Target", "TV/Anime/Dark/poster.jpg").returncode == 0
    assert files_in(tmp_path / "assets") == ["TV/Anime/Dark/poster.jpg"]
    for path in ("../x.jpg", "/manual_poster_assets/x.jpg", "TV/x.png"):
        result = run_script(tmp_path, *arguments, "-Target", path)
        assert result.returncode == 2 and "no path below the asset folder" in result.stderr


def test_a_place_that_cannot_be_written_is_an_error_and_leaves_nothing(tmp_path):
    (tmp_path / "assets" / "TV Shows" / FOLDER / "poster.jpg").mkdir(parents=True)
    result = run_script(tmp_path, *make_arguments(make_picture(tmp_path / "mine" / "a.png")))
    assert result.returncode == 1 and "not saved, it is no file" in read_log(tmp_path, "Manuallog.log")
    assert rows_of(tmp_path)[0]["Manual"] == "false"


def test_a_collection_has_its_own_folder(tmp_path):
    picture = make_picture(tmp_path / "mine" / "a.png")
    arguments = make_arguments(picture, "-CollectionCard", folder="Alien: All", library="Movies")
    assert run_script(tmp_path, *arguments).returncode == 0
    assert files_in(tmp_path / "assets") == ["Collections/Movies/Alien_ All/poster.jpg"]
    facts = read_outcome(tmp_path, "manual.json")
    assert (facts["Posters"], facts["Collections"]) == (1, 1)


def test_the_flat_layout_puts_all_into_one_folder(tmp_path):
    write_config(tmp_path, PrerequisitePart={"LibraryFolders": "false"})
    picture = make_picture(tmp_path / "mine" / "a.png")
    run_script(tmp_path, *make_arguments(picture))
    run_script(tmp_path, *make_arguments(picture, "-SeasonPoster", "-SeasonPosterName", "Specials"))
    assert files_in(tmp_path / "assets") == [f"{FOLDER}.jpg", f"{FOLDER}_Season00.jpg"]


def test_the_outcome_counts_the_total_as_posters(tmp_path):
    picture = make_picture(tmp_path / "mine" / "a.png")
    run_script(tmp_path, *make_arguments(picture, "-SeasonPoster", "-SeasonPosterName", "Season 1"))
    facts = read_outcome(tmp_path, "manual.json")
    assert (facts["Posters"], facts["Seasons"], facts["Mode"], facts["Errors"]) == (1, 1, "manual", 0)
    text = read_log(tmp_path, "Manuallog.log")
    assert "| Manual Mode Started..." in text
    assert "| Drawing 1 of 1: season Dark | Season 1" in text


def test_own_words_before_the_bar_are_drawn_on_a_season(tmp_path):
    picture = make_picture(tmp_path / "mine" / "a.png")
    drawn = []
    for name in ("Season 1", "The Beginning | Season 1", "Season 1 | Season 1", " | Season 1"):
        run_script(tmp_path, *make_arguments(picture, "-SeasonPoster", "-SeasonPosterName", name))
        drawn.append((tmp_path / "assets" / "TV Shows" / FOLDER / "Season01.jpg").read_bytes())
    assert drawn[0] == drawn[2]
    assert len(set(drawn)) == 3


def test_a_blank_title_draws_no_text(tmp_path):
    picture = make_picture(tmp_path / "mine" / "a.png")
    write_config(tmp_path, PosterOverlayPart={"AddOverlay": "false", "AddBorder": "false"})
    assert run_script(tmp_path, *make_arguments(picture, title=" ")).returncode == 0
    with Image.open(tmp_path / "assets" / "TV Shows" / FOLDER / "poster.jpg") as drawn:
        assert len(drawn.getcolors(2**24)) == 1
    assert rows_of(tmp_path)[0]["Title"] == FOLDER


@pytest.mark.parametrize("folder", ["uploads", "temp"])
def test_a_picture_that_was_left_for_the_script_is_moved_away(tmp_path, folder):
    picture = make_picture(tmp_path / folder / "a.png")
    assert run_script(tmp_path, *make_arguments(f"{folder}/a.png")).returncode == 0
    assert not picture.exists()


@pytest.mark.parametrize("folder", ["manualassets", "photos", "test"])
def test_a_picture_of_the_user_stays(tmp_path, folder):
    picture = make_picture(tmp_path / folder / "a.png")
    assert run_script(tmp_path, *make_arguments(picture)).returncode == 0
    assert picture.exists()


def test_a_picture_that_cannot_be_drawn_stays_and_is_listed_as_missing(tmp_path):
    upload = tmp_path / "uploads" / "a.png"
    upload.parent.mkdir()
    upload.write_bytes(b"<html>no picture</html>")
    result = run_script(tmp_path, *make_arguments(upload))
    assert result.returncode == 1
    assert upload.exists()
    assert not (tmp_path / "assets").exists()
    row = rows_of(tmp_path)[0]
    assert (row["Download Source"], row["Language"], row["Manual"]) == ("false", "false", "false")
    assert read_outcome(tmp_path, "manual.json")["Errors"] == 1
    assert "[ERROR-HERE]" in read_log(tmp_path, "Manuallog.log")


def test_a_failed_picture_leaves_the_asset_as_it_was(tmp_path):
    picture = make_picture(tmp_path / "mine" / "a.png")
    run_script(tmp_path, *make_arguments(picture))
    before = (tmp_path / "assets" / "TV Shows" / FOLDER / "poster.jpg").read_bytes()
    assert run_script(tmp_path, *make_arguments(tmp_path / "missing.png")).returncode == 1
    assert (tmp_path / "assets" / "TV Shows" / FOLDER / "poster.jpg").read_bytes() == before


def test_a_picture_is_fetched_from_the_web_and_its_secrets_are_not_told(tmp_path):
    with gallery() as address:
        result = run_script(tmp_path, *make_arguments(f"{address}/picture?X-Plex-Token=secret"))
        assert result.returncode == 0
        assert rows_of(tmp_path)[0]["Download Source"] == f"{address}/picture"
        assert run_script(tmp_path, *make_arguments(f"{address}/page?X-Plex-Token=secret")).returncode == 1
    assert not any("secret" in path.read_text("utf-8") for path in tmp_path.rglob("*.[lcj][osv][gvo]*"))


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["-Manual"], "needs -PicturePath"),
        (make_arguments(" "), "needs -PicturePath"),
        (make_arguments("a.png", folder=""), "needs -FolderName"),
        (make_arguments("a.png", library=" "), "needs -LibraryName"),
        (make_arguments("a.png", "-SeasonPoster"), "needs -SeasonPosterName"),
        (make_arguments("a.png", "-TitleCard", "-SeasonPosterName", "1"), "needs -EpisodeNumber"),
        (make_arguments("a.png", "-SeasonPoster", "-SeasonPosterName", "One"), "holds no season number"),
        (make_arguments("a.png", "-SeasonPoster", "-CollectionCard"), "exclude each other"),
        (make_arguments("a.png", folder=".."), "cannot be the name of a folder"),
    ],
)
def test_what_is_missing_or_wrong_is_told_instead_of_asked_for(tmp_path, arguments, reason):
    result = run_script(tmp_path, *arguments)
    assert result.returncode == 2
    assert reason in result.stderr
    assert len(result.stderr.splitlines()) == 1
    text = read_log(tmp_path, "Manuallog.log")
    assert reason in text
    assert "Exiting Posterizarr run..." in text
    assert not (tmp_path / "Logs" / "manual.json").exists()
    assert not running_file(tmp_path).exists()


def test_names_that_point_elsewhere_stay_in_the_asset_folder(tmp_path):
    picture = make_picture(tmp_path / "mine" / "a.png")
    run_script(tmp_path, *make_arguments(picture, folder="../../escape", library="../up"))
    assert files_in(tmp_path / "assets") == [".._up/.._.._escape/poster.jpg"]
    assert not (tmp_path / "escape").exists()


def test_text_that_does_not_fit_is_saved_and_told(tmp_path):
    write_config(tmp_path, PosterOverlayPart={"minPointSize": "300", "MaxWidth": "300"})
    picture = make_picture(tmp_path / "mine" / "a.png")
    long_title = "A title of many words that never fits into its box"
    assert run_script(tmp_path, *make_arguments(picture, title=long_title)).returncode == 0
    assert rows_of(tmp_path)[0]["TextTruncated"] == "true"
    assert read_outcome(tmp_path, "manual.json")["Truncated"]["Title"] == long_title


def test_a_title_with_quotes_and_shell_signs_is_only_text(tmp_path):
    picture = make_picture(tmp_path / "mine" / "a.png")
    title = '"Up" $(touch pwned) `touch pwned`; \N{VULGAR FRACTION ONE HALF}'
    assert run_script(tmp_path, *make_arguments(picture, title=title)).returncode == 0
    assert not (tmp_path / "pwned").exists()
    assert rows_of(tmp_path)[0]["Title"] == title


def test_characters_that_no_font_has_are_reported_and_an_image_without_its_title_is_not_saved(tmp_path):
    picture = make_picture(tmp_path / "mine" / "a.png")
    assert run_script(tmp_path, *make_arguments(picture, title="Dark \U0010fffd")).returncode == 0
    assert read_outcome(tmp_path, "manual.json")["Missing Characters"]["Characters"] == "\U0010fffd"
    assert rows_of(tmp_path)[-1]["TextTruncated"] == "true"
    assert "U+10FFFD is in none of the fonts" in read_log(tmp_path, "Manuallog.log")
    (tmp_path / "assets" / "TV Shows" / FOLDER / "poster.jpg").unlink()
    assert run_script(tmp_path, *make_arguments(picture, title="\U0010fffd")).returncode != 0
    assert files_in(tmp_path / "assets") == []
    assert "not saved, its text cannot be drawn: no font has" in read_log(tmp_path, "Manuallog.log")
