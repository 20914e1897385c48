"""What read-back and ownership add to a run over an unchanged library whose pictures were uploaded."""

import os
import tempfile
import time
from pathlib import Path

from benchmarks.engine import run_script
from tests.doubles.loopback import serving
from tests.doubles.media_plex import TOKEN, MediaPlex
from tests.doubles.media_world import many_films
from tests.poster.program import write_config

FILMS = 100 if os.environ.get("QUICK") == "1" else 1000
ROUNDS = 4


def measure() -> list[dict]:
    value = percent_added()
    name = f"% that read-back adds to an unchanged run over {FILMS} films"
    return [{"name": name, "value": value, "target": 10, "most": True}]


def percent_added() -> float:
    """The quickest of some runs with uploads against the quickest without, taken in turn."""
    with tempfile.TemporaryDirectory() as folder, serving(MediaPlex(many_films(FILMS))) as double:
        data = Path(folder)
        run(data, double, uploads=True)
        assert len(double.uploads) == FILMS
        double.forget_requests()
        seconds = {True: [], False: []}
        for number in range(2 * ROUNDS):
            uploads = number % 2 == 0
            seconds[uploads].append(run(data, double, uploads))
        assert not double.uploads
        return 100 * (min(seconds[True]) / min(seconds[False]) - 1)


def run(data: Path, double: MediaPlex, uploads: bool) -> float:
    """Seconds of one run."""
    plex = {"UsePlex": "true", "PlexUrl": double.url, "LibstoExclude": []}
    common = {"PlexUpload": "true" if uploads else "false"}
    write_config(data, PlexPart=plex, ApiPart={"PlexToken": TOKEN}, PrerequisitePart=common)
    begun = time.perf_counter()
    variables = {"GENERATE_MISSING": "on", "ASSET_PATH": str(data / "assets")}
    run_script(data, data / "none", "benchmarks.undrawn", **variables)
    return time.perf_counter() - begun
