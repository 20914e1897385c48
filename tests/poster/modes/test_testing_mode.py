import re
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from app.poster.drawing.samples import SENTENCES
from tests.poster.program import make_picture, read_log, read_outcome, run_script, running_file, write_config

CASES = [f"{length}Text{case}" for length in ("Short", "Medium", "Long") for case in ("", "CAPS")]
POSTERS = [f"{prefix}{case}" for prefix in ("poster", "SeasonPoster", "showPoster") for case in CASES]
WIDE = [f"{prefix}{case}" for prefix in ("background", "TitleCard", "showBackground") for case in CASES]
TEXT_OFF = {
    "PosterOverlayPart": {"AddText": "false"},
    "SeasonPosterOverlayPart": {"AddText": "false"},
    "BackgroundOverlayPart": {"AddText": "false"},
    "TitleCardTitleTextPart": {"AddEPTitleText": "false"},
    "TitleCardEPTextPart": {"AddEPText": "false"},
}


@pytest.fixture(scope="module")
def tested(tmp_path_factory) -> Path:
    """A data folder after one run of testing mode with the defaults."""
    data = tmp_path_factory.mktemp("tested")
    make_picture(data / "test" / "old" / "left.png")
    (data / "test" / "posterOld.jpg").write_bytes(b"old")
    result = run_script(data, "-Testing")
    assert (result.returncode, result.stderr) == (0, "")
    return data


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def hashes_in(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_the_samples_are_written_and_nothing_older_is_left(tested):
    assert names_in(tested / "test") == {f"{name}.jpg" for name in POSTERS + WIDE}


def test_the_samples_have_the_size_of_their_kind_and_the_mark(tested):
    for names, size in ((POSTERS, (2000, 3000)), (WIDE, (3840, 2160))):
        for name in names:
            with Image.open(tested / "test" / f"{name}.jpg") as picture:
                assert (picture.format, picture.size) == ("JPEG", size)
                assert picture.info["comment"] == b"created with posterizarr"


def test_the_sentences_have_the_lengths_of_the_contract():
    assert [len(sentence) for sentence in SENTENCES.values()] == [10, 27, 66]


@pytest.mark.parametrize("name", ["posterShortText", "backgroundShortText"])
def test_the_border_and_the_scenery_can_be_seen_and_no_box_hides_them(tested, name):
    with Image.open(tested / "test" / f"{name}.jpg") as picture:
        assert sum(picture.getpixel((0, 0))) < 30
        width, height = picture.size
        strip = picture.crop((60, height * 7 // 10, width // 4, height * 9 // 10))
        assert len(strip.getcolors(2**24)) > 500, "a box of one colour would hide the scenery"


def test_one_of_each_series_is_drawn_first(tested):
    drawn = re.findall(
        r"\| Drawing \d+ of \d+: (\w+) (\w+)$", read_log(tested, "Testinglog.log"), re.MULTILINE
    )
    assert len({series for series, _ in drawn[:6]}) == 6
    assert {text for _, text in drawn[:6]} == {"MediumTextCAPS"}


def test_the_outcome_counts_by_kind(tested):
    facts = read_outcome(tested, "testing.json")
    counts = [
        facts[key] for key in ("Posters", "Seasons", "Backgrounds", "Titlecards", "Collections", "Errors")
    ]
    assert counts == [12, 6, 12, 6, 0, 0]
    assert (facts["Mode"], facts["Truncated"]) == ("testing", 0)
    assert facts["IM Version"].startswith("Pillow ")
    assert re.fullmatch(r"\d+\.\d+\.\d+.*", facts["Script Version"])


def test_the_log_tells_the_start_the_progress_and_the_summary(tested):
    text = read_log(tested, "Testinglog.log")
    progress = re.findall(r"\| Drawing (\d+) of (\d+): \w+ \w+$", text, re.MULTILINE)
    assert progress == [(str(number), "36") for number in range(1, 37)]
    assert "| Testing Mode Started..." in text
    assert "| Finished, Total images created: 36" in text
    assert re.search(r"\| Script execution time: 0h \d+m \d+s $", text, re.MULTILINE)
    assert "There is no config.json" in text


def test_the_running_file_is_gone_and_the_csv_has_its_header(tested):
    assert not running_file(tested).exists()
    assert read_log(tested, "ImageChoices.csv").startswith('"Title";"Type";')


def test_a_second_run_draws_the_same_bytes_and_rotates_the_first_log(tested):
    first = hashes_in(tested / "test")
    assert run_script(tested, "-testing").returncode == 0
    assert hashes_in(tested / "test") == first
    assert [path.name for path in tested.glob("RotatedLogs/Logs_*/Testinglog.log")] == ["Testinglog.log"]
    assert read_log(tested, "Testinglog.log").count("Testing Mode Started...") == 1


def test_with_the_texts_off_there_is_one_sample_of_each_series(tmp_path):
    write_config(tmp_path, **TEXT_OFF)
    assert run_script(tmp_path, "-Testing").returncode == 0
    series = ("Poster", "SeasonPoster", "Background", "TitleCard", "showPoster", "showBackground")
    assert names_in(tmp_path / "test") == {f"{name}Textless.jpg" for name in series}
    with Image.open(tmp_path / "test" / "PosterTextless.jpg") as picture:
        colors = picture.crop((60, 2080, 1940, 2560)).getcolors(2**24)
    assert max(colors)[1] == pytest.approx((0xF3, 0xAC, 0x7C), abs=6)


def test_text_that_does_not_fit_is_counted_and_listed(tmp_path):
    write_config(tmp_path, **TEXT_OFF | {"PosterOverlayPart": {"minPointSize": "299", "MaxWidth": "600"}})
    assert run_script(tmp_path, "-Testing").returncode == 0
    facts = read_outcome(tmp_path, "testing.json")
    names = [row["Title"] for row in facts["Truncated"]]
    assert "posterLongText.jpg" in names
    assert f"'{len(names)}' times the script truncated the text in images" in read_log(
        tmp_path, "Testinglog.log"
    )


def test_a_picture_that_fails_does_not_stop_the_others(tmp_path):
    broken = {"PrerequisitePart": {"seasonoverlayfile": "broken.png"}}
    write_config(tmp_path, **TEXT_OFF | broken)
    (tmp_path / "Overlayfiles").mkdir()
    (tmp_path / "Overlayfiles" / "broken.png").write_bytes(b"no picture")
    result = run_script(tmp_path, "-Testing")
    text = read_log(tmp_path, "Testinglog.log")
    assert result.returncode == 6
    assert len(names_in(tmp_path / "test")) == 5
    assert text.count("[ERROR-HERE]") == 1
    assert "During execution '1' Errors occurred" in text
    assert read_outcome(tmp_path, "testing.json")["Errors"] == 1


def test_settings_that_cannot_be_used_are_named_and_the_defaults_used(tmp_path):
    write_config(tmp_path, **TEXT_OFF | {"OverlayPart": {"outputQuality": "best"}})
    assert run_script(tmp_path, "-Testing").returncode == 0
    assert "OverlayPart.outputQuality: 'best' is no whole number" in read_log(tmp_path, "Testinglog.log")


def test_the_quietest_log_level_keeps_the_summary(tmp_path):
    write_config(tmp_path, **TEXT_OFF | {"PrerequisitePart": {"logLevel": "1"}})
    assert run_script(tmp_path, "-Testing").returncode == 0
    text = read_log(tmp_path, "Testinglog.log")
    assert "Finished, Total images created: 6" in text
    assert "Drawing" not in text


def test_a_link_in_the_test_folder_is_removed_without_what_it_points_to(tmp_path):
    kept = make_picture(tmp_path / "elsewhere" / "kept.png")
    write_config(tmp_path, **TEXT_OFF)
    (tmp_path / "test").mkdir()
    (tmp_path / "test" / "link").symlink_to(kept.parent)
    assert run_script(tmp_path, "-Testing").returncode == 0
    assert kept.exists()
    assert "link" not in names_in(tmp_path / "test")
