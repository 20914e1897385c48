"""What choices have in common is counted, and told only where chance hardly brings it about."""

import pytest

from app.core.duels.contenders import Contender
from app.core.duels.taste import DuelChoice, chance_of, taste_rules

DARK, BRIGHT = (20, 50, 40), (80, 50, 40)


def make(address="a", provider="tmdb", text="textless", look=DARK, votes=0.0):
    return Contender(address, provider, text, votes, 0, look)


def choices(won, lost, agreed, pairs):
    both = [(won, lost)] * agreed + [(lost, won)] * (pairs - agreed)
    return [DuelChoice(f"{number}.jpg", *pair) for number, pair in enumerate(both)]


def told(rules):
    return [(rule.code, rule.value, rule.agreed, rule.pairs, rule.is_sure) for rule in rules]


CASES = {
    "darker, surely": (make(), make(look=BRIGHT), 31, 36, [("darker", "", 31, 36, True)]),
    "brighter, surely": (make(look=BRIGHT), make(), 12, 12, [("brighter", "", 12, 12, True)]),
    "perhaps": (make(), make(look=BRIGHT), 13, 16, [("darker", "", 13, 16, False)]),
    "as chance has it": (make(), make(look=BRIGHT), 10, 16, []),
    "too few choices": (make(), make(look=BRIGHT), 11, 11, []),
    "not to be seen": (make(look=(50, 50, 40)), make(look=(57, 57, 47)), 30, 30, []),
    "not measured": (make(look=()), make(look=BRIGHT), 30, 30, []),
    "a provider": (
        make(provider="tvdb"),
        make(provider="server"),
        20,
        20,
        [("provider", "tvdb", 20, 20, True)],
    ),
    "no provider is told by being disliked": (make(provider="server"), make(provider="tvdb"), 20, 20, []),
    "without text": (make(), make(text="text"), 20, 20, [("textless", "", 20, 20, True)]),
    "with text": (make(text="text"), make(), 20, 20, [("lettered", "", 20, 20, True)]),
    "nothing is said of unknown text": (make(), make(text="unknown"), 20, 20, []),
    "votes of one provider": (make(votes=8.0), make(votes=5.0), 20, 20, [("liked", "", 20, 20, True)]),
    "votes of two are not compared": (
        make(votes=8.0, provider="server"),
        make(votes=5.0, provider="folder"),
        20,
        20,
        [],
    ),
}


@pytest.mark.parametrize(("won", "lost", "agreed", "pairs", "expected"), CASES.values(), ids=CASES)
def test_a_trait_is_told_with_its_numbers(won, lost, agreed, pairs, expected):
    assert told(taste_rules(choices(won, lost, agreed, pairs))) == expected


def test_what_settings_can_choose_by_comes_with_them_and_what_is_so_already_does_not():
    textless = choices(make(), make(text="text"), 20, 20)
    assert [one.settings for one in taste_rules(textless, ["en", "xx", "de"])] == [
        {"ApiPart": {"PreferredLanguageOrder": ["xx", "en", "de"]}}
    ]
    assert [one.settings for one in taste_rules(textless, ["xx", "en"])] == [{}]
    provider = choices(make(provider="tvdb"), make(provider="server"), 20, 20)
    assert taste_rules(provider)[0].settings == {"ApiPart": {"FavProvider": "tvdb"}}
    assert taste_rules(choices(make(), make(look=BRIGHT), 20, 20))[0].settings == {}


def test_traits_that_always_come_together_are_not_told_apart():
    won, lost = make(provider="tvdb", text="text"), make(provider="server")
    both = taste_rules(choices(won, lost, 20, 20))
    assert [(one.code, one.is_tangled) for one in both] == [("lettered", False), ("provider", True)]
    apart = choices(won, lost, 20, 20) + choices(make(provider="tvdb"), make(), 20, 20)
    assert [(one.code, one.is_tangled) for one in taste_rules(apart)] == [
        ("provider", False),
        ("lettered", True),
    ]


def test_chance_is_that_of_a_coin_that_is_thrown_as_often():
    assert chance_of(6, 6) == pytest.approx(2 / 64)
    assert chance_of(3, 6) == 1.0
    assert chance_of(31, 36) == pytest.approx(1.3e-5, rel=0.1)
