"""The sheet has its tiles in rows, and titles.json and the log say what of a text is lost."""

import io
import json
from collections import Counter
from types import SimpleNamespace

import pytest
from PIL import Image, ImageFont

from app.poster.drawing.design import Drawing, DrawnText
from app.poster.kinds import Kind
from app.poster.preflight.hardest import HardTitle, longest_word, titles_of
from app.poster.preflight.preflight import (
    NamedStyles,
    caption,
    changed_settings,
    document,
    loss_words,
    report_misfits,
    row_of,
)
from app.poster.preflight.sheet import CAPTION, FONT, GAP, HEIGHT, WIDTH, SheetTile, contact_sheet, fitted
from app.poster.preflight.sheet import places as places_of
from app.poster.records.library import Season
from app.poster.script.exits import ExitCode, HandledExit
from app.poster.settings import Settings
from tests.poster.items import episode, film, season, show
from tests.poster.pictures import make_bytes, make_picture

POSTER = make_bytes(make_picture((20, 30)))
WIDE = make_bytes(make_picture((32, 18)))
ALL = frozenset((Kind.POSTER, Kind.SEASON, Kind.BACKGROUND, Kind.TITLE_CARD))


def tile(jpeg: bytes = POSTER, loss: str = "") -> SheetTile:
    return SheetTile(jpeg, "the longest title", loss)


def tops_of(*tiles: SheetTile) -> tuple[list[int], int]:
    placed, height = places_of(list(tiles))
    assert all(left + picture.width + GAP <= WIDTH for _, picture, (left, _) in placed)
    return [row for _, _, (_, row) in placed], height


def test_a_row_ends_where_it_is_full_and_before_pictures_of_another_shape():
    first, second = GAP + 56, GAP + 56 + HEIGHT + CAPTION + GAP
    assert tops_of(*[tile()] * 7) == ([first] * 6 + [second], second + HEIGHT + CAPTION + GAP)
    assert tops_of(tile(), tile(WIDE))[0] == [first, second]
    assert tops_of(tile(WIDE), tile(WIDE), tile(WIDE))[0] == [first, first, second]


def framed_color(loss: str) -> tuple[int, int, int]:
    sheet = Image.open(io.BytesIO(contact_sheet([tile(loss=loss)], "1 of 1 titles")))
    assert (sheet.format, sheet.size) == ("JPEG", (WIDTH, 2 * GAP + 56 + HEIGHT + CAPTION))
    return sheet.getpixel((GAP - 2, GAP + 56 + HEIGHT // 2))


def test_a_picture_that_loses_text_is_framed():
    red, green, _ = framed_color("does not fit")
    assert red > 180 > 140 > green
    assert max(framed_color("")) < 60


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("fits", 500, "fits"),
        ("", 0, ""),
        ("w" * 500, 0, "…"),
        ("does not fit, no font has U+1F600", 60, None),
    ],
)
def test_a_caption_is_never_wider_than_its_picture(text, width, shown):
    font = ImageFont.truetype(FONT, 20)
    found = fitted(text, font, width)
    assert found == shown or (shown is None and found.endswith("…") and font.getlength(found) <= width)


@pytest.mark.parametrize(
    ("title", "length"),
    [
        ("Alien", 5),
        ("", 0),
        ("Spider-Man – Far From Home", 6),
        ("Face/Off", 4),
        ("Donaudampf\tschiff", 10),
    ],
)
def test_words_end_where_a_line_may_break(title, length):
    assert longest_word(title) == length


def test_every_picture_of_the_kinds_that_are_made_has_its_titles():
    two = episode(1, 1, 2, title="Secrets")
    found = list(titles_of(show(seasons=(season(1, two), season(0))), ALL))
    assert [(one.kind, one.title, one.second) for one in found] == [
        (Kind.POSTER, "Dark", ""),
        (Kind.BACKGROUND, "Dark", ""),
        (Kind.SEASON, "Season 1", "Dark"),
        (Kind.TITLE_CARD, "Secrets", "S01E01-02"),
        (Kind.SEASON, "Season 0", "Dark"),
    ]
    assert all(one.of_show and one.language == "en" for one in found)
    assert not any(one.of_show for one in titles_of(film(), ALL))
    posters = frozenset((Kind.POSTER,))
    assert len(list(titles_of(show(seasons=(Season("1", 1, "One", episodes=(two,)),)), posters))) == 1


def row(truncated: bool = False, missing: tuple[str, ...] = (), title: str = "Alien", why: str = "two texts"):
    drawn = DrawnText(80, ("ALIEN",), truncated, missing)
    hard = HardTitle(Kind.TITLE_CARD, title, "S01E01", "TV", "", True, why)
    return row_of(hard, NamedStyles("changed", None), Drawing(POSTER, (drawn, DrawnText())))


@pytest.mark.parametrize(
    ("truncated", "missing", "words"),
    [
        (False, (), ""),
        (True, (), "does not fit"),
        (False, ("\U00010000", "é"), "no font has U+10000 U+00E9"),
        (True, ("a\u0301",), "does not fit, no font has U+0061"),
    ],
)
def test_what_is_lost_is_said_by_code_points(truncated, missing, words):
    assert loss_words(row(truncated, missing)) == words


def test_captions_name_the_settings_only_where_two_are_compared():
    assert [caption(row(), looks) for looks in (1, 2)] == ["two texts", "changed: two texts"]


def test_titles_json_has_all_facts_but_the_picture_and_takes_every_title():
    found = json.loads(document(7, [row(title="bro\udcffken")]))
    (written,) = found["pictures"]
    assert found["titles"] == 7 and "jpeg" not in written
    assert (written["kind"], written["title"], written["lines"]) == (
        "title card",
        "bro\udcffken",
        [["ALIEN"], []],
    )
    assert (written["sizes"], written["settings"]) == ([80, 0], "changed")


def test_every_picture_is_counted_and_only_what_is_lost_is_logged():
    warned = []
    job = SimpleNamespace(
        tally=SimpleNamespace(made=Counter()),
        log=SimpleNamespace(warning=lambda text, *values: warned.append(text % values)),
    )
    report_misfits(job, [row(), row(truncated=True)])
    assert job.tally.made == {Kind.TITLE_CARD: 2}
    assert warned == ["Alien (title card, changed): does not fit"]


@pytest.mark.parametrize(
    "text", ["{", "[]", "null", '{"PosterOverlayPart": "AddBorder"}', '"x"', "[" * 100_000]
)
def test_changes_that_are_no_sections_are_bad_arguments(text):
    with pytest.raises(HandledExit) as caught:
        changed_settings(Settings({}, {}), text)
    assert caught.value.code is ExitCode.BAD_ARGUMENTS and "-Changed needs a JSON object" in str(caught.value)
