"""One list of candidates from a decision record and from what the providers offer."""

import json
from dataclasses import replace

import msgspec
import pytest

from app.core.replacing.candidate_list import joined_candidates, offered_candidates, recorded_candidates
from app.poster.kinds import Kind
from app.poster.records.candidate import Lettered, ProviderName
from app.poster.records.decision import Considered
from tests.candidates import FANART, TMDB, make_candidate
from tests.poster.records.test_records import record


def made_record(chosen, *considered):
    """A record as the journal keeps it."""
    lost = tuple(Considered(*pair) for pair in considered)
    decision = replace(record().decision, chosen=chosen, considered=lost)
    return json.loads(msgspec.json.encode(replace(record(), decision=decision)))


def make_offer(address, **changes):
    facts = {"provider": "tmdb", "kind": "poster", "is_textless": False, "language": "de", "region": ""}
    return {"address": address, "width": 1000, "height": 1500, "votes": 4.0, "likes": 0, **facts, **changes}


def test_the_chosen_one_comes_first_then_the_offers_and_then_what_only_the_record_has():
    lost = make_candidate(
        ProviderName.FANART, f"{FANART}b.jpg", lettered=Lettered.WITH_TEXT, language="de", votes=0.0, likes=7
    )
    own = make_candidate(ProviderName.SERVER, "/library/metadata/7/thumb", lettered=Lettered.UNKNOWN)
    logo = make_candidate(address=f"{TMDB}logo.png", kind=Kind.LOGO)
    recorded = recorded_candidates(
        made_record(
            make_candidate(), (lost, "the chosen one is rated higher"), (own, "too late"), (logo, "x")
        )
    )
    offered = offered_candidates([make_offer(f"{TMDB}new.jpg"), make_offer(f"{FANART}b.jpg")])
    found = joined_candidates(recorded, offered)
    assert [(one.provider, one.address.rpartition("/")[2], one.is_chosen, one.is_known) for one in found] == [
        ("tmdb", "a.jpg", True, True),
        ("tmdb", "new.jpg", False, False),
        ("fanart", "b.jpg", False, True),
        ("server", "thumb", False, True),
    ]
    assert [one.text for one in found] == ["textless", "text", "text", "unknown"]
    assert found[2].why_not == "the chosen one is rated higher" and found[2].liking == 7
    assert [one.is_takeable for one in found] == [True, True, True, False]


@pytest.mark.parametrize("record_of_it", [None, {}, {"decision": None}, {"decision": {"chosen": None}}])
def test_without_a_decision_there_are_no_candidates(record_of_it):
    assert recorded_candidates(record_of_it) == []


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"is_textless": True, "language": ""}, "textless"),
        ({"is_textless": False, "language": "de"}, "text"),
        ({"is_textless": False, "language": ""}, "unknown"),
    ],
)
def test_an_offer_says_whether_it_shows_text(facts, text):
    (found,) = offered_candidates([make_offer(f"{TMDB}a.jpg", **facts)])
    assert found.text == text
