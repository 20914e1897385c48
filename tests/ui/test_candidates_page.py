"""The candidates for a picture as the server renders them."""

import html
import re

import pytest

from app.core.replacing import provider_search
from app.poster.records.candidate import Lettered, ProviderName
from tests.api.test_assets import roots
from tests.candidates import FANART, FILM, TMDB, TVDB, make_candidate, picture_host, providers, write_record
from tests.doubles.loopback import breaking
from tests.pictures import make_picture
from tests.trees import make_image

__all__ = ["roots"]

PAGE = f"/server/candidates/{FILM}"
ODD = '"><b>odd</b>'
LOST = [
    (
        make_candidate(ProviderName.TVDB, f"{TVDB}b.jpg", lettered=Lettered.WITH_TEXT, language="de"),
        "textless pictures come before pictures in de",
    ),
    (
        make_candidate(ProviderName.FANART, f"{FANART}{ODD}.jpg", width=900, height=1350, votes=0.0, likes=7),
        "900 x 1350 is smaller than 2000 x 3000",
    ),
    (make_candidate(ProviderName.SERVER, "/library/7/thumb", lettered=Lettered.UNKNOWN), ODD),
    (
        make_candidate(address="/in/a/folder.jpg", lettered=Lettered.WITH_TEXT, language="ja"),
        "its language ja is not in the list xx, en",
    ),
]


@pytest.fixture
def film(machine, roots):
    make_image(roots["assets"], FILM, make_picture((20, 30)))
    write_record(machine.paths.engine, considered=LOST)


def page_of(client, query="", path=PAGE, **headers):
    answer = client.get(f"{path}{query}", headers=headers)
    assert answer.status_code == 200
    return answer.text


def tiles(page):
    return page.split('<li class="candidate')[1:]


def test_each_candidate_is_a_picture_of_this_server_with_the_reason_why_not(client, machine, film):
    page = page_of(client)
    found = tiles(page)
    assert len(found) == 5 and "Chosen by the last run" in found[0] and "without text" in found[0]
    assert 'is not among without text, <span data-language="en">en</span>' in found[4]
    assert "Pictures without text come first" in found[1] and 'data-language="de"' in found[1]
    assert "900 x 1350 is smaller than 2000 x 3000" in found[2] and "<b>odd</b>" not in page
    assert "Media server" in found[3] and "data-take" not in found[3]
    sources = [html.unescape(link) for link in re.findall(r'<img src="([^"]*)"', page)]
    assert all(link.startswith("/") for link in sources)
    with picture_host(machine) as host:
        previews = [link for link in sources if "candidate-preview" in link]
        assert {client.get(link).status_code for link in previews} == {200} and len(previews) == 3
    assert len(host.asked) == 3


def test_without_keys_the_page_says_which_one_is_missing_and_where_it_is_set(client, film):
    page = page_of(client)
    settings = "(ApiPart: tmdbtoken, tvdbapi, FanartTvAPIKey)"
    assert f"TMDB, TVDB and Fanart.tv are not searched: no key is set {settings}." in page
    german = page_of(client, **{"Accept-Language": "de"})
    assert (
        f"TMDB, TVDB und Fanart.tv werden nicht gefragt: Es ist kein Schlüssel gesetzt {settings}." in german
    )
    assert german.count("kein Schlüssel") == 1 and "Bilder ohne Text kommen zuerst" in german


def test_offers_and_record_are_one_list_and_a_provider_that_fails_is_named(
    client, machine, film, monkeypatch
):
    with providers(machine, monkeypatch) as running:
        running.fanart.misbehave("/", breaking, always=True)
        page = page_of(client)
        assert len(tiles(page)) == 8 and "Fanart.tv gave nothing" in page
        assert page.count("Not among those that the last run recorded") == 3
        lettered = tiles(page_of(client, "?candidate_text=text"))
        assert len(lettered) == 3 and all(
            "without text" not in tile.partition('"why"')[0] for tile in lettered
        )
        asked = len(running.tmdb.asked)
        running.fanart.faults.clear()
        assert "gave nothing" not in page_of(client)
        assert len(tiles(page_of(client, "?candidate_provider=fanart"))) == 3
        assert len(running.tmdb.asked) - asked <= 1


def test_a_season_is_offered_the_posters_of_its_show(client, machine, roots, monkeypatch):
    with providers(machine, monkeypatch):
        page = page_of(client, path="/server/candidates/TV/Dark (2017)/Season01.jpg")
    assert "dark-tmdb-season-1.jpg" in page and "dark-tmdb-de.jpg" in page
    kinds = page.partition('id="candidate-facet-kind"')[2].partition("</section>")[0]
    assert "season" in kinds and "poster" in kinds


def test_another_title_is_searched_alone(client, machine, film, monkeypatch):
    with providers(machine, monkeypatch):
        page = page_of(client, "?candidate_title=tmdb-70523&candidate_medium=tv&candidate_show=all")
    assert "dark-tmdb-de.jpg" in page and f"{TVDB}b.jpg" not in page
    assert 'value="tmdb-70523"' in page


def test_an_engine_that_does_not_answer_leaves_the_candidates_of_the_record(
    client, machine, film, monkeypatch
):
    with providers(machine, monkeypatch):
        monkeypatch.setattr(provider_search, "LONGEST", 0.01)
        page = page_of(client)
    assert len(tiles(page)) == 5 and "The providers were not searched" in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("Movies/Nobody (1979)/poster.jpg", 200),
        (f"{ODD.replace('/', '')}.jpg", 200),
        ("TV/Dark (2017)/S01E01.jpg", 200),
        ("a/%2e%2e/b.jpg", 404),
        ("Movies/notes.txt", 404),
        ("a%00.jpg", 404),
        ("x" * 5000 + ".jpg", 404),
    ],
)
def test_any_path_is_answered(client, roots, path, status):
    answer = client.get(f"/server/candidates/{path}")
    assert answer.status_code == status and "<b>odd" not in answer.text


def test_below_a_base_path_every_address_is_below_it(client, film):
    page = client.get(PAGE, base_url="http://localhost/posters").text.partition("<main")[2]
    links = re.findall(r'(?:href|src|data-search|data-present|action)="([^"#]+)"', page)
    assert links and all(link.startswith("/posters/") for link in links)


def test_many_candidates_are_paged(client, machine, roots):
    lost = [(make_candidate(address=f"{TMDB}{n}.jpg"), "the chosen one is rated higher") for n in range(130)]
    write_record(machine.paths.engine, considered=lost)
    page = page_of(client)
    assert len(tiles(page)) == 60 and "Page 1 of 3" in page and len(page) < 200 * 1024
    (following,) = re.findall(r'rel="next" href="([^"]*)"', page)
    assert len(tiles(page_of(client, path=html.unescape(following)))) == 60
    assert page.count("<") / 2 < 2000


def test_who_may_only_look_searches_nothing(anonymous):
    assert anonymous.get(PAGE).status_code == 303
