"""What a rule sets, each value with its place: in config.json, or a setting of rules alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from msgspec import UNSET

from app.poster.choosing.languages import INHERITED, TEXTLESS
from app.poster.drawing.kind_plans import PLANS
from app.poster.item_rules.rules_file import RuleValues

API = "ApiPart"
INHERITING = ("PreferredSeasonLanguageOrder", "PreferredBackgroundLanguageOrder", "PreferredTCLanguageOrder")
DESIGN = "design"
# No section of config.json has this name.
CORRECT = "correct"
OF_RULES = ("region", "title_size", "skip", "episode_order", "unwatched")


@dataclass(frozen=True, slots=True)
class RuleValue:
    """One value at one place; `section` is "" for settings that config.json does not have.

    `setting` is the word of rules.json that the value comes from.
    """

    setting: str
    section: str
    key: str
    value: Any

    @property
    def place(self) -> tuple[str, str]:
        return self.section, self.key

    @property
    def spelled(self) -> str:
        """The setting as messages name it."""
        return f"{self.section}.{self.key}" if self.setting in (DESIGN, CORRECT) else self.setting


def placed_values(values: RuleValues) -> tuple[RuleValue, ...]:
    """All values of a rule; those of `design` come last, because they are more exact than `text`."""
    common = (*of_rules(values), *languages(values), *providers(values), *texts(values))
    found = (*common, *corrections(values), *designs(values))
    return tuple({one.place: one for one in found}.values())


def of_rules(values: RuleValues) -> Iterator[RuleValue]:
    for name in OF_RULES:
        value = getattr(values, name)
        if value is not UNSET:
            yield RuleValue(name, "", name, value)


def languages(values: RuleValues) -> Iterator[RuleValue]:
    """One list for all kinds of picture, and for logos without "xx"."""
    if values.language is UNSET:
        return
    spoken = [tag for tag in values.language if tag != TEXTLESS]
    lists = {"PreferredLanguageOrder": values.language, **dict.fromkeys(INHERITING, [INHERITED])}
    if spoken:
        lists["LogoLanguageOrder"] = spoken
    for key, words in (lists | {"LibraryLanguageOverrides": {}}).items():
        yield RuleValue("language", API, key, words)


def providers(values: RuleValues) -> Iterator[RuleValue]:
    """A favourite whose documented order follows, or a list that is the whole order."""
    if values.provider is UNSET:
        return
    is_order = isinstance(values.provider, list)
    order = values.provider if is_order else [values.provider]
    known = {"FavProvider": order[0], "OverrideProviderOrder": is_order, "ProviderOrder": order}
    for key, value in known.items():
        yield RuleValue("provider", API, key, value)


def texts(values: RuleValues) -> Iterator[RuleValue]:
    """The switches of all titles and labels."""
    if values.text is UNSET:
        return
    for plan in PLANS.values():
        for section, switch in filter(None, (plan.title, plan.second)):
            yield RuleValue("text", section, switch, values.text)


def corrections(values: RuleValues) -> Iterator[RuleValue]:
    """Each for itself, such as "poster.size"."""
    for kind, values_of_kind in (values.correct or {}).items():
        for name in values_of_kind.__struct_fields__:
            value = getattr(values_of_kind, name)
            if value is not UNSET:
                yield RuleValue(CORRECT, CORRECT, f"{kind}.{name}", value)


def designs(values: RuleValues) -> Iterator[RuleValue]:
    for section, keys in (values.design or {}).items():
        for key, value in keys.items():
            yield RuleValue(DESIGN, section, key, value)
