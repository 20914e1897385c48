"""The library as the server renders it, which can be read and paged without scripts."""

import html
import re

import pytest

from app.ui.library_query import PAGE_SIZE, SIZES, library_query
from tests.api.test_assets import roots
from tests.choices import make_row, take
from tests.pictures import make_picture
from tests.trees import catalogue, make_image, make_tree

__all__ = ["roots"]

ODD = 'A "b" <i>&amp; #1? 100% (2001)'
MANY = 130
ALL = "?kind=all"


@pytest.fixture
def media(overrides, tmp_path):
    overrides["MEDIA_PATH"] = tmp_path


@pytest.fixture
def library(machine, roots):
    make_tree(roots["assets"], f"Movies/{ODD}/poster.jpg", "Movies/Alien (1979)/poster.jpg")
    make_tree(roots["assets"], "Movies/Alien (1979)/background.jpg")
    picture = make_picture((20, 30))
    make_image(roots["assets"], "TV/Élite (2018)/Season02.jpg", picture)
    take(
        machine,
        make_row(Language="en", TextTruncated="true"),
        make_row(Title="Brazil", Rootfolder="Brazil (1985)", Download_Source="false", Language="false"),
    )
    catalogue(machine)


@pytest.fixture
def many(machine, roots):
    letters = "ABCDEFGHIJKLM"
    names = (f"Movies/{letters[n // 10]}lpha {n:03} (2000)/poster.jpg" for n in range(MANY))
    make_tree(roots["assets"], *names)
    catalogue(machine)


def page_of(client, query=""):
    answer = client.get(f"/server/library{query}")
    assert answer.status_code == 200
    return answer.text


def titles(page):
    return [html.unescape(title) for title in re.findall(r"<b>(.*?)</b>", page.partition('id="wall"')[2])]


def links(page, part):
    return [html.unescape(link) for link in re.findall(r'href="([^"]*)"', page.partition(part)[2])]


def test_every_entry_is_a_tile_with_its_picture_or_the_word_that_there_is_none(client, library):
    page = page_of(client, ALL)
    assert titles(page) == [ODD, "Alien", "Alien (1979)", "Brazil", "Élite (2018) | Season 2"]
    assert "5 pictures" in page and page.count('<span class="absent">No picture</span>') == 1
    assert "<i>" not in page.partition("<main")[2]
    (small,) = {link for link in re.findall(r'src="([^"]*)"', page) if "Season02" in link}
    assert client.get(html.unescape(small)).mimetype == "image/jpeg"
    assert page.count("data-color=") == 1


def test_an_odd_name_leads_to_its_picture(client, library):
    (link,) = [link for link in links(page_of(client, ALL), 'id="wall"') if "%3Ci%3E" in link]
    with client.get(link) as answer:
        assert answer.status_code == 200
    below = client.get("/server/library", base_url="http://localhost/posters").text
    assert all(link.startswith("/posters/") for link in links(below, "<main") if link != "#finder")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?search=ELITE", 1),
        ("?kind=background", 1),
        ("?library=TV", 1),
        ("?truncated=true", 1),
        ("?missing=true", 1),
        ("?language=en", 1),
        ("?provider=", 4),
        ("?library=TV&kind=poster", 0),
        ("?kind=x&order=y&size=z&textless=maybe&page=-1", 5),
        ("?search=%00&kind=all", 5),
        ("", 3),
        ("?order=year", 3),
        ("?search=", 3),
    ],
)
def test_the_address_filters_and_what_means_nothing_is_left_out(client, library, query, count):
    assert len(titles(page_of(client, query))) == count


def test_filters_have_counts_are_links_and_can_be_removed(client, library):
    page = page_of(client, "?library=Movies&search=alien")
    facets = page.partition('class="facets"')[2]
    assert 'aria-current="true"><span>Movies</span> <small>2</small>' in facets
    assert "/server/library?search=alien&library=Movies&kind=background" in links(page, 'class="kinds"')
    assert "/server/library?search=alien" in links(page, 'class="chosen"')
    assert '<input type="hidden" name="library" value="Movies">' in page
    nothing = page_of(client, "?library=TV&search=alien")
    assert (
        "No artwork matches" in nothing and links(nothing, 'class="empty"')[0] == "/server/library?kind=all"
    )


