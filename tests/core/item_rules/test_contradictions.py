"""Two rules that contradict each other are named before a run: refused, or warned of."""

import pytest

from app.core.item_rules.contradictions import contradicting_settings, warnings
from tests.core.item_rules.test_checking import rule

RED = {"design": {"PosterOverlayPart": {"fontcolor": "red", "AddText": "true"}}}
BLUE = {"design": {"PosterOverlayPart": {"fontcolor": "blue", "AddText": True}}}
CASES = {
    "the same library": (
        ({"library": "Films"}, {"text": True}),
        ({"library": "FILMS "}, {"text": False}),
        "text",
        "",
    ),
    "everything": (({}, {"region": "DE"}), ({}, {"region": "FR"}), "region", ""),
    "a title and a show": (
        ({"title": "Dark"}, {"skip": True}),
        ({"show": "dark"}, {"skip": False}),
        "skip",
        "",
    ),
    "one of a design": (({}, RED), ({}, BLUE), "design.PosterOverlayPart.fontcolor", ""),
    "one correction": (
        ({"title": "Dark"}, {"correct": {"poster": {"size": 80, "move": 5}, "season": {"size": 80}}}),
        ({"title": "dark"}, {"correct": {"poster": {"size": 90, "move": 5}}}),
        "correct.poster.size",
        "",
    ),
    "two labels": (({"label": "a"}, {"text": True}), ({"label": "b"}, {"text": False}), "", "text"),
    "labels in one library": (
        ({"label": "a", "library": "x"}, {"region": "DE"}),
        ({"label": "b", "library": "X"}, {"region": "FR"}),
        "",
        "region",
    ),
    "the same value": (({}, {"text": True}), ({}, {"text": True}), "", ""),
    "two libraries": (({"library": "a"}, {"text": True}), ({"library": "b"}, {"text": False}), "", ""),
    "another specificity": (({"library": "a"}, {"text": True}), ({"label": "b"}, {"text": False}), "", ""),
    "labels in two libraries": (
        ({"label": "a", "library": "x"}, {"text": True}),
        ({"label": "b", "library": "y"}, {"text": False}),
        "",
        "",
    ),
}


@pytest.mark.parametrize(("first", "second", "certain", "possible"), CASES.values(), ids=CASES)
def test_what_always_contradicts_is_refused_and_what_may_is_warned_of(first, second, certain, possible):
    rules = [rule("One", first[0], **first[1]), rule("Two", second[0], **second[1])]
    found = contradicting_settings(rules)
    assert list(found) == ([f"rules[1].set.{certain}"] if certain else [])
    assert all("contradicts the rule 'One'" in words for words in found.values())
    told = warnings(rules)
    assert len(told) == bool(possible)
    assert all("'One' and 'Two' set" in words and possible in words for words in told)


def test_many_rules_are_compared_up_to_a_limit():
    rules = [
        rule(str(number), {"label": str(number)}, title_size=25 + number % 100) for number in range(2_000)
    ]
    assert len(warnings(rules)) == 50
