"""What the engine is asked about settings and rules that are not saved, and what becomes of its answers."""

import pytest

from app.core.errors import Conflict
from app.core.prices import looked_through, names_for, price_of
from app.core.settings.mistakes import InvalidSettings

TALL = {"name": "Tall", "when": {"library": "Films"}, "set": {"text": False}}
OTHER = {"name": "Other", "when": {"library": "Shows"}, "set": {"text": True}}
AGAINST = {"name": "Against", "when": {"library": "Films"}, "set": {"text": True}}
WRONG = {"name": "Wrong", "when": {"library": "Films"}, "set": {"text": "perhaps"}}


class Engine:
    """Keeps the questions, and answers each with the same."""

    def __init__(self, **answer):
        self.answer = answer
        self.asked = []

    def __call__(self, question, slot=""):
        self.asked.append((question, slot))
        return self.answer


@pytest.mark.parametrize(
    ("wanted", "question", "slot"),
    [
        ({}, {}, ""),
        ({"settings": None, "design": None, "rules": None, "slot": None}, {}, ""),
        ({"settings": {"A": {"b": "1"}}, "slot": "page"}, {"settings": {"A": {"b": "1"}}}, "page"),
        ({"design": "cinema", "rules": []}, {"design": "cinema", "rules": []}, ""),
        ({"rules": [TALL], "other": 1}, {"rules": [TALL]}, ""),
    ],
)
def test_the_engine_is_asked_for_what_is_given(wanted, question, slot):
    engine = Engine(found={"pictures": 3})
    assert price_of(engine, wanted) == {"pictures": 3}
    assert engine.asked == [({"about": "price", **question}, slot)]


def test_a_price_of_wrong_rules_is_not_asked_for():
    engine = Engine(found={})
    with pytest.raises(InvalidSettings) as refused:
        price_of(engine, {"rules": [TALL, WRONG]})
    assert list(refused.value.errors) == ["rules[1].set.text"] and engine.asked == []


def test_a_wrong_rule_leaves_the_places_of_the_others():
    engine = Engine(found={"rules": [{"titles": 1}, {"titles": 2}]})
    found = looked_through(engine, [TALL, WRONG, OTHER])
    assert engine.asked == [({"about": "matches", "rules": [TALL, OTHER]}, "")]
    assert found["matches"] == [{"titles": 1}, None, {"titles": 2}]
    assert list(found["mistakes"]) == ["rules[1].set.text"]


def test_contradictions_name_the_rules_by_their_place_among_all():
    engine = Engine(found={"rules": [{}, {}]})
    (conflict,) = looked_through(engine, [WRONG, TALL, AGAINST])["conflicts"]
    assert (conflict["first"], conflict["second"], conflict["setting"]) == (1, 2, "text")


def test_a_rule_with_the_name_of_another_is_counted_and_named_as_a_mistake():
    engine = Engine(found={"rules": [{"titles": 1}, {"titles": 2}]})
    found = looked_through(engine, [TALL, {**OTHER, "name": "Tall"}])
    assert found["matches"] == [{"titles": 1}, {"titles": 2}] and found["mistakes"]


def test_what_is_no_list_of_rules_is_refused():
    with pytest.raises(InvalidSettings):
        looked_through(Engine(found={"rules": []}), "all")


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({"problem": "there is no journal"}, "There is no journal."),
        ({"problem": "There is no journal."}, "There is no journal."),
        ({}, "The engine did not understand the question."),
    ],
)
def test_what_the_engine_cannot_know_is_a_conflict_with_its_reason(answer, sentence):
    with pytest.raises(Conflict) as refused:
        names_for(Engine(**answer), "library", "Fi")
    assert str(refused.value) == sentence
