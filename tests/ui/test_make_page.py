"""The page on which a poster is made by hand, as the server renders it."""

import pytest

from tests.edited_artwork import make_trees


def page_of(client, query=""):
    answer = client.get(f"/server/make{query}")
    assert answer.status_code == 200
    return answer.text.partition("<main")[2]


def test_an_empty_installation_can_make_one_for_a_new_item(client):
    page = page_of(client)
    assert 'data-asset=""' in page and '<option value="poster" selected>' in page
    assert '<datalist id="libraries"></datalist>' in page


@pytest.mark.parametrize(
    ("asset", "kind"),
    [
        ("Movies/Alien (1979)/poster.jpg", "poster"),
        ("TV Shows/Dark (2017)/Season02.jpg", "season"),
        ("TV Shows/Dark (2017)/S01E02.jpg", "title_card"),
        ("Movies/Alien (1979)/background.jpg", "background"),
        ("Collections/Movies/Alien/poster.jpg", "collection"),
    ],
)
def test_a_picture_that_leads_here_is_the_place_with_its_kind(client, machine, monkeypatch, asset, kind):
    make_trees(machine, monkeypatch)
    page = page_of(client, f"?asset={asset}")
    assert f'data-asset="{asset}"' in page and f'<option value="{kind}" selected>' in page
    assert '<option value="Movies"></option>' in page


@pytest.mark.parametrize("asset", ["../config.json", "a%00b.jpg", "x.txt", '"><b>.txt'])
def test_what_is_no_picture_is_no_place(client, asset):
    assert 'data-asset=""' in page_of(client, f"?asset={asset}")


def test_who_may_not_change_artwork_is_refused(client, machine):
    key = client.post("/api/auth/keys", json={"name": "reader", "scopes": ["read"]}).json["key"]
    assert client.get("/server/make", headers={"X-API-Key": key}).status_code == 403
    assert client.get("/server/library").text.count("/server/make") == 1
