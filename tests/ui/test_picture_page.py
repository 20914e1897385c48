"""The page of a picture as the server renders it: its place in the list, and what is known of it."""

import html
import re
from contextlib import closing
from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from app.core.assets.arrangement import Arrangement
from app.core.assets.register import marks
from app.core.catalogue.listing import catalogued_entries
from app.core.catalogue.neighbours import ListOrder, entry_at_path, missing_entry, neighbours_of
from app.core.catalogue.selection import Selection
from app.core.decisions.versions import asset_file
from app.poster.journal.journal import Journal
from app.poster.records.candidate import Lettered
from app.ui.library_query import ORDERS
from tests.api.test_assets import roots
from tests.candidates import FILM, make_candidate, write_made
from tests.choices import make_row, take
from tests.core.decisions.test_versions import write
from tests.pictures import make_picture
from tests.trees import catalogue, make_image, make_tree
from tests.ui.test_hostile_data import HOSTILE, assert_text_only

__all__ = ["roots"]

PREFIX = "poster_assets"
ODD = 'A "b" <i>&amp; #1? 100% (2001)'
GERMAN = {"Accept-Language": "de"}


@pytest.fixture
def library(machine, roots):
    make_image(roots["assets"], "Movies/Alien (1979)/poster.jpg", make_picture((200, 300)))
    make_tree(roots["assets"], "Movies/Alien (1979)/background.jpg", f"Movies/{ODD}/poster.jpg")
    make_tree(roots["assets"], "TV/Élite (2018)/Season02.jpg", "Movies/Zulu (1964)/logo.png")
    take(
        machine,
        make_row(Language="en", TextTruncated="true"),
        make_row(Title="Brazil", Rootfolder="Brazil (1985)", Download_Source="false", Language="false"),
    )
    catalogue(machine)


def page_of(client, path, query="", status=200, **options):
    answer = client.get("/server/picture/" + path + query, **options)
    assert answer.status_code == status
    return answer.text


def link_of(page, name):
    found = re.search(f'id="{name}"[^>]*href="([^"]*)"', page)
    return html.unescape(found[1]) if found else None


def place_of(page):
    return re.search(r'<p id="place">(.*?)</p>', page)[1]


ALIEN = "Movies/Alien%20%281979%29/poster.jpg"


def test_a_picture_is_shown_whole_in_sizes_to_choose_from_with_what_is_known_of_it(client, library):
    page = page_of(client, ALIEN)
    assert "<title>Alien · Poster" in page and "<dd>Movies</dd>" in page
    assert 'width="200" height="300"' in page and "200 × 300, 2 kB" in page
    sources = [html.unescape(source) for source in re.findall(r' src="([^"]*)"', page.partition("stage")[2])]
    assert client.get(sources[0]).mimetype == "image/jpeg"
    assert re.search(r'data-color="#[0-9a-f]{6}"', page)
    assert 'download="poster.jpg"' in page and "Movies/Alien (1979)/poster.jpg" in page


def test_arrows_lead_through_the_whole_list_and_back_in_its_order(client, library):
    way, seen = f"/server/picture/{ALIEN}?order=oldest", []
    while link := link_of(client.get(way).text, "to-prev"):
        way = link
    while way:
        page = client.get(way).text
        seen.append(place_of(page))
        way = link_of(page, "to-next")
    assert seen == [f"{number} of 5" for number in range(1, 6)]


def test_the_arrows_follow_the_filters_and_the_way_back_has_them_too(client, library):
    page = page_of(client, ALIEN, "?library=Movies&kind=poster&page=3")
    assert place_of(page) == "2 of 3"
    assert "%3Ci%3E" in link_of(page, "to-prev") and "choice=" in link_of(page, "to-next")
    assert link_of(page, "to-library") == "/server/library?library=Movies&kind=poster"
    outside = page_of(client, ALIEN, "?library=TV")
    assert place_of(outside) == "Not in this list of 1"
    assert link_of(outside, "to-next").startswith("/server/picture/TV/") and not link_of(outside, "to-prev")
    below = page_of(client, ALIEN, base_url="http://localhost/posters")
    assert link_of(below, "to-next").startswith("/posters/server/picture/")


def test_a_choice_without_a_picture_says_so_and_what_to_do(client, library):
    page = page_of(client, ALIEN, "?missing=true")
    missing = client.get(link_of(page, "to-next")).text
    assert "Brazil · Poster" in missing and "No picture" in missing and "/server/runs" in missing
    assert place_of(missing) == "1 of 1"
    assert "found no picture for it that could be used" in missing
    assert 'data-asset="Movies/Brazil (1985)/poster.jpg"' in missing
    (tile,) = re.findall(
        r'class="tile" href="([^"]*choice[^"]*)"', client.get("/server/library?kind=all").text
    )
    assert client.get(html.unescape(tile)).text.count("Brazil") > 1


