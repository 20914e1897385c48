"""Planning alone, of simulated libraries: assets a second and memory, up to 1,000,000 assets.

MOST_ASSETS=200000 and QUICK=1 (a tenth) take less time.
"""

import os
from pathlib import Path

from benchmarks.engine import MIB, PART, Course, data_folder, run_script

PICTURES_OF_A_FILM = 2
MOST = int(os.environ.get("MOST_ASSETS", "1000000")) // PART
FEW = MOST // 10
# A library ten times as large may take three times the memory: one entry for each folder has to be kept.
MOST_MIB, MOST_TIMES = 600, 3


def measure() -> list[dict]:
    courses = {assets: plan(assets) for assets in (FEW, MOST)}
    peak, few = courses[MOST].peak / MIB, courses[FEW].peak / MIB
    return [
        {"name": f"assets/s planned of {MOST}", "value": MOST / courses[MOST].seconds, "target": 1000,
         "minutes": courses[MOST].seconds / 60},
        {"name": f"MiB at the peak of planning {MOST}", "value": peak, "target": MOST_MIB, "most": True},
        {"name": f"times the peak of planning {FEW}", "value": peak / few, "target": MOST_TIMES, "most": True,
         "MiB": few},
    ]  # fmt: skip


def plan(assets: int) -> Course:
    """A plan of that many posters and backgrounds, none of which is there yet."""
    with data_folder({}, {"BackgroundPosters": "true"}) as (data, media):
        films = str(assets // PICTURES_OF_A_FILM)
        course = run_script(data, media, "benchmarks.simulated", "-Plan", SIMULATED_FILMS=films)
        require_whole(data, assets)
    return course


def require_whole(data: Path, assets: int) -> None:
    """The plan has a line for each asset and one of totals."""
    (sheet,) = (data / "engine" / "plans").glob("*.jsonl")
    with sheet.open("rb") as file:
        assert sum(1 for _ in file) == assets + 1, sheet
