"""Which plans stay."""

import os

import pytest

from app.poster.pipeline.plan_sheet import forget_old


@pytest.mark.parametrize(
    ("sizes", "kept"),
    [
        ([1] * 25, 19),
        ([40, 40, 40], 2),
        ([200, 1, 1], 1),
        ([], 0),
    ],
    ids=["too many", "too large together", "the newest alone is too large", "none"],
)
def test_old_plans_go_by_number_and_by_size_and_the_newest_stays(tmp_path, sizes, kept):
    for age, size in enumerate(sizes):
        path = tmp_path / f"{age}.jsonl"
        path.write_bytes(b"x" * size)
        os.utime(path, (1000 - age, 1000 - age))
    forget_old(tmp_path, 100)
    assert sorted(int(path.stem) for path in tmp_path.iterdir()) == list(range(kept))
