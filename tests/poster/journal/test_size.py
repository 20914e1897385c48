"""The journal of large libraries: bounded on the disk, and as quick at 200,000 assets as at 20,000."""

import pytest

from tests.poster.journal.large import fill, seconds

MEBIBYTE = 2**20


@pytest.mark.slow
def test_a_large_journal_is_bounded_and_no_slower(tmp_path):
    small, large = tmp_path / "small", tmp_path / "large"
    fill(small, 20_000)
    assert (small / "engine.db").stat().st_size < 60 * MEBIBYTE
    fill(large, 200_000)
    assert seconds(large, 200_000) < 2.5 * seconds(small, 20_000)
