"""Duels over the API: a pair, a choice, a skip, taking back, and the taste after some dozen choices."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.core.duels.taste import FEWEST_CHOICES
from app.poster.journal.journal import Journal
from app.poster.records.candidate import Lettered, ProviderName
from app.poster.records.decision import Considered
from tests.candidates import TMDB, TVDB, make_candidate, picture_host
from tests.pictures import make_picture
from tests.poster.records.test_records import record

TITLES = [f"Film {number:02} (2000)" for number in range(FEWEST_CHOICES + 3)]


def with_two_candidates(title):
    """A record with one picture of TMDB and one of TVDB; the film's name is in their addresses."""
    name = title.replace(" ", "")
    chosen = make_candidate(address=f"{TMDB}{name}.jpg")
    other = make_candidate(ProviderName.TVDB, f"{TVDB}{name}-b.jpg", lettered=Lettered.WITH_TEXT)
    known, path = record(), f"Movies/{title}/poster.jpg"
    decision = replace(
        known.decision,
        path=path,
        title=title,
        root_folder=title,
        chosen=chosen,
        considered=(Considered(other, "not the first"),),
    )
    return replace(known, path=path, decision=decision)


@pytest.fixture
def offered(machine, client):
    write_candidates(machine)
    with picture_host(machine, make_picture((200, 300), color=(40, 40, 40))) as host:
        yield host


def write_candidates(machine):
    journal = Journal(machine.paths.engine)
    for title in TITLES:
        journal.note(with_two_candidates(title))
    journal.end("run", datetime(2026, 11, 29, tzinfo=UTC))
    journal.close()


def choose(client, state, provider):
    sides = sorted(
        (state["pair"][side] for side in ("left", "right")), key=lambda one: one["provider"] != provider
    )
    won, lost = (one["address"] for one in sides)
    answer = client.post(
        "/api/duel/choices", json={"asset": state["pair"]["asset"], "won": won, "lost": lost}
    )
    assert answer.status_code == 200, answer.json
    return answer.json


def test_after_some_dozen_choices_the_taste_is_told_with_its_numbers_and_the_setting(client, offered):
    state = client.get("/api/duel").json
    assert (state["choices"], state["enough"], state["taste"]) == (0, FEWEST_CHOICES, [])
    assert client.get(state["pair"]["left"]["picture"]).mimetype == "image/webp"
    seen = []
    for _ in range(FEWEST_CHOICES):
        seen.append(state["pair"]["asset"])
        state = choose(client, state, "tvdb")
    assert len(set(seen)) == FEWEST_CHOICES == state["choices"]
    rules = {(one["code"], one["value"]): one for one in state["taste"]}
    assert set(rules) == {("provider", "tvdb"), ("lettered", "")}
    tvdb = rules["provider", "tvdb"]
    assert (tvdb["agreed"], tvdb["pairs"], tvdb["is_sure"]) == (FEWEST_CHOICES, FEWEST_CHOICES, True)
    assert tvdb["settings"] == {"ApiPart": {"FavProvider": "tvdb"}}


def test_a_choice_is_taken_back_and_a_skipped_pair_does_not_come_again(client, offered):
    first = client.get("/api/duel").json
    after = choose(client, first, "tmdb")
    assert after["pair"]["asset"] != first["pair"]["asset"]
    assert client.delete("/api/duel/choices/last").json["pair"] == first["pair"]
    skipped = client.post("/api/duel/skips", json={"asset": first["pair"]["asset"]}).json
    assert (skipped["choices"], skipped["skipped"]) == (0, 1)
    assert skipped["pair"]["asset"] == after["pair"]["asset"]
    client.delete("/api/duel/choices/last")
    refused = client.delete("/api/duel/choices/last")
    assert refused.status_code == 409 and "no choice" in refused.json["detail"]


def test_a_choice_counts_without_a_look_where_a_picture_cannot_be_had(client, offered):
    state = client.get("/api/duel").json
    offered.trouble = lambda handler: handler.send(500, b"")
    assert choose(client, state, "tvdb")["choices"] == 1


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"asset": "Movies/None/poster.jpg", "won": "a", "lost": "b"},
        {"asset": f"Movies/{TITLES[0]}/poster.jpg", "won": "http://169.254.169.254/", "lost": "b"},
        {"asset": "a\0", "won": "a", "lost": "b"},
    ],
)
def test_only_the_two_pictures_of_a_duel_can_be_chosen(client, offered, body):
    assert client.post("/api/duel/choices", json=body).status_code == 400
    assert client.get("/api/duel").json["choices"] == 0


def test_without_candidates_there_is_no_pair(client):
    assert client.get("/api/duel").json["pair"] is None
