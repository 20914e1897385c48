"""The page of the triggers, as the server renders it."""

import json
import re

import pytest

from app.core.triggers.sender_tests import note_test
from app.models import Trigger
from app.models.base import now
from app.services import keys
from tests.api.test_triggers import kill_letter, request
from tests.triggers import deliver, make_episodes, make_film, make_tautulli


def page_of(client, query="", **options):
    answer = client.get(f"/server/triggers{query}", **options)
    assert answer.status_code == 200
    return answer.text.partition("<main")[2]


@pytest.fixture
def machine(machine):
    machine.config.path.write_text(json.dumps({"ApiPart": {"tvdbapi": "secret-of-tvdb-4711"}}))
    return machine


def test_an_empty_page_says_what_to_do(client):
    page = page_of(client)
    assert "Nothing came in yet. Connect a sender above" in page
    assert page.count("Waiting for the first test of") == 3


def test_each_state_says_what_it_waits_for_or_why_it_failed(client, machine):
    (failed,) = deliver(machine, make_film(title="Alien <3"))
    kill_letter(machine, failed, "the <b> script broke")
    (queued,) = deliver(machine, make_tautulli())
    (run,) = request(machine, queued)
    deliver(machine, make_episodes(1))
    page = page_of(client)
    assert "Waits for more of the same until <time" in page
    assert f'href="/server/runs/{run}">run {run}</a>' in page
    assert "Alien &lt;3" in page and "Reason: the &lt;b&gt; script broke · Tried: 1." in page
    assert page.count("data-replay=") == 1 and f'data-replay="{failed}"' in page
    assert page.count("data-forget=") == 2  # what is in a run is stopped there


def test_items_are_named_in_the_language_of_the_reader(client, machine):
    deliver(machine, make_tautulli(48120), make_episodes(1), make_episodes(4, 5))
    german, english = page_of(client, headers={"Accept-Language": "de"}), page_of(client)
    assert "<h3>Film 48120 bei Plex</h3>" in german and "<h3>Movie 48120 of Plex</h3>" in english
    assert re.search("<h3>[^<]*, Staffel 1, Folge 1</h3>", german)
    assert re.search("<h3>[^<]*, season 1, episodes 4-5</h3>", english)
    assert 'data-name="Film 48120 bei Plex"' in german


def test_what_was_sent_is_shown_without_secrets(client, machine):
    deliver(machine, make_film(title="secret-of-tvdb-4711 and api_key=abcdef"))
    page = page_of(client)
    assert "<dt>arr_movie_title</dt>" in page and "<dt>arr_movie_tmdb</dt><dd>348</dd>" in page
    assert "4711" not in page.partition('class="payload"')[2] and "abcdef" not in page.partition("payload")[2]


def test_state_sender_and_page_stand_in_the_address(client, machine):
    deliver(machine, *(make_film(tmdb=number, title=f"Film {number}") for number in range(1, 28)))
    deliver(machine, make_tautulli())
    first = page_of(client, "?sender=Radarr&state=waiting")
    assert first.count('<li id="trigger-') == 25
    assert 'href="/server/triggers?state=waiting&amp;sender=Radarr&amp;page=2"' in first
    assert '<option value="waiting" selected>Waiting (28)</option>' in first
    assert page_of(client, "?sender=Radarr&page=2").count('<li id="trigger-') == 2
    assert page_of(client, "?sender=Tautulli").count('<li id="trigger-') == 1
    assert "No trigger matches" in page_of(client, "?state=failed")
    assert page_of(client, "?state=x&sender=y&page=-1").count('<li id="trigger-') == 25


def test_the_guides_have_the_addresses_as_this_caller_reaches_them(client):
    page = page_of(client, base_url="https://posters.example/base")
    assert page.count(">https://posters.example/base/api/webhook/arr</output>") == 2
    assert ">https://posters.example/base/api/webhook/tautulli?api_key=KEY</output>" in page
    assert "{grandparent_rating_key}" in page


@pytest.mark.parametrize(
    ("path", "body", "sender"),
    [
        ("arr", {"eventType": "Test", "series": {"title": "x"}}, "Sonarr"),
        ("arr", {"eventType": "Test", "movie": {"title": "x"}}, "Radarr"),
        ("tautulli", {}, "Tautulli"),
    ],
)
def test_a_test_of_a_sender_is_shown_with_the_key_that_it_used(
    client, machine, anonymous, path, body, sender
):
    _, plain = keys.create_key(machine, "my <key>", ["webhook"])
    answer = anonymous.post(f"/api/webhook/{path}", json=body, headers={"X-API-Key": plain})
    assert answer.status_code == 200, answer.json
    guide = page_of(client).partition(f'id="guide-{sender}"')[2].partition("</details>")[0]
    assert "Test received: <time" in guide and "with the key “my &lt;key&gt;”" in guide
    with machine.database.reading() as session:
        assert session.query(Trigger).count() == 0


def test_the_page_speaks_german_and_needs_the_scope_to_read(client, anonymous, machine):
    with machine.database.writing() as session:
        note_test(session, "Radarr", "Radarr", now())
    page = page_of(client, headers={"Accept-Language": "de"})
    assert "Test empfangen: <time" in page and "?api_key=SCHLÜSSEL" in page
    _, plain = keys.create_key(machine, "Sonarr", ["webhook"])
    assert anonymous.get("/server/triggers", headers={"X-API-Key": plain}).status_code == 403
    assert anonymous.get("/server/triggers").status_code == 303
