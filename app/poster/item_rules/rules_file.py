"""rules.json as typed rules; the server checks the same file when it is edited."""

from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from app.poster.settings import Settings

FILE = "rules.json"
ADVICE = "correct the file, or delete it"

Words = Annotated[str, Meta(pattern=r"\S")]
Language = Annotated[str, Meta(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
Region = Annotated[str, Meta(pattern=r"^[A-Z]{2}$")]
ProviderWord = Literal["tmdb", "tvdb", "fanart", "plex", "jellyfin", "emby"]
KindWord = Literal["poster", "season", "background", "title card", "collection", "square"]
OrderWord = Literal["aired", "tmdbAiring", "tvdbAiring", "dvd", "absolute"]
UnwatchedWord = Literal["show", "blur", "typographic"]
TitledWord = Literal["poster", "season", "background", "title card", "collection"]
PerCent = Annotated[int, Meta(ge=25, le=200)]


class BadRules(ValueError):
    """A rules.json that cannot be used; its text is one sentence that says what to correct."""


class When(Struct, frozen=True, forbid_unknown_fields=True):
    """The conditions of a rule, all of which have to hold; a rule without any applies to everything.

    `title` is the title of a film or show, alone or with its year ("Dark (2017)"); `show` is that of a show.
    """

    library: Words | None = None
    label: Words | None = None
    title: Words | None = None
    show: Words | None = None

    @property
    def specificity(self) -> tuple[bool, bool, bool]:
        """Titles before labels before libraries; of two rules the greater one counts."""
        return bool(self.title or self.show), bool(self.label), bool(self.library)


class CorrectValues(Struct, frozen=True, forbid_unknown_fields=True):
    """What a rule corrects of the title on one kind of picture; UNSET leaves it as the design has it."""

    text: Words | UnsetType = UNSET
    size: PerCent | UnsetType = UNSET
    shade: Annotated[int, Meta(ge=0, le=100)] | UnsetType = UNSET
    move: Annotated[int, Meta(ge=-50, le=50)] | UnsetType = UNSET


class RuleValues(Struct, frozen=True, forbid_unknown_fields=True):
    """What a rule sets; UNSET leaves the setting to other rules and to config.json."""

    language: Annotated[list[Language], Meta(min_length=1)] | UnsetType = UNSET
    region: Region | UnsetType = UNSET
    provider: ProviderWord | Annotated[list[ProviderWord], Meta(min_length=1)] | UnsetType = UNSET
    design: dict[str, dict[str, Any]] | UnsetType = UNSET
    text: bool | UnsetType = UNSET
    title_size: PerCent | UnsetType = UNSET
    correct: dict[TitledWord, CorrectValues] | UnsetType = UNSET
    skip: bool | list[KindWord] | UnsetType = UNSET
    episode_order: OrderWord | UnsetType = UNSET
    unwatched: UnwatchedWord | UnsetType = UNSET


class ItemRule(Struct, frozen=True, forbid_unknown_fields=True):
    """One rule: where it applies, and what it sets."""

    name: Words
    values: RuleValues = msgspec.field(name="set")
    when: When = When()


class RulesFile(Struct, frozen=True, forbid_unknown_fields=True):
    rules: list[ItemRule] = []


def read_rules(path: Path, settings: Settings) -> tuple[ItemRule, ...]:
    """The rules of the file in its order, none where there is no file; BadRules for one that is damaged."""
    try:
        rules = msgspec.json.decode(path.read_bytes().removeprefix(b"\xef\xbb\xbf"), type=RulesFile).rules
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadRules(f"{path.name} cannot be used: {error}; {ADVICE}") from error
    for rule in rules:
        refuse_unknown_design(rule, settings)
    return tuple(rules)


def refuse_unknown_design(rule: ItemRule, settings: Settings) -> None:
    """BadRules for a setting that config.json does not have."""
    for section, keys in (rule.values.design or {}).items():
        for key in keys:
            if not settings.knows(section, key):
                raise BadRules(
                    f"{FILE}: rule {rule.name!r} sets {section}.{key}, which is no setting; {ADVICE}"
                )
