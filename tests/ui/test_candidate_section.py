"""What a request to take a picture says of its asset, and what a search goes by."""

import html
import json
import re

import pytest

from app.poster.records.decision import Treatment
from app.services.export_imports import import_exports_now
from app.ui.candidate_query import CandidateQuery
from app.ui.candidate_search import medium_of_asset, search_form
from tests.api.test_assets import roots
from tests.candidates import FILM, write_record
from tests.exported import make_film, write_pair

__all__ = ["roots"]

SEASON, CARD = "TV/Dark (2017)/Season01.jpg", "TV/Dark (2017)/S01E02.jpg"


def order_on_page(client, path):
    page = client.get(f"/server/candidates/{path}").text
    return json.loads(html.unescape(re.search(r"data-order='([^']*)'", page)[1]))


@pytest.mark.parametrize(
    ("path", "treatment", "texts"),
    [
        (FILM, Treatment(title="Alien"), {"title_text": "Alien"}),
        (FILM, Treatment(), {"title_text": "Alien"}),
        (
            SEASON,
            Treatment(title="Staffel 1", second="It's dark"),
            {"title_text": "It's dark", "season_title": "Staffel 1"},
        ),
        (CARD, Treatment(title="Lügen", second="S1 E2"), {"episode_title": "Lügen"}),
    ],
)
def test_a_picture_is_drawn_with_the_texts_of_the_last_run(client, machine, roots, path, treatment, texts):
    write_record(machine.paths.engine, path=path, treatment=treatment)
    order = order_on_page(client, path)
    own = {name: order[name] for name in order if name.endswith(("title", "text")) and name != "skips_text"}
    assert own == texts and order["library_name"] == "Movies" and order["skips_text"] is False


@pytest.mark.parametrize("name", ["SkipAddText", "SkipAddTextAndOverlay"])
def test_the_page_knows_that_the_settings_draw_no_title_on_a_title(client, machine, roots, name):
    machine.paths.config.write_text(json.dumps({"PrerequisitePart": {name: "true"}}))
    assert order_on_page(client, FILM)["skips_text"] is True


@pytest.mark.parametrize(
    ("path", "decision", "medium"),
    [
        ("Movies/Dark (2017)/poster.jpg", {"medium": "show"}, "tv"),
        (SEASON, {}, "tv"),
        (CARD, {}, "tv"),
        ("Serien/Dark (2017)/poster.jpg", {}, "tv"),
        ("Filme/Alien (1979)/poster.jpg", {}, "movie"),
        ("Unknown/Alien (1979)/poster.jpg", {}, "movie"),
        ("poster.jpg", {"medium": "nonsense"}, "movie"),
    ],
)
def test_record_path_and_exports_say_whether_it_is_a_show(machine, path, decision, medium):
    films = [
        make_film(library_name="Serien", library_type="show"),
        make_film(library_name="Filme", library_type="movie"),
    ]
    write_pair(machine.paths.logs, library=films)
    import_exports_now(machine, "plex")
    assert medium_of_asset(machine, path, decision) == medium


def test_a_search_goes_by_the_ids_of_the_title_or_by_what_was_typed_alone(machine):
    ids = [
        {"authority": "tmdb", "medium": "show", "value": "70523"},
        {"authority": "tvdb", "medium": "season", "value": "9"},
    ]
    record = {"decision": {"title": "Dark", "library": "TV", "medium": "show", "ids": ids}}
    known = search_form(machine, SEASON, record, CandidateQuery({}))
    assert (known["tmdb_id"], known["tvdb_id"], known["title"]) == ("70523", "", "Dark")
    assert (known["season_number"], known["media_type"], known["is_manual_search"]) == (1, "tv", False)
    typed = search_form(machine, SEASON, record, CandidateQuery({}, title="1899", medium="movie"))
    assert (typed["tmdb_id"], typed["title"], typed["media_type"]) == ("", "1899", "movie")
    assert typed["is_manual_search"] and typed["season_number"] == 1
