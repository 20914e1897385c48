"""Which rules are right; the engine, which reads the same file on its own, agrees about each."""

import json

import pytest

from app.core.item_rules.checking import mistakes
from app.poster.item_rules.rules_file import FILE, BadRules, read_rules
from app.poster.settings import DEFAULTS, Settings


def rule(name="a", when=None, **values):
    return {"name": name, "when": when or {}, "set": values}


def engine_takes(folder, rules):
    (folder / FILE).write_text(json.dumps({"rules": rules}))
    try:
        read_rules(folder / FILE, Settings({}, json.loads(DEFAULTS.read_text("utf-8"))))
    except BadRules:
        return False
    return True


RIGHT = [
    [],
    [{"name": "a", "set": {}}],
    [rule(when={"library": "Films", "label": "x", "title": "Dark (2017)"}), rule("b", {"show": "Dark"})],
    [rule(language=["fr", "fr-CA", "xx"], region="CA", provider="tvdb", text=False, title_size=25)],
    [rule(provider=["tmdb", "fanart"], skip=True, episode_order="tvdbAiring", unwatched="typographic")],
    [rule(skip=["title card", "collection"]), rule("b", skip=[]), rule("c", skip=False, title_size=200)],
    [rule(correct={"poster": {"text": "A\nB", "size": 25, "shade": 100, "move": -50}, "title card": {}})],
    [rule(design={"PosterOverlayPart": {"fontcolor": "#ff0000", "AddBorder": "true"}})],
    [rule(design={"PrerequisitePart": {"font": "Mine.ttf", "TC4k": "x.png"}, "OverlayPart": {}})],
]


@pytest.mark.parametrize("rules", RIGHT)
def test_rules_that_are_right(tmp_path, rules):
    assert mistakes(rules) == {}
    assert engine_takes(tmp_path, rules)


WRONG = [
    (5, "rules", "list of at most"),
    ([5], "rules[0]", "an object with name"),
    ([{"set": {}}], "rules[0].name", "not blank"),
    ([rule(" ")], "rules[0].name", "not blank"),
    ([{"name": "a"}], "rules[0].set", "an object between"),
    ([{"name": "a", "set": {}, "wen": {}}], "rules[0].wen", "perhaps when is meant"),
    ([rule(when={"folder": "x"})], "rules[0].when.folder", "known are library, label, title, show"),
    ([rule(when={"library": ""})], "rules[0].when.library", "not blank"),
    ([rule(when=["library"])], "rules[0].when", "an object between"),
    ([rule(langauge=["fr"])], "rules[0].set.langauge", "perhaps language is meant"),
    ([rule(language="fr")], "rules[0].set.language", "list of language codes"),
    ([rule(language=[])], "rules[0].set.language", "list of language codes"),
    ([rule(language=["french"])], "rules[0].set.language", 'but is ["french"]'),
    ([rule(region="ca")], "rules[0].set.region", "such as CA"),
    ([rule(provider="imdb")], "rules[0].set.provider", "one of tmdb, tvdb"),
    ([rule(provider=[])], "rules[0].set.provider", "a list of tmdb"),
    ([rule(provider=["tmdb", "imdb"])], "rules[0].set.provider", 'but is "imdb"'),
    ([rule(text="false")], "rules[0].set.text", 'true or false, but is "false"'),
    ([rule(title_size=24)], "rules[0].set.title_size", "from 25 to 200"),
    ([rule(title_size=True)], "rules[0].set.title_size", "from 25 to 200"),
    ([rule(correct=[])], "rules[0].set.correct", "must be an object"),
    ([rule(correct={"square": {}})], "rules[0].set.correct.square", "is no kind with a title"),
    ([rule(correct={"poster": 5})], "rules[0].set.correct.poster", "must be an object"),
    ([rule(correct={"poster": {"shade": 101}})], "rules[0].set.correct.poster.shade", "from 0 to 100"),
    ([rule(correct={"poster": {"text": " "}})], "rules[0].set.correct.poster.text", "not blank"),
    ([rule(correct={"poster": {"colour": 1}})], "rules[0].set.correct.poster.colour", "is not known here"),
    ([rule(skip="cards")], "rules[0].set.skip", "true, false or a list"),
    ([rule(skip=["cards"])], "rules[0].set.skip", "one of poster"),
    ([rule(episode_order="dvds")], "rules[0].set.episode_order", "absolute"),
    ([rule(unwatched="hide")], "rules[0].set.unwatched", "show, blur, typographic"),
    ([rule(design=[])], "rules[0].set.design", "an object between"),
    (
        [rule(design={"PosterOverlayPart": 1})],
        "rules[0].set.design.PosterOverlayPart",
        "an object of settings",
    ),
    (
        [rule(design={"PosterOverlayPart": {"colour": "red"}})],
        "rules[0].set.design.PosterOverlayPart.colour",
        "no setting that shapes pictures",
    ),
]


@pytest.mark.parametrize(("rules", "place", "words"), WRONG)
def test_each_mistake_is_named_with_its_place(tmp_path, rules, place, words):
    found = mistakes(rules)
    assert list(found) == [place] and words in found[place]
    assert not engine_takes(tmp_path, rules)


@pytest.mark.parametrize(
    ("section", "key", "value", "words"),
    [
        ("PosterOverlayPart", "fontcolor", "reddish", "colour name"),
        ("PosterOverlayPart", "minPointSize", 0, "at least 1"),
        ("PrerequisitePart", "AssetPath", "/", "no setting that shapes"),
        ("PrerequisitePart", "logLevel", "3", "no setting that shapes"),
        ("ApiPart", "tmdbtoken", "x", "no setting that shapes"),
        ("WebUI", "basicAuthEnabled", False, "no setting that shapes"),
        ("EnginePart", "MediaPath", "/", "no setting that shapes"),
    ],
)
def test_a_design_changes_what_shapes_pictures_by_the_rules_of_config_json(section, key, value, words):
    place = f"rules[0].set.design.{section}.{key}"
    assert words in mistakes([rule(design={section: {key: value}})])[place]


def test_two_rules_of_one_name_could_not_be_told_apart():
    assert mistakes([rule("a"), rule("b"), rule("a")]) == {"rules[2].name": "is the name of another rule too"}
