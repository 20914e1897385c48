"""Rules as rules.json holds them, for tests of the engine."""

import json
from pathlib import Path
from typing import Any

from app.poster.item_rules.matching import ItemRules
from app.poster.item_rules.rules_file import FILE, ItemRule, read_rules
from app.poster.records.ruling import Ruling
from app.poster.settings import DEFAULTS, Settings
from app.poster.sources.source import Note, ignore_note
from tests.poster.items import film

DEFAULT_VALUES = json.loads(DEFAULTS.read_text("utf-8"))


def rule(name: str, when: dict[str, str] | None = None, **values: Any) -> dict[str, Any]:
    """One rule of the file; without conditions it applies to everything."""
    return {"name": name, "when": when or {}, "set": values}


def write_rules(data: Path, *rules: dict[str, Any]) -> None:
    data.mkdir(parents=True, exist_ok=True)
    (data / FILE).write_text(json.dumps({"rules": rules}), "utf-8")


def rules_of(data: Path, *rules: dict[str, Any]) -> tuple[ItemRule, ...]:
    """The rules as the engine reads them."""
    write_rules(data, *rules)
    return read_rules(data / FILE, Settings({}, DEFAULT_VALUES))


def item_rules(data: Path, *rules: dict[str, Any], note: Note = ignore_note) -> ItemRules:
    return ItemRules(rules_of(data, *rules), note=note)


def ruling_with(data: Path, **values: Any) -> Ruling:
    """What one rule for everything changes."""
    return item_rules(data, rule("all", **values)).ruling(film())
