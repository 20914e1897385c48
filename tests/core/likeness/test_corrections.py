"""Corrections become rules of their items, and are gone from them again."""

import pytest

from app.core.item_rules.checking import mistakes
from app.core.item_rules.contradictions import contradicting_settings
from app.core.likeness.corrections import (
    Correction,
    TitlePlace,
    corrected_items,
    corrected_rules,
    present_correction,
)
from tests.core.item_rules.test_checking import rule

POSTER = TitlePlace("Movies", "Alien (1979)", "poster")
BACKGROUND = POSTER._replace(kind="background")
DARK, LINES = Correction(shade=40), Correction(text="Ali\nen", size=120)
WHEN = {"library": "Movies", "title": "Alien (1979)"}
OTHER = rule("Other", {"library": "Movies"}, text=True)
OWN = rule("Mine", {"title": "ALIEN (1979) ", "library": "movies"}, region="DE")


def of(rules):
    return [(one["name"], one["set"]) for one in rules]


CASES = {
    "a rule of its own": ([OTHER], [(POSTER, DARK)], [OTHER["name"], "Correction of Alien (1979) in Movies"]),
    "the rule for the same items": ([OWN], [(POSTER, DARK)], ["Mine"]),
    "both kinds in one rule": (
        [],
        [(POSTER, DARK), (BACKGROUND, LINES)],
        ["Correction of Alien (1979) in Movies"],
    ),
    "a name that is taken": (
        [rule("Correction of Alien (1979) in Movies", {"label": "x"}, text=True)],
        [(POSTER, DARK)],
        ["Correction of Alien (1979) in Movies", "Correction of Alien (1979) in Movies 2"],
    ),
    "taken back": ([], [(POSTER, DARK), (POSTER, Correction())], []),
    "taken back from a rule of the user's": ([OWN], [(POSTER, DARK), (POSTER, Correction())], ["Mine"]),
}


@pytest.mark.parametrize(("rules", "changes", "names"), CASES.values(), ids=CASES)
def test_a_correction_stands_in_one_rule_for_its_items(rules, changes, names):
    found = corrected_rules(rules, changes)
    assert [one["name"] for one in found] == names
    assert mistakes(found) == {} and contradicting_settings(found) == {}
    for place, correction in dict(changes).items():
        assert present_correction(found, place) == correction
    assert present_correction(rules, POSTER) == Correction()


def test_what_the_user_has_ruled_stays_as_it_is():
    found = corrected_rules([OWN, OTHER], [(POSTER, LINES)])
    assert of(found) == [
        ("Mine", {"region": "DE", "correct": {"poster": {"text": "Ali\nen", "size": 120}}}),
        ("Other", {"text": True}),
    ]
    assert of(corrected_rules(found, [(POSTER, Correction())])) == of([OWN, OTHER])
    assert OWN["set"] == {"region": "DE"}


def test_corrected_items_are_known_by_their_kind():
    rules = corrected_rules([OWN, OTHER], [(POSTER, DARK)])
    assert corrected_items(rules, "poster") == {("movies", "alien (1979)")}
    assert corrected_items(rules, "background") == set()
