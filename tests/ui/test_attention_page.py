"""The attention page as the server renders it, which can be read and paged without scripts."""

import html
import re
from contextlib import closing
from datetime import UTC, datetime

import pytest

from app.core.catalogue.concerns import CONCERNS
from app.poster.journal.journal import Journal
from app.poster.records.journal_entry import DrawnFacts
from app.ui.attention_query import PAGE_SIZE
from tests.api.test_assets import roots
from tests.choices import make_row, take
from tests.pictures import make_picture
from tests.poster.journal.steps import record
from tests.trees import catalogue, make_image, make_tree

__all__ = ["roots"]

ODD = 'A "b" <i>&amp; #1? 100% (2001)'
ELSEWHERE = {"Download_Source": "https://example.org/a.jpg"}
MISSING = {"Download_Source": "false", "Language": "false"}


@pytest.fixture
def troubled(machine, roots):
    make_image(roots["assets"], f"Movies/{ODD}/poster.jpg", make_picture((20, 30)))
    make_tree(roots["assets"], "Movies/Alien (1979)/poster.jpg", "Movies/Alien (1979)/background.jpg")
    take(
        machine,
        make_row(TextTruncated="true", Fallback="true", Language="de"),
        make_row(Title="Odd <b>", Rootfolder=ODD, TextTruncated="true"),
        make_row(Title="Brazil", Rootfolder="Brazil (1985)", **MISSING),
        make_row(Title="Solaris", Rootfolder="Solaris (1972)", LibraryName='TV "<&', **MISSING),
    )
    catalogue(machine)


def page_of(client, query=""):
    answer = client.get(f"/server/attention{query}")
    assert answer.status_code == 200
    return answer.text


def titles(page):
    cases = page.partition('id="cases"')[2].partition("</ol>")[0]
    return [html.unescape(title) for title in re.findall(r"<h2>(.*?)</h2>", cases)]


def counts(page):
    links = re.findall(r'concern=(\w+)"[^>]*>[^<]*<small>(\d+)</small>', page)
    return {name: int(count) for name, count in links if int(count)}


def test_the_most_urgent_concern_comes_first_and_each_has_its_count(client, troubled):
    page = page_of(client)
    assert counts(page) == {"missing": 2, "truncated": 2, "language": 1, "fallback": 1}
    assert titles(page) == ["Brazil", "Solaris"]
    assert page.count('<span class="absent">') == 2 and "No provider has a picture" in page
    assert re.search(r'href="/server/picture/\?choice=\d+"', page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?concern=truncated", ["Odd <b>", "Alien"]),
        ("?concern=truncated&search=ALIEN", ["Alien"]),
        ("?concern=missing&library=Movies", ["Brazil"]),
        ("?concern=missing&library=TV+%22%3C%26", ["Solaris"]),
        ("?concern=language&kind=background", []),
        ("?concern=glyphs", []),
        ("?concern=x&library=%00&kind=y&ignored=maybe&after=%00", ["Brazil", "Solaris"]),
        ("?concern=missing&before=bm9wZQ", ["Brazil", "Solaris"]),
    ],
)
def test_the_address_chooses_and_what_means_nothing_is_left_out(client, troubled, query, found):
    assert titles(page_of(client, query)) == found


def test_a_hostile_title_is_text_and_leads_to_its_picture(client, troubled):
    page = page_of(client, "?concern=truncated")
    main = page.partition("<main")[2]
    assert "<b>" not in main and "<i>" not in main
    below = client.get("/server/attention?concern=truncated", base_url="http://localhost/posters").text
    links = [html.unescape(link) for link in re.findall(r'href="([^"]*)"', below.partition("<main")[2])]
    assert links and all(link.startswith("/posters/") for link in links)
    small, _ = re.findall(r'<img src="([^"]*)"', main)
    with client.get(html.unescape(small)) as answer:
        assert answer.mimetype == "image/jpeg"


