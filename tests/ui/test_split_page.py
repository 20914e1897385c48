"""The split wall, as the server renders it."""

import json
import re

import pytest

from tests.api.test_assets import SHOW, library, roots
from tests.choices import make_row, take
from tests.trees import catalogue

__all__ = ["library", "roots"]


def page_of(client, query="", **options):
    answer = client.get(f"/server/designs/split{query}", **options)
    assert answer.status_code == 200
    return answer.text.partition("<main")[2].partition("</main")[0]


def chosen(page, name):
    field = page.partition(f'<select name="{name}">')[2].partition("</select>")[0]
    return re.search(r'value="([^"]*)" selected', field)[1]


def paths(page):
    return sorted(re.findall(r'<li data-path="([^"]*)"', page))


@pytest.mark.parametrize(
    ("query", "sides"),
    [
        ("", ("present", "classic")),
        ("?a=minimal", ("minimal", "classic")),
        ("?a=classic&b=cinema", ("classic", "cinema")),
        ("?a=cinema&b=cinema", ("cinema", "cinema")),
        ("?a=../../etc&b=files", ("present", "files")),
    ],
)
def test_the_address_names_both_sides(client, library, machine, query, sides):
    catalogue(machine)
    page = page_of(client, query)
    assert (chosen(page, "a"), chosen(page, "b")) == sides


def test_it_shows_pictures_of_one_kind_as_the_address_filters_them(client, library, machine):
    # A choice without a picture has nothing to be drawn over.
    take(machine, make_row(Title="Lost", Rootfolder="Lost (2000)", Download_Source="false"))
    catalogue(machine)
    posters = ["4K Movies/Alien (1979)/poster.jpg", f"TV Shows/{SHOW}/poster.jpg"]
    assert paths(page_of(client)) == paths(page_of(client, "?kind=all&missing=true")) == posters
    assert paths(page_of(client, "?kind=titlecard")) == [f"TV Shows/{SHOW}/S01E0{n}.jpg" for n in (1, 2)]
    assert paths(page_of(client, "?library=4K+Movies")) == posters[:1]
    found = page_of(client, "?search=nothing", base_url="http://localhost/base")
    assert "No artwork matches" in found and 'href="/base/server/designs/split?a=present' in found
    assert "missing=false" in page_of(client).partition("data-query=")[2].partition(">")[0]


def test_without_scripts_pictures_names_and_the_choice_can_be_used(client, library, machine):
    catalogue(machine)
    page = page_of(client, headers={"Accept-Language": "de"})
    assert re.search(
        r"<noscript><img src=\"/api/thumbnail[^>]*></noscript></span><b>Alien \(1979\)</b>", page
    )
    assert "Geteilte Wand" in page and "disabled>A übernehmen" in page


def test_a_drawing_has_another_revision_after_the_settings_have_changed(client, library, machine):
    catalogue(machine)
    before = re.findall(r'value="(\w+)"[^>]* data-revision="(\w+)"', page_of(client))
    settings = json.loads(machine.paths.config.read_text())
    machine.paths.config.write_text(json.dumps(settings | {"OverlayPart": {"outputQuality": "77"}}))
    after = re.findall(r'value="(\w+)"[^>]* data-revision="(\w+)"', page_of(client))
    assert [name for name, _ in before] == [name for name, _ in after] and len(before) > 4
    assert not set(before) & set(after)


def test_before_there_is_artwork_it_says_what_to_do(client, roots, machine):
    catalogue(machine)
    assert "There is no artwork of this kind yet" in page_of(client, "?kind=season") and "<li" not in page_of(
        client
    )
