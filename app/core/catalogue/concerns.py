"""What about a picture needs a person, by the choice and by the journal."""

from enum import IntFlag
from hashlib import blake2b
from typing import Any

from app.core.choices.rules import LANGUAGE
from app.core.config_file import truthy
from app.core.decisions.picture_states import PictureState
from app.core.decisions.states import FAILED, GLYPHS, HAND, OVERWRITTEN, REFUSED, STALE_ID, TRUNCATED
from app.core.likeness.title_measure import measure_of_marks

ENTRY_BYTES, OFFERED_BYTES = 8, 4


class Concern(IntFlag):
    """What may need a person, the most urgent first."""

    MISSING = 1
    FAILED = 2
    OVERWRITTEN = 4
    GLYPHS = 8
    STALE_ID = 16
    TRUNCATED = 32
    FAINT = 512
    LANGUAGE = 64
    FALLBACK = 128


# A title with less contrast to its ground cannot be read from a distance; large text should have 3.
FAINT_CONTRAST = 2.0
# Not in the catalogue: what stands out of its set can only be ignored by this bit.
ODD, ODD_BIT = "odd", 256
CONCERNS = {concern.name.lower(): concern for concern in Concern}
OF_MARKS = {GLYPHS: Concern.GLYPHS, STALE_ID: Concern.STALE_ID}
# What is wrong with an upload stays wrong for pictures from any source.
OF_UPLOADS = {OVERWRITTEN: Concern.OVERWRITTEN, REFUSED: Concern.FAILED}


def concerns_of(choice: Any | None, state: PictureState, is_missing: bool) -> int:
    """The bits of `Concern` for a row of `facts.COLUMNS` and the words of the journal.

    A picture that a person made or settled has none but those of its upload.
    """
    marks = state.marks.split(",")
    found = OF_UPLOADS.get(state.upload, Concern(0)) | (Concern.FAILED if FAILED in marks else Concern(0))
    if state.owner == HAND or (choice and truthy(choice.manual)):
        return int(found)
    found |= Concern(sum(concern for mark, concern in OF_MARKS.items() if mark in marks))
    if 0 < measure_of_marks(state.marks).contrast < FAINT_CONTRAST and not is_missing:
        found |= Concern.FAINT
    return int(found | concerns_of_choice(choice, marks, is_missing)) if choice else int(found)


def concerns_of_choice(choice: Any, marks: list[str], is_missing: bool) -> Concern:
    # The script's word for a cut title stands for missing characters, too, which the journal keeps apart.
    is_cut = choice.text_truncated == "true" and (GLYPHS not in marks or TRUNCATED in marks)
    holds = {
        Concern.MISSING: is_missing,
        Concern.FALLBACK: truthy(choice.fallback) and not is_missing,
        Concern.TRUNCATED: is_cut and not is_missing,
        Concern.LANGUAGE: bool(choice.categories & LANGUAGE) and not is_missing,
    }
    return Concern(sum(concern for concern, is_true in holds.items() if is_true))


def offer_of_choice(choice: Any | None) -> str:
    """Stands for the candidates of a choice where there is no journal: another one with another picture."""
    return concern_digest(choice.download_source, OFFERED_BYTES) if choice else ""


def concern_digest(text: str, length: int = ENTRY_BYTES) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=length).hexdigest()
