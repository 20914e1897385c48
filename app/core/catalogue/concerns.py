"""What about a picture needs a person, by the choice and by the journal."""

from enum import IntFlag
from hashlib import blake2b
from typing import Any

from app.core.choices.rules import LANGUAGE
from app.core.config_file import truthy
from app.core.decisions.picture_states import PictureState
from app.core.decisions.states import HAND, OVERWRITTEN, REFUSED

ENTRY_BYTES, OFFERED_BYTES = 8, 4


class Concern(IntFlag):
    """What may need a person, the most urgent first."""

    MISSING = 1
    FAILED = 2
    OVERWRITTEN = 4
    GLYPHS = 8
    STALE_ID = 16
    TRUNCATED = 32
    LANGUAGE = 64
    FALLBACK = 128


CONCERNS = {concern.name.lower(): concern for concern in Concern}
# What is wrong with an upload stays wrong whoever made the picture.
OF_UPLOADS = {OVERWRITTEN: Concern.OVERWRITTEN, REFUSED: Concern.FAILED}


def concerns_of(choice: Any | None, state: PictureState, is_missing: bool) -> int:
    """The bits of `Concern` for a row of `facts.COLUMNS` and the words of the journal.

    A picture that a person made or settled has none of those that come from the choice.
    """
    found = OF_UPLOADS.get(state.upload, Concern(0))
    if choice is None or truthy(choice.manual) or state.owner == HAND:
        return int(found)
    holds = {
        Concern.MISSING: is_missing,
        Concern.FALLBACK: truthy(choice.fallback) and not is_missing,
        Concern.TRUNCATED: choice.text_truncated == "true" and not is_missing,
        Concern.LANGUAGE: bool(choice.categories & LANGUAGE) and not is_missing,
    }
    return int(found | Concern(sum(concern for concern, is_true in holds.items() if is_true)))


def offered_word(choice: Any | None) -> str:
    """Stands for the candidates of a choice: another word where a run found another picture."""
    return short_digest(choice.download_source, OFFERED_BYTES) if choice else ""


def short_digest(text: str, length: int = ENTRY_BYTES) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=length).hexdigest()
