"""The page from the sofa, as the server renders it."""

import re

from tests.api.test_assets import SHOW, library, roots
from tests.trees import catalogue, make_image

__all__ = ["library", "roots"]


def page_of(client, query="", **options):
    answer = client.get(f"/server/designs/sofa{query}", **options)
    assert answer.status_code == 200
    return answer.text.partition("<main")[2].partition("</main")[0]


def row(page, view, name):
    """The paths of the tiles of a row of a view."""
    screen = page.partition(f'data-view="{view}">')[2]
    return re.findall(
        r'data-path="([^"]*)"', screen.partition(f'aria-label="{name}">')[2].partition("</ul>")[0]
    )


def test_without_artwork_it_says_what_to_do(client, roots, machine):
    catalogue(machine)
    page = page_of(client)
    assert "There is no artwork yet" in page and 'href="/server/runs"' in page and "<img" not in page


def test_each_client_shows_the_own_pictures_with_its_own_marks_on_both_devices(client, library, machine):
    catalogue(machine)
    page = page_of(client, base_url="http://localhost/base")
    posters = ["4K Movies/Alien (1979)/poster.jpg", f"TV Shows/{SHOW}/poster.jpg"]
    for client_name in ("plex", "jellyfin", "emby"):
        for device in ("television", "phone"):
            view = f"{client_name}-{device}"
            assert sorted(row(page, view, "Recently added")) == posters
            assert row(page, view, "Continue watching") == [f"TV Shows/{SHOW}/background.jpg"]
    shows = page.partition('data-view="emby-television">')[2].partition('data-view="emby-television">')[2]
    assert row(shows, "emby-phone", "Seasons") == [f"TV Shows/{SHOW}/Season02.jpg"]
    assert row(page[page.rindex('data-view="plex-phone"') - 1 :], "plex-phone", "Episodes") == [
        f"TV Shows/{SHOW}/S01E01.jpg",
        f"TV Shows/{SHOW}/S01E02.jpg",
    ]
    plex, _, others = page.partition('id="client-jellyfin"')
    assert 'class="unwatched"' in plex and 'class="watched"' not in plex
    assert 'class="watched"' in others and 'class="unwatched"' not in others
    assert 'src="/base/api/designs/present/preview?asset=' in page
    assert 'src="/base/api/thumbnail?path=' in page_of(
        client, "?design=files", base_url="http://localhost/base"
    )
    assert "geometry is estimated" in plex.partition('id="client-plex"')[2] and "estimated" not in others


def test_a_picture_that_the_address_names_comes_first_in_its_row(client, library, machine):
    make_image(library, "4K Movies/Older (1970)/poster.jpg", bytes(70))
    catalogue(machine)
    for path, view, name in (
        ("4K Movies/Alien (1979)/poster.jpg", "plex-phone", "Recently added"),
        (f"TV Shows/{SHOW}/poster.jpg", "emby-television", "Recently added"),
    ):
        assert row(page_of(client, f"?asset={path}"), view, name)[0] == path
    assert "There is no" not in page_of(client, "?asset=no/such.jpg&design=no&client=kodi")


def test_the_stylesheet_has_the_geometry_of_each_view(client):
    answer = client.get("/server/designs/sofa.css")
    assert answer.mimetype == "text/css"
    rule = answer.text.partition('[data-view="jellyfin-television"] {')[2].partition("}")[0]
    for line in ("--across: 960;", "--tall-width: 100;", "--radius: 12;", "--progress-inset: 8;"):
        assert line in rule
    again = client.get("/server/designs/sofa.css", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_a_client_of_the_address_is_the_one_that_is_shown(client, library, machine):
    catalogue(machine)
    page = page_of(client, "?client=emby", headers={"Accept-Language": "de"})
    assert re.search(r'id="client-plex"[^>]* hidden>', page) and not re.search(
        r'id="client-emby"[^>]* hidden>', page
    )
    assert "Weiterschauen" in page
