"""Which rules apply to an item, which of two counts, and which contradictions are named."""

import pytest

from app.poster.item_rules.matching import ItemRules
from app.poster.kinds import Kind
from app.poster.records.library import EpisodeOrder
from app.poster.records.ruling import TitleCorrection, Unwatched
from tests.poster.items import film, show
from tests.poster.rule_files import item_rules, rule, rules_of

LIBRARY = rule("library", {"library": "movies"}, title_size=50)
LABEL = rule("label", {"label": "Clean"}, title_size=60)
TITLE = rule("title", {"title": "Alien (1979)"}, title_size=70)
BOTH = rule("both", {"label": "clean", "library": "Movies"}, title_size=80)
GLOBAL = rule("global", title_size=40)

CASES = {
    "none applies": (film(), [rule("a", {"library": "TV"}, title_size=50)], 100),
    "a rule without conditions": (film(), [GLOBAL], 40),
    "libraries before the rest": (film(), [LIBRARY, GLOBAL], 50),
    "labels before libraries": (film(labels=("clean",)), [LABEL, LIBRARY], 60),
    "a label that the item lacks": (film(labels=("cleaner",)), [LABEL, LIBRARY], 50),
    "titles before labels": (film(labels=("clean",)), [TITLE, LABEL, LIBRARY], 70),
    "two conditions before one of them": (film(labels=("clean",)), [BOTH, LABEL, LIBRARY], 80),
    "the later of two": (film(), [TITLE, rule("more", {"title": "ALIEN"}, title_size=90)], 90),
    "another year": (film(year=1986, root_folder="x"), [TITLE], 100),
    "the original title": (film("Vargtimmen"), [rule("a", {"title": "vargtimmen"}, title_size=30)], 30),
    "a folder's name": (film(root_folder="Alien DC"), [rule("a", {"title": "alien dc"}, title_size=30)], 30),
    "no film for a show": (film("Dark"), [rule("a", {"show": "Dark"}, title_size=30)], 100),
    "a show": (show(), [rule("a", {"show": "dark"}, title_size=30)], 30),
}


@pytest.mark.parametrize(("item", "rules", "size"), CASES.values(), ids=CASES)
def test_the_most_specific_rule_counts(tmp_path, item, rules, size):
    assert item_rules(tmp_path, *rules).ruling(item).title_size == size


def test_each_setting_of_several_rules_counts_for_itself_and_the_record_names_them(tmp_path):
    rules = item_rules(
        tmp_path,
        rule("Series", {"library": "TV"}, language=["fr", "xx"], text=False, skip=["background"]),
        rule(
            "Dark",
            {"show": "Dark"},
            design={"PosterOverlayPart": {"AddText": "true"}},
            provider=["tvdb", "tmdb"],
            episode_order="dvd",
            unwatched="blur",
            region="DE",
        ),
    )
    ruling = rules.ruling(show())
    assert ruling.settings["PosterOverlayPart"] == {"AddText": "true"}
    assert ruling.settings["TitleCardTitleTextPart"] == {"AddEPTitleText": False}
    assert ruling.settings["ApiPart"] == {
        "PreferredLanguageOrder": ["fr", "xx"],
        "PreferredSeasonLanguageOrder": ["pleasefillme"],
        "PreferredBackgroundLanguageOrder": ["pleasefillme"],
        "PreferredTCLanguageOrder": ["pleasefillme"],
        "LogoLanguageOrder": ["fr"],
        "LibraryLanguageOverrides": {},
        "FavProvider": "tvdb",
        "OverrideProviderOrder": True,
        "ProviderOrder": ["tvdb", "tmdb"],
    }
    assert (ruling.skips, ruling.order) == ({Kind.BACKGROUND}, EpisodeOrder.DVD)
    assert (ruling.unwatched, ruling.region) == (Unwatched.BLUR, "DE")
    assert ruling.names == (
        '"Series" (library TV): skip, language, text',
        '"Dark" (show Dark): region, episode_order, unwatched, provider, design',
    )
    assert rules.ruling(show("Other")) is rules.ruling(show("More"))


A, B = rule("A", {"label": "a"}, region="DE"), rule("B", {"label": "b"}, region="FR")
CONTRADICTIONS = {
    "the same specificity": ([A, B], ["region"], "FR"),
    "the same value": ([A, rule("B", {"label": "b"}, region="DE")], [], "DE"),
    "a more specific rule decides": ([A, B, rule("C", {"title": "Alien"}, region="IT")], [], "IT"),
    "another specificity": ([A, rule("B", {"library": "Movies"}, region="FR")], [], "DE"),
    "different settings": ([A, rule("B", {"label": "b"}, text=False)], [], "DE"),
    "one of a design": (
        [
            rule("A", design={"PosterOverlayPart": {"fontcolor": "red", "AddBorder": "true"}}, region="DE"),
            rule("B", design={"PosterOverlayPart": {"fontcolor": "blue", "AddBorder": "true"}}),
        ],
        ["PosterOverlayPart.fontcolor"],
        "DE",
    ),
}


@pytest.mark.parametrize(("rules", "settings", "region"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_two_rules_that_contradict_for_an_item_are_named_once(tmp_path, rules, settings, region):
    noted = []
    made = item_rules(tmp_path, *rules, note=noted.append)
    items = [film(labels=("a", "b")), film(labels=("a", "b", "c")), film()]
    assert made.ruling(items[0]).region == region
    for item in items:
        made.ruling(item)
    assert [one.split(" set ")[1].split(" differently")[0] for one in noted] == settings
    assert all("'A'" in one and "the later one, 'B', counts" in one for one in noted)


@pytest.mark.timeout(20)
def test_rules_for_the_same_items_are_named_before_any_item_is_seen(tmp_path):
    noted = []
    same = [rule(name, {"library": word}, text=name == "B") for name, word in (("A", "x"), ("B", "X "))]
    made = item_rules(tmp_path, *same, A, B, note=noted.append)
    assert len(noted) == 1 and noted[0].startswith(
        "rules.json: the rules 'A' (library x) and 'B' (library X) set"
    )
    made.ruling(film(labels=("a", "b")))
    assert len(noted) == 2 and noted[1].startswith("rules.json: for Alien, the rules 'A' (label a)")


def test_many_rules_over_many_items_are_look_ups(tmp_path):
    titles = [rule(f"t{number}", {"title": f"Film {number}"}, text=False) for number in range(1_000)]
    rules = ItemRules(rules_of(tmp_path, *titles, LIBRARY))
    rulings = [rules.ruling(film(f"Film {number}")) for number in range(20_000)]
    assert len({id(one) for one in rulings}) == 1_001


def test_corrections_of_several_rules_count_each_for_itself(tmp_path):
    rules = item_rules(
        tmp_path,
        rule("Dark ground", {"library": "Movies"}, correct={"poster": {"shade": 30, "size": 80}}),
        rule("Alien", {"title": "Alien"}, correct={"poster": {"size": 120, "text": "A\nB"}}),
    )
    ruling = rules.ruling(film("Alien"))
    assert ruling.corrections == {Kind.POSTER: TitleCorrection("A\nB", 120, 30)}
    assert ruling.settings == {} and "correct" in ruling.names[0]
