"""Why a picture was chosen, in the words of the catalogue, for every kind of record."""

import re
from inspect import getsource

import pytest

from app.poster.choosing import explaining
from app.poster.records.candidate import ProviderName
from app.ui.catalogue import LANGUAGES, texts_in
from app.ui.picture_words import CAUSES, ONLINE, OWN, Said, why_chosen_in_words


def make_record(owner="ours", reason="new", drawn=None, **decision):
    chosen = {"provider": "TMDB", "lettered": "textless", "language": "", "region": ""}
    return {
        "owner": owner,
        "reason": reason,
        "drawn": drawn or {},
        "decision": {"chosen": chosen, "notes": [], "rules": [], "fallback": False, **decision},
    }


def chosen(provider="TMDB", lettered="with text", language="", region=""):
    return {"provider": provider, "lettered": lettered, "language": language, "region": region}


@pytest.mark.parametrize(
    ("record", "owner", "what"),
    [
        (make_record(), "ours", Said("textless", {"provider": "TMDB"})),
        (make_record(chosen=chosen("TVDB")), "ours", Said("unlettered", {"provider": "TVDB"})),
        (make_record(chosen=chosen("Server")), "ours", Said("server")),
        (make_record(chosen=chosen("Typographic")), "ours", Said("typographic")),
        (make_record(chosen=chosen("Somebody new")), "ours", Said("unknown")),
        (make_record(chosen=None), "ours", Said("unknown")),
        (make_record("a person", "put_by_hand"), "a person", Said("put")),
        (make_record("a person", "by_hand"), "a person", Said("hand")),
        (make_record("another tool", "other_tool"), "another tool", Said("tool")),
        (make_record("nobody"), "nobody", Said("unknown")),
        (None, "", Said("unknown")),
        (None, "a person", Said("hand")),
        (None, "another tool", Said("tool")),
    ],
)
def test_what_was_taken_is_said_for_each_kind_of_record(record, owner, what):
    assert why_chosen_in_words(record, owner).what == what


def test_a_held_picture_keeps_the_reason_why_it_was_chosen_and_a_language_is_marked():
    record = make_record("a person", "held", chosen=chosen(language="pt", region="BR"))
    found = why_chosen_in_words(record, "a person")
    assert found.what.name == "language" and 'data-language="pt-BR"' in found.what.values["language"]
    assert Said("held") in found.more
    hostile = make_record(chosen=chosen(language='"><b>'))
    assert "<b>" not in why_chosen_in_words(hostile, "ours").what.values["language"]


def test_every_cause_that_the_engine_writes_is_known():
    written = set(re.findall(r'"because ([^"{]+)"', getsource(explaining)))
    assert written == set(CAUSES)
    assert {*ONLINE, *OWN} == {name.value for name in ProviderName}
    note = "a textless poster of TMDB is used, because the settings put it first"
    assert why_chosen_in_words(make_record(notes=["x", note]), "ours").because == "settings"
    assert why_chosen_in_words(make_record(notes=["of a later version"]), "ours").because is None


def test_fallback_rules_and_losses_are_named():
    record = make_record(
        drawn={"truncated": True, "missing": ["ʘ", "ↈ"]}, fallback=True, rules=["<i>Kids</i>: no text"]
    )
    names = [fact.name for fact in why_chosen_in_words(record, "ours").more]
    assert names == ["fallback", "rule", "truncated", "glyphs"]
    for language in LANGUAGES:
        words = texts_in(language)
        said = [
            words(f"picture.fact.{fact.name}", **fact.values)
            for fact in why_chosen_in_words(record, "ours").more
        ]
        assert "&lt;i&gt;Kids" in said[1] and "ʘ ↈ" in said[3]
