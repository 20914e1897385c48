"""Which files of rules are usable, and what the engine says of others."""

import json

import pytest

from app.poster.item_rules.rules_file import FILE, BadRules, read_rules
from app.poster.settings import Settings
from tests.poster.rule_files import DEFAULT_VALUES, rule, rules_of

WRONG = {
    "an unknown key": ({"rules": [rule("a", langauge=["fr"])]}, "unknown field `langauge`"),
    "an unknown condition": ({"rules": [rule("a", {"folder": "x"})]}, "unknown field `folder`"),
    "an unknown member": ({"rules": [], "rule": []}, "unknown field `rule`"),
    "a rule without a name": ({"rules": [{"set": {}}]}, "missing required field `name`"),
    "a blank name": ({"rules": [rule(" ")]}, r"\$.rules\[0\].name"),
    "a language that is none": ({"rules": [rule("a", language=["french"])]}, r"set.language\[0\]"),
    "no language": ({"rules": [rule("a", language=[])]}, "set.language"),
    "a word for a switch": ({"rules": [rule("a", text="no")]}, "set.text"),
    "a size that is too large": ({"rules": [rule("a", title_size=500)]}, "set.title_size"),
    "a kind that is none": ({"rules": [rule("a", skip=["card"])]}, "card"),
    "a provider that is none": ({"rules": [rule("a", provider="imdb")]}, "imdb"),
    "a setting that is none": (
        {"rules": [rule("a", design={"PosterOverlayPart": {"colour": "red"}})]},
        "PosterOverlayPart.colour, which is no setting",
    ),
    "a list": ([], "Expected `object`"),
}


@pytest.mark.parametrize(("content", "words"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_named_with_its_place(tmp_path, content, words):
    (tmp_path / FILE).write_text(json.dumps(content))
    with pytest.raises(BadRules, match=words) as raised:
        read_rules(tmp_path / FILE, Settings({}, DEFAULT_VALUES))
    assert str(raised.value).endswith("correct the file, or delete it")


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b'{"rules": [{"name": "\xff"}]}'])
def test_a_damaged_file_is_no_empty_one(tmp_path, content):
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(BadRules, match=r"rules\.json cannot be used"):
        read_rules(tmp_path / FILE, Settings({}, DEFAULT_VALUES))


def test_without_a_file_there_are_no_rules_and_a_byte_order_mark_is_no_mistake(tmp_path):
    assert read_rules(tmp_path / FILE, Settings({}, DEFAULT_VALUES)) == ()
    (known,) = rules_of(tmp_path, rule("a", {"show": "Dark"}, provider=["tvdb", "tmdb"], skip=True))
    path = tmp_path / FILE
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read_rules(path, Settings({}, DEFAULT_VALUES)) == (known,)
