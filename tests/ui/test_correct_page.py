"""The page on which a title is corrected, as the server renders it."""

import re
from urllib.parse import quote

import pytest

from tests.api.test_title_corrections import ALIEN, JAWS, SEASON, correct, library

__all__ = ["library"]

BARE = "Movies/Bare (2010)/poster.jpg"


def page_of(client, asset, status=200, **headers):
    answer = client.get(f"/server/correct/{quote(asset)}", headers=headers)
    assert answer.status_code == status
    return answer.text


def test_the_fields_have_what_stands_and_say_what_was_measured(client, library):
    page = page_of(client, ALIEN)
    assert "200 points, lines: 1, contrast 2.1. Hard to read on this ground." in re.sub(r"\s+", " ", page)
    assert 'data-usual="Alien"' in page and re.search(r'name="shade"[^>]*value="0"', page)
    assert "to be corrected with one press" in page and "alike-form" not in page
    correct(client, shade=40, text="Ali\nen")
    page = page_of(client, ALIEN)
    assert ">Ali\nen</textarea>" in page and re.search(r'name="shade"[^>]*value="40"', page)


def test_the_pictures_with_the_same_fault_stand_below_with_reason_and_what_is_left_out(client, library):
    correct(client, shade=40)
    page = page_of(client, ALIEN)
    assert "2 others have the same fault" in page and "mended a title on a bright ground" in page
    shown = re.findall(r"<li data-asset=\"([^\"]*)\" data-correct='([^']*)'", page)
    assert shown == [
        ("Movies/Star Wars (1977)/poster.jpg", '{"shade": 40}'),
        ("Movies/Heat (1995)/poster.jpg", '{"shade": 40}'),
    ]
    assert "Title on a bright ground (contrast 1.4)." in page
    assert "A person made or keeps it: 1" in page and "Not measured" in page


def test_a_wording_is_proposed_to_nobody(client, library):
    correct(client, JAWS, text="Another\nwording")
    assert "No other picture is proposed" in page_of(client, JAWS)


def test_a_season_has_no_text_of_its_own_and_says_what_changes_with_it(client, library):
    page = page_of(client, SEASON)
    assert 'name="text"' not in page and "This changes 2 pictures" in page


@pytest.mark.parametrize(
    ("asset", "words"),
    [
        (BARE, "No title is drawn"),
        ("Movies/None/poster.jpg", "Nothing is known of how"),
        ("a", "Nothing is known"),
    ],
)
def test_what_cannot_be_corrected_says_why(client, library, asset, words):
    assert words in page_of(client, asset, 404)


def test_the_page_is_in_german_for_who_reads_that(client, library):
    page = page_of(client, ALIEN, **{"Accept-Language": "de"})
    assert "Titel korrigieren" in page and "Dunklerer Grund" in page


@pytest.mark.parametrize(("asset", "is_offered"), [(ALIEN, True), (BARE, False)])
def test_the_page_of_a_picture_leads_there_where_a_title_is_drawn(client, library, asset, is_offered):
    page = client.get(f"/server/picture/{quote(asset)}").text
    assert ('id="do-correct"' in page) is is_offered
