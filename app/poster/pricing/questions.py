"""The questions that the server asks about settings and rules, by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from app.poster.designs.reading import find_design
from app.poster.folders import Folders
from app.poster.item_rules.rules_file import FILE, ItemRule, read_rules
from app.poster.pricing.plans import Asked
from app.poster.pricing.pricer import PriceQuestion, Pricer
from app.poster.pricing.survey import known_names, matches_of_rules
from app.poster.records.environment import Environment, read_environment
from app.poster.settings import OWN_SECTION, Settings, read_settings


class PricingQuestion(msgspec.Struct, frozen=True):
    """What is asked: `about` is "price", "matches" or "names"; None leaves what is saved."""

    about: str = "price"
    settings: dict[str, dict[str, Any]] | None = None
    design: str | None = None
    rules: list[ItemRule] | None = None
    of: str = ""
    search: str = ""


@dataclass
class Answering:
    """Answers questions about one data folder; the files of the settings are read for each of them."""

    folders: Folders
    variables: Mapping[str, str]
    pricer: Pricer = field(init=False)

    def __post_init__(self) -> None:
        self.pricer = Pricer(self.folders)

    def answer(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """What is known; BadRules, BadDesign, BadEnvironment or msgspec.ValidationError where nothing is."""
        question = msgspec.convert(given, PricingQuestion)
        settings = read_settings(self.folders.config)
        environment = read_environment(self.variables, self.folders.data)
        if question.about == "price":
            changed = (question.settings or {}).get(OWN_SECTION, {})
            then = read_environment(self.variables, self.folders.data, changed)
            asked = asked_for(question, settings, self.folders, then)
            saved = Asked(settings, read_rules(self.folders.data / FILE, settings), environment)
            return self.pricer.price(PriceQuestion(saved, asked))
        self.pricer.refresh()
        if question.about == "matches":
            return matches_of_rules(self.pricer.stock, question.rules or [])
        return known_names(self.pricer.stock, question.of, question.search)


def asked_for(
    question: PricingQuestion, saved: Settings, folders: Folders, environment: Environment
) -> Asked:
    """What is saved with the question over it: a design stands below the other settings."""
    before: tuple[Path, ...] = ()
    settings = saved
    if question.design:
        design = find_design(question.design, folders.data)
        settings, before = design.over(settings), (design.folder,)
    settings = settings.over(question.settings or {})
    rules = read_rules(folders.data / FILE, saved) if question.rules is None else tuple(question.rules)
    return Asked(settings, rules, environment, before)