@pytest.mark.parametrize(
    "path",
    [
        "Movies/gone.jpg",
        "../config.json",
        "%00",
        "?choice=99999999999",
        "?choice=x",
        "",
        "?choice=7",
    ],
)
def test_what_is_not_there_is_404_with_a_way_back_to_the_same_list(client, library, path):
    page = page_of(client, path, "&kind=poster" if "?" in path else "?kind=poster", status=404)
    assert 'href="/server/library?kind=poster"' in page and "No such picture" in page


def test_a_page_is_in_german_with_its_own_signs_in_numbers(client, library):
    page = page_of(client, ALIEN, headers=GERMAN)
    assert "2 von 5" in page and "Zurück zur Bibliothek" in page


def test_the_page_says_why_it_was_chosen_and_has_the_original_and_earlier_versions(client, machine, roots):
    asset = asset_file(machine.paths.engine, roots["assets"], FILM)
    write(asset, make_picture((20, 30)), 1)
    write(asset, make_picture((20, 30), color=(1, 2, 3)), 2)
    write_made(machine.paths.engine, make_candidate(language="de", lettered=Lettered.WITH_TEXT))
    catalogue(machine)
    page = page_of(client, FILM)
    assert 'A picture in <span data-language="de">de</span> from TMDB was taken' in page
    assert 'id="do-hold"' in page and 'id="do-delete"' in page
    assert f'data-original="/api/assets/{quote(FILM, safe="/()")}/original"' in page
    (version,) = re.findall(r'data-version="([0-9a-f]{64})"', page)
    (small,) = re.findall(r'src="([^"]*/versions/[^"]*)" *>', page)
    with client.get(html.unescape(small)) as answer:
        assert (answer.status_code, answer.mimetype) == (200, "image/jpeg") and "width=160" in small
    with client.get(f"/api/assets/{quote(FILM)}/versions/{version}") as answer:
        assert answer.status_code == 200
    assert "Genommen wurde ein Bild" in page_of(client, FILM, headers=GERMAN)


def test_a_missing_picture_says_why_in_the_words_of_its_run(client, machine, library):
    choice = link_of(page_of(client, ALIEN, "?missing=true"), "to-next")
    with closing(Journal(machine.paths.engine)) as journal:
        journal.note_failure("Movies/Brazil (1985)/poster.jpg", "7", datetime.now(UTC), "the disk is <full>")
    page = client.get(choice).text
    assert 'The last run says: <q><span lang="en">the disk is &lt;full&gt;</span></q>' in page


def test_hostile_names_are_text(client, machine, roots):
    name = HOSTILE.replace("/", "\N{DIVISION SLASH}")
    make_tree(roots["assets"], f"{name}/{name} (1999)/poster.jpg")
    take(machine, make_row(Title=HOSTILE, Rootfolder="None", LibraryName=name))
    catalogue(machine)
    tiles = re.findall(r'class="tile" href="([^"]*)"', client.get("/server/library?kind=all").text)
    assert len(tiles) == 2
    for tile in tiles:
        answer = client.get(html.unescape(tile))
        assert answer.status_code == 200
        assert_text_only(answer.text)
    assert_text_only(page_of(client, "x.jpg", status=404, query_string={"search": HOSTILE}))


@pytest.mark.parametrize("order", sorted(ORDERS))
@pytest.mark.parametrize(
    "filters", [(), (("library", "Movies"),), (("textless", False),), (("kind", "other"),)]
)
def test_neighbours_and_places_are_those_of_the_list_for_every_order(machine, library, order, filters):
    sort, is_back = ORDERS[order]
    with machine.database.reading() as session:
        root_id = marks(session)["assets"].id
        selection = Selection(root_id, (), filters)
        entries = list(catalogued_entries(session, selection, Arrangement("", sort, is_back), PREFIX))
        assert entries
        for place, entry in enumerate(entries):
            own = (
                entry_at_path(session, root_id, entry["path"], PREFIX)
                if entry["path"]
                else missing_entry(session, root_id, entry["choice_id"])
            )
            assert own == entry
            found = neighbours_of(session, ListOrder(selection, sort, is_back), own, PREFIX)
            beside = [entries[place - 1] if place else None, *entries[place + 1 : place + 2], None][:2]
            assert (found.place, found.total) == (place + 1, len(entries))
            assert [found.before, found.after] == beside
