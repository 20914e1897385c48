"""The hardest titles of a library are on the sheet, and what will not fit is listed."""

import json

import pytest
from PIL import Image

from app.poster.kinds import Kind
from app.poster.preflight.hardest import EACH, MOST, Hardest, HardTitle
from tests.poster.pipeline.media import add_film, configure, run_over
from tests.poster.program import read_log, read_outcome


def make_title(title: str, second: str = "") -> HardTitle:
    return HardTitle(Kind.POSTER, title, second, "Movies", "", False)


def chosen(*titles: HardTitle) -> dict[str, str]:
    """Why each title is shown."""
    hardest = Hardest()
    hardest.add(titles)
    return {title.title: title.why for title in hardest.chosen()}


def test_titles_are_shown_for_what_makes_them_hard():
    hard = {
        "Film \U00010000": "a glyph that no font has",
        "ואלס עם באשיר": "right to left",
        "千と千尋の神隠し": "Chinese, Japanese or Korean",
        "How I Learned to Stop Worrying and Love the Bomb": "the longest title",
        "Donaudampfschifffahrtsgesellschaft": "the longest words",
    }
    others = [make_title(f"Short {number}") for number in range(50)]
    shown = chosen(*others[:25], *map(make_title, hard), *others[25:])
    assert {title: shown.get(title) for title in hard} == hard


def test_however_long_the_library_is_the_sheet_is_not_and_no_title_is_on_it_twice():
    titles = [make_title(f"{'Long ' * (number % 40)}{number % 500}") for number in range(2000)]
    shown = chosen(*titles)
    assert EACH <= len(shown) <= MOST


def test_a_run_draws_the_sheet_beside_changed_settings_and_lists_what_is_lost(tmp_path):
    data, media = tmp_path / "data", tmp_path / "media"
    for name in ("Alien (1979)", "Film \U00010000 (2005)"):
        add_film(media, name)
    configure(data)
    ended = run_over(data, media, "-Preflight", "-Changed", '{"PosterOverlayPart": {"AddBorder": "false"}}')
    assert ended.returncode == 0, ended.stderr
    told = json.loads((data / "engine" / "preflight" / "titles.json").read_text("utf-8"))
    assert told["titles"] == 2
    assert [row["settings"] for row in told["pictures"]] == ["now", "changed"] * 2
    assert {row["title"]: row["missing"] for row in told["pictures"]}["Film \U00010000"] == ["\U00010000"]
    with Image.open(data / "engine" / "preflight" / "sheet.jpg") as sheet:
        assert sheet.width == 1580
    assert "no font has U+10000" in read_log(data, "Preflightlog.log")
    assert read_outcome(data, "preflight.json")["Posters"] == 4
    assert not (data / "assets").exists()


@pytest.mark.parametrize("text", ["[", "[]", '{"PosterOverlayPart": 1}'])
def test_changes_that_are_no_sections_are_refused(tmp_path, text):
    data, media = tmp_path / "data", tmp_path / "media"
    add_film(media, "Alien (1979)")
    configure(data)
    ended = run_over(data, media, "-Preflight", "-Changed", text)
    assert ended.returncode == 2 and "JSON object of sections" in ended.stderr
