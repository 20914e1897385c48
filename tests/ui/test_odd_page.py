"""The page of the pictures that break their set, as the server renders it."""

import html
import re
from contextlib import closing
from dataclasses import replace

import pytest

from app.poster.journal.journal import Journal
from app.poster.records.candidate import Lettered
from app.poster.records.journal_entry import DrawnFacts
from app.ui.views.odd import PAGE_SIZE
from tests.api.test_assets import roots
from tests.choices import make_row, take
from tests.pictures import make_picture
from tests.poster.journal.steps import record
from tests.trees import catalogue, make_image, make_tree

__all__ = ["roots"]

SHOW = 'A "b" <i>&amp; #1? 100% (2001)'
TVDB = "https://artworks.thetvdb.com/x.jpg"


def season(number, show=SHOW, **changes):
    title = f"{show} | Season {number}"
    return make_row(Title=title, Type="Season", Rootfolder=show, LibraryName="TV", **changes)


@pytest.fixture
def show(machine, roots):
    """A show of six seasons, the fourth from another provider."""
    for number in range(1, 7):
        make_image(roots["assets"], f"TV/{SHOW}/Season{number:02}.jpg", make_picture((20, 30)))
    take(machine, *(season(n, **({"Download_Source": TVDB} if n == 4 else {})) for n in range(1, 7)))
    catalogue(machine)


def page_of(client, query=""):
    answer = client.get(f"/server/odd{query}")
    assert answer.status_code == 200
    return answer.text


def titles(page):
    return [html.unescape(title) for title in re.findall(r"<h2><a [^>]*>(.*?)</a></h2>", page)]


def test_the_odd_one_stands_in_a_row_with_its_set_and_the_reason(client, show):
    page = page_of(client)
    assert titles(page) == [f"{SHOW} | Season 4"]
    row = page.partition('class="row"')[2].partition("</ul>")[0]
    assert row.count("<img") == 6 and row.count('class="odd"') == 1
    assert re.findall(r"Season(\d\d)\.jpg\"", row) == [f"0{n}" for n in range(1, 7)]
    assert "It comes from TVDB, the others from TMDB" in page and "6 in the set" in page
    assert "<i>" not in page.partition("<main")[2]
    below = client.get("/server/odd", base_url="http://localhost/posters").text.partition("<main")[2]
    assert all(link.startswith("/posters/") for link in re.findall(r'(?:href|src)="([^"]*)"', below))
    assert "/server/odd" in client.get("/server/attention").text


def test_doubled_text_and_the_height_of_titles_are_known_by_the_journal(client, machine, show):
    with closing(Journal(machine.paths.engine)) as journal:
        for number in range(1, 7):
            known = record(f"TV/{SHOW}/Season{number:02}.jpg", drawn=DrawnFacts(point_sizes=(60,)))
            if number == 2:
                chosen = replace(known.decision.chosen, lettered=Lettered.WITH_TEXT)
                decision = replace(known.decision, chosen=chosen)
                known = replace(known, decision=decision, drawn=DrawnFacts(point_sizes=(20,)))
            journal.note(known)
    page = page_of(client)
    assert titles(page) == [f"{SHOW} | Season 2", f"{SHOW} | Season 4"]
    assert "Its title appears twice" in page and "20 instead of 60 points" in page


def test_one_is_ignored_until_its_candidates_are_others_and_found_again(client, machine, show):
    entry = re.search(r'data-entry="(\w+)"', page_of(client))[1]
    body = {"concern": "odd", "entry": entry, "until_new": True}
    assert client.post("/api/attention/ignores", json=body).status_code == 200
    assert titles(page_of(client)) == [] and "1 ignored" in page_of(client)
    assert titles(page_of(client, "?ignored=true")) == [f"{SHOW} | Season 4"]
    take(machine, *(season(n, **({"Download_Source": TVDB + str(n)} if n == 4 else {})) for n in range(1, 7)))
    catalogue(machine)
    page = page_of(client)
    assert titles(page) == [f"{SHOW} | Season 4"] and "ignored</a>" not in page


def test_a_whole_set_of_odd_ones_cannot_be_ignored(client, show):
    body = {"concern": "odd", "filter": {}}
    assert client.post("/api/attention/ignores", json=body).status_code == 400


def test_what_has_no_odd_one_says_so(client, machine, roots):
    assert "for the first time" in page_of(client)
    make_tree(roots["assets"], "Movies/Alien (1979)/poster.jpg")
    catalogue(machine)
    assert "No picture stands out" in page_of(client)
    assert "Nothing of this kind is ignored" in page_of(client, "?ignored=true&after=x&before=%00")


def test_pages_lead_through_all_and_back(client, machine, roots):
    shows = [f"Show {number:02} (2000)" for number in range(PAGE_SIZE + 3)]
    make_tree(roots["assets"], *(f"TV/{show}/Season{n:02}.jpg" for show in shows for n in range(1, 5)))
    rows = (
        season(n, show, **({"Download_Source": TVDB} if n == 2 else {}))
        for show in shows
        for n in range(1, 5)
    )
    take(machine, *rows)
    catalogue(machine)
    first = page_of(client)
    second = client.get(html.unescape(re.search(r'rel="next" href="([^"]*)"', first)[1])).text
    assert titles(first) + titles(second) == [f"{show} | Season 2" for show in shows]
    back = client.get(html.unescape(re.search(r'rel="prev" href="([^"]*)"', second)[1])).text
    assert titles(back) == titles(first) and 'rel="next"' not in second
