"""What the journal keeps of a record in words: a whole library is looked through without unpacking it."""

from hashlib import blake2b

from app.poster.records.candidate import Lettered
from app.poster.records.decision import STALE_END, Decision
from app.poster.records.journal_entry import AssetRecord

GLYPHS, TRUNCATED, STALE_ID, DOUBLED, SIZE = "glyphs", "truncated", "stale_id", "doubled", "size"
LINES, CONTRAST = "lines", "contrast"
DIGEST_BYTES = 4


def marks_of(record: AssetRecord) -> str:
    """What a person may have to look at, and size, lines and contrast of the title, in words with commas.

    The contrast is in tenths.
    """
    holds = {
        GLYPHS: bool(record.drawn.missing),
        TRUNCATED: record.drawn.truncated,
        STALE_ID: any(note.endswith(STALE_END) for note in record.decision.notes),
        DOUBLED: is_doubled(record.decision),
        f"{SIZE}{next(iter(record.drawn.point_sizes), 0)}": bool(record.drawn.point_sizes),
        f"{LINES}{record.drawn.lines}": bool(record.drawn.lines),
        f"{CONTRAST}{round(record.drawn.contrast * 10)}": bool(record.drawn.contrast),
    }
    return ",".join(word for word, is_true in holds.items() if is_true)


def is_doubled(decision: Decision) -> bool:
    """Whether a title is drawn over a picture that shows one."""
    treatment, chosen = decision.treatment, decision.chosen
    draws = treatment.with_text and treatment.title.strip() and not decision.logo
    return bool(draws and chosen and chosen.lettered is Lettered.WITH_TEXT)


def offered_word(record: AssetRecord) -> str:
    """Stands for all candidates, whichever was chosen; "" where there were none."""
    decision = record.decision
    chosen = [decision.chosen] if decision.chosen else []
    found = {one.address for one in [*chosen, *(each.candidate for each in decision.considered)]}
    text = "\n".join(sorted(found)).encode()
    return blake2b(text, digest_size=DIGEST_BYTES).hexdigest() if found else ""
