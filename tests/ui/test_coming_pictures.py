"""A plan shows beside each present picture the source of what would come, through this server alone."""

from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from app.core.decisions.versions import asset_file
from app.ui.catalogue import texts_in
from app.ui.coming_pictures import ABSENT, EARLIER, LABELS, SOURCE
from tests.core.decisions.test_versions import FILM, FIRST, SECOND, sha, write
from tests.past_runs import make_run
from tests.poster.journal.steps import written
from tests.ui.test_run_page import make_step, write_plan
from tests.ui.test_runs_page import add, own_artwork  # noqa: F401

TMDB = "https://image.tmdb.org/t/p/original/a&b.jpg"


def step_of(client, machine, base="http://localhost", arguments=(), mode="plan", **facts):
    """The words of the only step of a plan."""
    write_plan(machine, 1, [make_step(FILM, **facts)], {"totals": {}, "reasons": {}})
    add(machine, make_run(mode=mode, arguments=list(arguments)))
    return (
        client.get("/server/runs/1", base_url=base)
        .text.partition('<ol class="steps">')[2]
        .partition("</ol>")[0]
    )


def test_the_present_picture_stands_beside_the_source_of_the_next_one(client, machine):
    asset = asset_file(machine.paths.engine, machine.roots.path("assets"), FILM)
    written(asset.root / FILM, FIRST)
    step = step_of(
        client, machine, "http://localhost/posters", action="replace", reason="source_changed", address=TMDB
    )
    assert step.index("<figcaption>Now<") < step.index("<figcaption>New source, before it is drawn<")
    sources = [unescape(part.partition('"')[0]) for part in step.split('src="')[1:]]
    assert len(sources) == 2 and all(source.startswith("/posters/api/") for source in sources)
    query = parse_qs(urlsplit(sources[1]).query)
    assert query["address"] == ["https://image.tmdb.org/t/p/w342/a&b.jpg"] and query["width"] == ["320"]
    forged = client.get("/api/assets/candidate-preview?address=https://example.org/a.jpg&width=320&seal=x")
    assert (forged.status_code, len(query["seal"][0])) == (403, 32)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"reason": "overlay_changed", "address": TMDB}, "The same source, drawn anew"),
        ({"reason": "asked", "address": TMDB}, "Source, before it is drawn"),
        ({"provider": "Manual", "address": "/assets/<b>.jpg"}, "A file of your own folders: no preview"),
        (
            {"provider": "Server", "address": "/library/metadata/1"},
            "A picture of the media server: no preview",
        ),
        ({"provider": "Typographic"}, "Drawn from words alone"),
        ({"provider": "Later", "address": "javascript:alert(1)"}, "No preview of the source"),
    ],
)
def test_a_source_is_named_for_what_it_is_and_is_no_broken_picture(client, machine, facts, words):
    step = step_of(client, machine, **facts)
    assert words in step and ("data-coming" in step) == (facts.get("address") == TMDB)


@pytest.mark.parametrize(
    ("run", "facts"),
    [
        ({}, {"action": "skip", "reason": "unchanged"}),
        ({}, {"action": "delete", "reason": "library_gone", "provider": ""}),
        ({"arguments": ["-Backup"]}, {}),
        ({"mode": "normal"}, {}),
    ],
)
def test_what_is_not_drawn_has_no_source(client, machine, run, facts):
    step = step_of(client, machine, **run, **{"address": TMDB, **facts})
    assert FILM in step and 'class="coming"' not in step


def test_the_version_that_an_undo_would_put_back_stands_beside_the_present_picture(client, machine):
    asset = asset_file(machine.paths.engine, machine.roots.path("assets"), FILM)
    written(asset.root / FILM, FIRST)
    write(asset, SECOND, 1)
    step = {"action": "restore", "reason": "undoing", "provider": ""}
    at_server = make_step(FILM, **step, detail="the poster at Plex")
    write_plan(machine, 1, [make_step(FILM, **step, content=sha(FIRST)), at_server], {"totals": {}})
    add(machine, make_run(mode="plan", arguments=["-Undo", "7"]))
    page = client.get("/server/runs/1").text
    coming = page.partition('class="coming"')[2].partition("</figure>")[0]
    assert page.count('class="coming"') == 1 and "Earlier picture, put back" in coming
    address = urlsplit(unescape(coming.partition('src="')[2].partition('"')[0]))
    with client.get(address.path) as picture:
        assert (picture.status_code, picture.data, address.query) == (200, FIRST, "width=320")


def test_a_plan_of_an_earlier_version_without_addresses_is_shown(client, machine):
    step = {
        "path": FILM,
        "title": "Alien",
        "kind": "poster",
        "action": "create",
        "reason": "new",
        "why": "new",
    }
    write_plan(machine, 1, [step])
    add(machine, make_run(mode="plan"))
    assert "Alien" in client.get("/server/runs/1").text


def test_the_changes_of_a_plan_stand_above_what_is_left_alone_and_what_was_not_made(client, machine):
    steps = [
        make_step("left.jpg", action="skip", reason="nothing_found", provider=""),
        make_step("new.jpg"),
        make_step("other.jpg", action="replace", reason="source_changed"),
    ]
    write_plan(machine, 1, steps, {"totals": {}, "reasons": {"nothing_found": 1}})
    write_plan(machine, 2, steps, {"totals": {}, "reasons": {"nothing_found": 1}})
    add(machine, make_run(mode="plan"), make_run(mode="normal"))
    page = client.get("/server/runs/1").text
    places = [page.index(words) for words in ("<strong>other", "<strong>new", 'path">left', 'id="failed"')]
    assert places == sorted(places) and page.count('id="failed"') == 1
    run = client.get("/server/runs/2").text
    assert run.index('id="failed"') < run.index('id="plan"') and run.count('id="failed"') == 1


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_label_and_every_excuse_has_a_text(language):
    labels = {f"run.plan.coming.{label}" for label in (*LABELS.values(), SOURCE, EARLIER)}
    excuses = {f"run.plan.absent.{name}" for name in (*ABSENT.values(), "none")}
    assert (labels | excuses) - set(texts_in(language).texts) == set()
