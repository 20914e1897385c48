"""What a message says follows from the counts of the run."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image

from app.poster.kinds import Kind
from app.poster.messages.composing import failure_message, heartbeat, picture_card, run_message, thumbnail
from app.poster.messages.message import Card, Color, Message
from app.poster.records.reasons import Reason
from app.poster.script.arguments import Mode
from app.poster.script.choices import make_row
from app.poster.script.report import MOST_FAILURES, MOST_SHOWN, MadePicture, Rows, Tally
from tests.poster.pictures import make_bytes

STARTED = datetime(2026, 11, 29, 10, 0, tzinfo=UTC)
ENDED = STARTED + timedelta(hours=1, minutes=2, seconds=3)
ROW = {"Title": "Alien", "Type": "Movie", "LibraryName": "Movies", "Language": "de"}


def make_tally(*made: Kind, **counts) -> Tally:
    tally = Tally(STARTED, **counts)
    tally.made.update(made)
    return tally


def card_of(mode: Mode, tally: Tally, tmp_path) -> Card:
    (card,) = run_message(mode, tally, ENDED, tmp_path).cards
    return card


@pytest.mark.parametrize(
    ("mode", "counts", "color"),
    [
        (Mode.NORMAL, {}, Color.GREEN),
        (Mode.NORMAL, {"textless": [ROW], "with_text": [ROW]}, Color.GREEN),
        (Mode.NORMAL, {"fallbacks": [ROW]}, Color.ORANGE),
        (Mode.NORMAL, {"truncated": [ROW]}, Color.ORANGE),
        (Mode.NORMAL, {"missing_characters": [ROW]}, Color.ORANGE),
        (Mode.TESTING, {"truncated": [ROW]}, Color.PURPLE),
        (Mode.TESTING, {"errors": 1}, Color.RED),
        (Mode.NORMAL, {"errors": 1, "fallbacks": [ROW]}, Color.RED),
    ],
)
def test_the_color_is_that_of_the_worst_that_happened(tmp_path, mode, counts, color):
    assert card_of(mode, make_tally(Kind.POSTER, **counts), tmp_path).color is color


def test_the_summary_names_all_counts_that_are_not_zero(tmp_path):
    made = (Kind.POSTER, Kind.COLLECTION, Kind.SEASON, Kind.TITLE_CARD, Kind.TITLE_CARD)
    tally = make_tally(*made, textless=Rows([ROW, ROW]))
    tally.skipped_titles[Reason.PLACEHOLDER_TITLE] = 4
    card = card_of(Mode.NORMAL, tally, tmp_path)
    assert (card.title, card.text) == ("Normal run: 5 images", "The run took 1h 2m 3s.")
    assert card.facts == (
        ("Posters", "2"),
        ("Seasons", "1"),
        ("Title cards", "2"),
        ("Textless", "2"),
        ("The title is a placeholder", "4"),
    )


def test_only_the_first_errors_are_named_and_all_are_counted(tmp_path):
    tally = make_tally()
    for number in range(MOST_FAILURES + 2):
        tally.note_failure(f"error {number}")
    lines = card_of(Mode.NORMAL, tally, tmp_path).text.splitlines()
    assert lines[1] == "5 errors; the log says more:"
    assert lines[2:] == ["- error 0", "- error 1", "- error 2"]


@pytest.mark.parametrize(
    ("pictures", "errors", "titles"),
    [
        (0, 0, None),
        (1, 0, ["Alien"]),
        (0, 1, ["arr run: 0 images"]),
        (1, 1, ["Alien", "arr run: 1 image"]),
        (MOST_SHOWN + 1, 0, ["Alien"] * MOST_SHOWN + [f"arr run: {MOST_SHOWN + 1} images"]),
    ],
)
def test_a_triggered_run_has_a_summary_only_for_errors_and_pictures_that_are_not_shown(
    tmp_path, pictures, errors, titles
):
    tally = make_tally(*[Kind.POSTER] * pictures, errors=errors)
    for _ in range(pictures):
        tally.note_picture(make_row(**ROW), "none.jpg")
    message = run_message(Mode.ARR, tally, ENDED, tmp_path)
    assert (message and [card.title for card in message.cards]) == titles


@pytest.mark.parametrize(
    ("changed", "color", "link", "names"),
    [
        ({}, Color.GREEN, "", ["Library", "Type", "Language"]),
        ({"Fallback": "true"}, Color.ORANGE, "", ["Library", "Type", "Language", "Fallback"]),
        ({"TextTruncated": "true"}, Color.ORANGE, "", ["Library", "Type", "Language", "Truncated"]),
        (
            {"Fav Provider Link": "https://tmdb/1", "Language": ""},
            Color.GREEN,
            "https://tmdb/1",
            ["Library", "Type"],
        ),
    ],
)
def test_the_card_of_a_picture_shows_what_is_known_of_it(tmp_path, changed, color, link, names):
    card = picture_card(MadePicture(make_row(**ROW) | changed, "none.jpg"), tmp_path)
    assert (card.title, card.color, card.link, card.picture) == ("Alien", color, link, b"")
    assert [name for name, _ in card.facts] == names


@pytest.mark.parametrize("content", [b"", b"<html>", make_bytes()[:200]])
def test_a_picture_that_cannot_be_read_is_left_out_of_the_message(tmp_path, content):
    (tmp_path / "poster.jpg").write_bytes(content)
    assert thumbnail(tmp_path / "poster.jpg") == b""


def test_a_transparent_picture_is_shown_small_as_jpeg(tmp_path):
    Image.new("RGBA", (1000, 600)).save(tmp_path / "logo.png")
    shown = Image.open(io.BytesIO(thumbnail(tmp_path / "logo.png")))
    assert (shown.format, shown.mode, shown.size) == ("JPEG", "RGB", (500, 300))


def test_a_monitor_gets_one_line_and_a_clock_that_was_set_back_no_negative_time():
    pushed = heartbeat(Mode.NORMAL, make_tally(Kind.POSTER, errors=2), ENDED)
    assert pushed.first_line == "Normal: 1 images, 2 errors, 1h 2m 3s"
    assert (pushed.is_good, pushed.seconds) == (True, 3723.0)
    failed = failure_message(Mode.ARR, "No key is set.", ENDED, STARTED)
    assert (failed.is_good, failed.seconds) == (False, 0.0)
    assert failed.first_line == "arr run failed No key is set."


def test_plain_text_has_every_card_with_its_facts_and_its_link():
    cards = (
        Card("Alien", facts=(("Type", "Movie"),), link="https://tmdb/1", picture=b"jpeg"),
        Card("arr run", "1 error"),
    )
    assert Message(cards).plain == "Alien\nType: Movie\nhttps://tmdb/1\n\narr run\n1 error"
