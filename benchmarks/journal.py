"""The journal: its size at 20,000 uploaded assets, and a run's reads and writes at ten times as many."""

import tempfile
from pathlib import Path

from tests.poster.journal.large import fill, seconds

SMALL, LARGE = 20_000, 200_000
MEBIBYTE = 2**20


def measure() -> list[dict]:
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small"), Path(folder, "large")
        fill(small, SMALL)
        fill(large, LARGE)
        size = (small / "engine.db").stat().st_size / MEBIBYTE
        ratio = seconds(large, LARGE) / seconds(small, SMALL)
    return [
        {"name": f"MiB of journal for {SMALL:,} uploaded assets", "value": size, "target": 60, "most": True},
        {
            "name": f"time of the same steps at {LARGE:,} / at {SMALL:,} assets",
            "value": ratio,
            "target": 1.5,
            "most": True,
        },
    ]
