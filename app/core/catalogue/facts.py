"""What a choice and the journal say about a picture, as it is filtered by."""

from enum import IntFlag
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement

from app.core.catalogue.concerns import concerns_of, offer_of_choice
from app.core.choices.analytics import OTHER, PROVIDERS
from app.core.choices.rules import SHOWN_MANUAL, TEXTLESS
from app.core.choices.table import TABLE as CHOICES
from app.core.config_file import truthy
from app.core.decisions.picture_states import PictureState
from app.core.decisions.states import HAND

NOT_SAID = ("", "false")
# An index holds both: of what a file says beyond it nothing is kept.
LONGEST_LANGUAGE, LONGEST_LIBRARY = 64, 255


class Flag(IntFlag):
    """What is true of a picture or not."""

    MISSING = 1
    TEXTLESS = 2
    FALLBACK = 4
    TRUNCATED = 8
    BY_HAND = 16
    RESOLVED = 32


class ChoiceFacts(NamedTuple):
    """The columns of the catalogue that follow from a choice and from the journal."""

    choice_id: int | None = None
    categories: int = 0
    language: str = ""
    provider: str = ""
    flags: int = 0
    owner: str = ""
    upload: str = ""
    concerns: int = 0
    offered: str = ""


COLUMNS: tuple[ColumnElement[Any], ...] = (
    *(CHOICES.c[name] for name in ("id", "identity", "title", "type", "rootfolder", "library_name")),
    *(
        CHOICES.c[name]
        for name in ("categories", "language", "fallback", "text_truncated", "download_source")
    ),
    CHOICES.c.verdict,
    SHOWN_MANUAL.label("manual"),
)
NO_STATE = PictureState("", "")


def choice_facts(choice: Any | None, state: PictureState | None, is_missing: bool = False) -> ChoiceFacts:
    """The facts of a row of `COLUMNS` and of the journal's words, either of which may be absent."""
    known = state or NO_STATE
    owner, upload = known.owner, known.upload
    more = concerns_of(choice, known, is_missing), known.offered or offer_of_choice(choice)
    flags = Flag.MISSING if is_missing else Flag(0)
    if owner == HAND:
        flags |= Flag.BY_HAND
    if choice is None:
        return ChoiceFacts(None, 0, "", "", int(flags), owner, upload, *more)
    language = language_of_facts(choice.language)
    return ChoiceFacts(
        choice.id,
        choice.categories,
        language,
        provider_of(choice.download_source),
        int(flags | flags_of(choice, language)),
        owner,
        upload,
        *more,
    )


def flags_of(choice: Any, language: str) -> Flag:
    found = {
        Flag.TEXTLESS: language == TEXTLESS,
        Flag.FALLBACK: truthy(choice.fallback),
        Flag.TRUNCATED: choice.text_truncated == "true",
        Flag.RESOLVED: truthy(choice.manual),
        # The script's own word; that of a person resolves a choice, and says nothing of the picture.
        Flag.BY_HAND: choice.verdict is None and truthy(choice.manual),
    }
    return Flag(sum(flag for flag, holds in found.items() if holds))


def language_of_facts(text: str) -> str:
    """The code in lower case, "xx" for a picture without text, "" where none is said."""
    small = text.strip().lower()[:LONGEST_LANGUAGE]
    return "" if small in NOT_SAID else TEXTLESS if small == "textless" else small


def provider_of(source: str) -> str:
    """The provider that an address belongs to, "" for no picture."""
    small = source.lower()
    if small in NOT_SAID:
        return ""
    return next((name for name, parts in PROVIDERS.items() if any(part in small for part in parts)), OTHER)
