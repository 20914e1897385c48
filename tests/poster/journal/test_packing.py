"""Records in few bytes, readable for ever."""

from hashlib import sha256

from app.poster.journal.packing import WORDS, pack_record, read_record
from tests.poster.journal.large import PATTERNS

# What was written with these words is read with them: a change of the file makes every journal unreadable.
DIGEST = "3f486ca4fc88a24570a5c40725544121dc3abf507ef62f5d9c68cb27c61f7552"


def test_the_common_words_never_change():
    assert sha256(WORDS).hexdigest() == DIGEST


def test_a_record_is_read_as_it_was_written_and_is_small():
    for record in PATTERNS:
        assert read_record(pack_record(record)) == record
    assert len(pack_record(PATTERNS[-1])) < 500


def test_what_is_no_record_is_none():
    cut_short = pack_record(PATTERNS[0])[:-9]
    assert not any(read_record(content) for content in (None, b"", b"x", cut_short))
