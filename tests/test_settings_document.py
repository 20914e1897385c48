"""docs/settings.md names every setting once, and the modules that it names really read them."""

import json
import re

from tests.live_server import ROOT

DEFAULTS = json.loads((ROOT / "app" / "config_defaults.json").read_text("utf-8"))
KEYS = [(section, key) for section, keys in DEFAULTS.items() for key in keys]
SECTION = re.compile(r"^## (\w+)$", re.MULTILINE)
ROW = re.compile(r"^\| `([^`]+)` \| (.+) \|$", re.MULTILINE)
MODULE = re.compile(r"`(app/[\w/]+\.py)`")
UNUSED = re.compile(r"not used: [^`]+")
SOURCES = {path: path.read_text("utf-8") for path in (ROOT / "app").rglob("*.py")}


def documented() -> list[tuple[str, str, str]]:
    """Section, key, and the words about it."""
    _, *parts = SECTION.split((ROOT / "docs" / "settings.md").read_text("utf-8"))
    sections = zip(parts[::2], parts[1::2], strict=True)
    return [(section, key, words) for section, text in sections for key, words in ROW.findall(text)]


def test_every_setting_has_one_row_in_the_order_of_the_file():
    assert [row[:2] for row in documented()] == KEYS


def test_every_row_names_modules_or_gives_a_reason():
    for section, key, words in documented():
        is_list = re.fullmatch(rf"{MODULE.pattern}(?:, {MODULE.pattern})*", words)
        assert is_list or UNUSED.fullmatch(words), f"{section}.{key}: {words}"


def test_each_named_module_mentions_the_setting():
    wrong = [
        f"{section}.{key} in {module}"
        for section, key, words in documented()
        for module in MODULE.findall(words)
        if f'"{key}"' not in SOURCES.get(ROOT / module, "")
    ]
    assert wrong == []


def test_what_is_called_unused_is_mentioned_nowhere_in_the_engine():
    engine = "\n".join(text for path, text in SOURCES.items() if "poster" in path.relative_to(ROOT).parts)
    unused = [key for _, key, words in documented() if UNUSED.fullmatch(words)]
    assert [key for key in unused if f'"{key}"' in engine] == []
    assert unused
