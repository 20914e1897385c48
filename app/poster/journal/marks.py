"""What the journal keeps of a record in words: a whole library is looked through without unpacking it."""

from hashlib import blake2b

from app.poster.records.decision import STALE_END
from app.poster.records.journal_entry import AssetRecord

GLYPHS, TRUNCATED, STALE_ID = "glyphs", "truncated", "stale_id"
DIGEST_BYTES = 4


def marks_of(record: AssetRecord) -> str:
    """What a person may have to look at, in words with commas between them."""
    holds = {
        GLYPHS: bool(record.drawn.missing),
        TRUNCATED: record.drawn.truncated,
        STALE_ID: any(note.endswith(STALE_END) for note in record.decision.notes),
    }
    return ",".join(word for word, is_true in holds.items() if is_true)


def offered_word(record: AssetRecord) -> str:
    """Stands for all candidates, whichever was chosen; "" where there were none."""
    decision = record.decision
    chosen = [decision.chosen] if decision.chosen else []
    found = {one.address for one in [*chosen, *(each.candidate for each in decision.considered)]}
    text = "\n".join(sorted(found)).encode()
    return blake2b(text, digest_size=DIGEST_BYTES).hexdigest() if found else ""
