"""The page of the designs, as the server renders it."""

import re

import pytest

from tests.api.test_assets import roots
from tests.core.designs.making import make_design
from tests.pictures import make_picture
from tests.trees import catalogue, make_image

__all__ = ["roots"]

PATHS = ("Movies/Alien (1979)/poster.jpg", "TV/Dark (2017)/Season01.jpg", "TV/Dark (2017)/S01E01.jpg")


@pytest.fixture
def artwork(machine, roots):
    for number, path in enumerate(PATHS):
        make_image(roots["assets"], path, make_picture((20, 30), color=(number, 9, 9)))
    catalogue(machine)


def page_of(client, address="/server/designs", **options):
    answer = client.get(address, **options)
    assert answer.status_code == 200
    return answer.text.partition("<main")[2]


def ids(page):
    return re.findall(r'data-id="([^"]+)"', page)


def test_every_design_is_drawn_on_samples_where_there_is_no_artwork(client):
    page = page_of(client, base_url="http://localhost/base")
    assert ids(page)[:3] == ["present", "classic", "textless-logo"] and len(ids(page)) == 10
    assert 'src="/base/api/designs/classic/preview?kind=poster&amp;width=520&amp;revision=' in page
    assert "a sample stands in its place" in page and "Sample of a title card in “Anime”" in page
    assert "Show other pictures" not in page and "Undo the last taking" in page


def test_designs_are_drawn_on_the_own_pictures_and_others_can_be_asked_for(client, artwork):
    page = page_of(client)
    assert "asset=Movies%2FAlien+%281979%29%2Fposter.jpg&amp;kind=poster" in page
    assert (
        "S01E01 | Dark (2017), title card, in “Minimal”" in page
        and "asset=TV%2FDark+%282017%29%2FSeason01.jpg" in page
    )
    assert 'href="/server/designs?turn=1"' in page
    assert page_of(client, "/server/designs?turn=" + "9" * 30)


def test_the_present_one_is_marked_and_stands_first_with_the_licences_of_its_fonts(client):
    client.post("/api/designs/gallery/take")
    page = page_of(client, headers={"Accept-Language": "de"})
    assert ids(page)[0] == "gallery" and "present" not in ids(page)
    assert page.count("In Gebrauch") == 1 and page.index("In Gebrauch") < page.index("Filmplakat klassisch")
    assert "Noto Serif Display SemiBold (SIL Open Font License 1.1)" in page
    assert re.search(r'id="undo-taking" disabled>', page)


def test_own_designs_can_be_deleted_and_what_they_say_is_only_text(client, machine):
    make_design(machine.paths, name="mine", **{"description": "<script>x</script>"})
    page = page_of(client)
    assert page.count("data-delete") == 1 and "&lt;script&gt;x" in page and "<script>x" not in page
    assert 'href="/api/designs/mine/export" download="mine.posterizarr"' in page
    assert "Own (OFL)" in page
