"""The page of duels as the server renders it."""

import re

import pytest

from app.core.duels.taste import FEWEST_CHOICES
from tests.api.test_duels import TITLES, choose, offered

__all__ = ["offered"]


def play(client, count, provider="tvdb"):
    state = client.get("/api/duel").json
    for _ in range(count):
        state = choose(client, state, provider)
    return state


def test_two_pictures_stand_side_by_side_without_a_word_about_where_they_are_from(client, offered):
    page = client.get("/server/duel").text
    (title,) = re.findall(r'<h2 id="ring-title"[^>]*>([^<]*)', page)
    sources = re.findall(r'<img src="([^"]*candidate-preview[^"]*)"', page)
    assert title in TITLES and len(sources) == 2
    ring = page.partition('id="ring"')[2].partition("</section>")[0]
    assert "TVDB" not in ring and "TMDB" not in ring
    assert f"0 of {FEWEST_CHOICES} choices" in page
    assert client.get(sources[0].replace("&amp;", "&")).mimetype == "image/webp"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "You like the pictures of TVDB"), ("de", "Bilder von TVDB gefallen")]
)
def test_the_taste_is_a_sentence_with_its_numbers_and_what_follows(client, offered, language, words):
    play(client, FEWEST_CHOICES)
    page = client.get("/server/duel", headers={"Accept-Language": language}).text
    assert words in page and re.search(rf"In {FEWEST_CHOICES} (of|von) {FEWEST_CHOICES} ", page)
    assert """data-settings='{"ApiPart": {"FavProvider": "tvdb"}}'""" in page


def test_what_the_settings_choose_already_or_cannot_choose_is_said(client, offered):
    play(client, FEWEST_CHOICES, "tmdb")
    page = client.get("/server/duel").text
    assert "You like pictures without text" in page and "The settings choose so already." in page


def test_when_all_pairs_are_seen_it_says_so_and_without_any_what_to_do(client, offered):
    play(client, len(TITLES))
    assert "You have seen all pairs." in client.get("/server/duel").text


def test_without_candidates_it_says_what_to_do(client):
    assert "a run has to look for pictures first" in client.get("/server/duel").text
