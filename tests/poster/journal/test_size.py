"""The journal of large libraries is bounded on the disk; benchmarks/journal.py measures its speed."""

import pytest

from tests.poster.journal.large import fill

MEBIBYTE = 2**20


@pytest.mark.slow
def test_a_large_journal_is_bounded(tmp_path):
    fill(tmp_path, 10_000)
    # 30 without the states by which pages find what needs a person, and 31 without the indexes by content.
    assert (tmp_path / "engine.db").stat().st_size < 34 * MEBIBYTE