def test_what_needs_nobody_says_so_and_what_is_filtered_away_can_be_shown_again(client, machine, roots):
    assert "for the first time" in page_of(client)
    catalogue(machine)
    assert "Nothing of this kind needs you." in page_of(client)
    assert "/server/attention?concern=missing" in page_of(client, "?search=zzz")
    assert "Nothing of this kind is ignored." in page_of(client, "?ignored=true")


def test_without_scripts_pages_lead_through_all_and_back(client, machine, roots):
    take(
        machine,
        *(
            make_row(Title=f"T {n:03}", Rootfolder=f"T {n:03} (2000)", **MISSING)
            for n in range(PAGE_SIZE * 2 + 5)
        ),
    )
    make_tree(roots["assets"], "Movies/Other (2000)/poster.jpg")
    catalogue(machine)
    seen, page = [], page_of(client)
    while True:
        seen += titles(page)
        found = re.search(r'rel="next" href="([^"]*)"', page)
        if not found:
            break
        page = client.get(html.unescape(found[1])).text
    assert seen == [f"T {n:03}" for n in range(PAGE_SIZE * 2 + 5)]
    assert f'data-first="{PAGE_SIZE * 2}" data-total="{PAGE_SIZE * 2 + 5}"' in page
    back = client.get(html.unescape(re.search(r'rel="prev" href="([^"]*)"', page)[1])).text
    assert titles(back) == seen[PAGE_SIZE : 2 * PAGE_SIZE]


def test_what_is_ignored_is_left_out_found_again_and_named_by_its_filter(client, troubled):
    entry = re.search(r'data-entry="(\w+)"', page_of(client))[1]
    client.post("/api/attention/ignores", json={"concern": "missing", "entry": entry})
    everything = {"concern": "truncated", "filter": {"library": "Movies", "search": "<b>"}}
    client.post("/api/attention/ignores", json=everything)
    page = page_of(client)
    assert counts(page)["missing"] == 1 and titles(page) == ["Solaris"] and "1 ignored" in page
    ignored = page_of(client, "?concern=missing&ignored=true")
    assert titles(ignored) == ["Brazil"] and "data-ignore=" in ignored
    rules = page_of(client, "?concern=truncated&ignored=true")
    assert titles(rules) == ["Odd <b>"]
    assert "Title cut: Movies · “&lt;b&gt;”" in rules and "data-ignore=" not in rules


def test_what_the_journal_knows_of_a_picture_stands_beside_it(client, machine, troubled):
    missing, there = "Movies/Brazil (1985)/poster.jpg", "Movies/Alien (1979)/poster.jpg"
    with closing(Journal(machine.paths.engine)) as journal:
        for path in (missing, there):
            journal.note_failure(path, "7", datetime.now(UTC), "<i>no room on the disk")
        known = record(there, drawn=DrawnFacts(missing=("\u2603", "\u2604")))
        journal.note(known)
    catalogue(machine)
    page = page_of(client, "?concern=failed")
    assert titles(page) == ["Alien", "Brazil"] and page.count("&lt;i&gt;no room on the disk") == 2
    glyphs = page_of(client, "?concern=glyphs")
    assert titles(glyphs) == ["Alien"] and "\u2603 \u2604" in glyphs


def test_every_concern_has_its_words_in_both_languages(client, troubled):
    for concern in CONCERNS:
        for language in ("en", "de"):
            client.set_cookie("language", language)
            page_of(client, f"?concern={concern}")


def test_a_source_that_is_no_known_provider_has_a_name_in_the_language_of_the_reader(client, machine, roots):
    make_tree(roots["assets"], "Movies/Alien (1979)/poster.jpg")
    take(machine, make_row(Fallback="true", **ELSEWHERE))
    catalogue(machine)
    german = {"Accept-Language": "de"}
    assert "(hier: andere Quelle)" in client.get("/server/attention?concern=fallback", headers=german).text
    assert "</span> andere Quelle <" in client.get("/server/library?provider=Other", headers=german).text