def test_without_scripts_pages_and_letters_lead_through_all(client, many):
    first, last = page_of(client), page_of(client, "?page=3")
    assert len(titles(first)) == PAGE_SIZE and len(titles(last)) == MANY - 2 * PAGE_SIZE
    second = "/server/library?kind=poster&amp;page=2"
    assert f'rel="next" href="{second}"' in first and 'rel="prev"' not in first
    assert f'rel="prev" href="{second}"' in last and 'rel="next"' not in last
    assert f'href="{second}" data-place="60">G</a>' in first
    back = page_of(client, "?order=title_back")
    assert titles(back)[0].startswith("Mlpha 129")
    assert 'order=title_back&amp;kind=poster&amp;page=2" data-place="60">G' in back
    assert "data-place" not in page_of(client, "?order=newest")
    assert 'href="/server/library?kind=poster&amp;page=3"' in page_of(client, "?page=9999")


def test_in_the_order_of_years_one_jumps_to_a_year(client, machine, roots):
    years = [1979, 1979, 2001, 2021, None]
    names = (f"Movies/Film {n}{f' ({year})' if year else ''}/poster.jpg" for n, year in enumerate(years * 30))
    make_tree(roots["assets"], *names)
    catalogue(machine)
    places = {
        order: re.findall(r'data-place="(\d+)">(\d+)<', page_of(client, f"?order={order}"))
        for order in ("year", "year_back")
    }
    assert places["year"] == [("0", "2021"), ("30", "2001"), ("60", "1979")]
    assert places["year_back"] == [("0", "1979"), ("60", "2001"), ("90", "2021")]
    second = page_of(client, "?order=year&page=2")
    assert "(1979)" in links(second, 'id="wall"')[0].replace("%28", "(").replace("%29", ")")


def test_posters_are_shown_first_and_all_kinds_are_one_click_away(client, library):
    page = page_of(client)
    assert "3 pictures" in page and len(titles(page)) == 3 and 'class="wall medium"' in page
    kinds = page.partition('class="kinds"')[2].partition("</nav>")[0]
    assert links(kinds, ">")[:2] == ["/server/library?kind=all", "/server/library?kind=poster"]
    assert 'kind=poster" aria-current="true">Posters <small>3</small>' in kinds
    every = page_of(client, links(kinds, ">")[0].removeprefix("/server/library"))
    assert len(titles(every)) == 5 and 'class="wall medium mixed"' in every
    assert '<input type="hidden" name="kind" value="all">' in every


def test_chosen_pictures_can_be_drawn_anew_where_a_run_can(media, client, library):
    assert actions_of(client) == ["hold", "release", "redraw", "delete"]


def test_chosen_pictures_are_not_offered_a_run_that_would_fail(client, library):
    assert actions_of(client) == ["hold", "release", "delete"]


def actions_of(client):
    return re.findall(r'data-action="(\w+)"', page_of(client))


def test_without_posters_the_way_to_other_kinds_is_said(client, machine, roots):
    make_tree(roots["assets"], "Movies/Alien (1979)/background.jpg")
    catalogue(machine)
    assert links(page_of(client), 'class="empty"')[0] == "/server/library?kind=all"


def test_each_state_without_artwork_says_what_to_do(client, machine, roots):
    assert "for the first time" in page_of(client)
    catalogue(machine)
    assert "No artwork yet" in page_of(client) and "/server/runs" in links(page_of(client), 'class="empty"')


def test_the_size_of_the_tiles_is_kept_and_the_shape_follows_the_kind(client, library):
    assert 'class="wall medium"' in page_of(client)
    assert 'class="wall large wide"' in page_of(client, "?size=large&kind=background")
    client.set_cookie("tile_size", "small")
    assert 'class="wall small"' in page_of(client)
    assert library_query({}, {"tile_size": "../x"}).size in SIZES


def test_the_wall_asks_the_api_for_the_same_artwork(client, library):
    for query in (
        "?search=alien&order=newest",
        "?truncated=true",
        "?provider=&library=Movies",
        "?order=year",
    ):
        page = page_of(client, query)
        asked = html.unescape(re.search(r'data-query="([^"]*)"', page)[1])
        answer = client.get(f"/api/assets/catalogue?{asked}").json
        assert [each["title"] for each in answer["assets"]] == titles(page)
        assert f'data-total="{answer["total"]}"' in page


def test_counts_follow_the_artwork(client, machine, library, roots):
    assert "5 pictures" in page_of(client, ALL)
    make_tree(roots["assets"], "Movies/Brazil (1985)/background.jpg")
    catalogue(machine)
    assert "6 pictures" in page_of(client, ALL)
