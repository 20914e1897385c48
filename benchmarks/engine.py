"""A whole run of the poster engine: how busy it keeps the cores, its first poster, its memory, a second run.

Providers are doubles on this machine. Runs over many thousands of films draw nothing: a stand-in for the
drawing processes answers at once, so that what is measured is everything else. QUICK=1 takes a tenth of all.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import psutil

from benchmarks.drawing import WORKS, imagemagick, prepare_chain
from benchmarks.providers import ROOT, running_doubles

PART = 10 if os.environ.get("QUICK") == "1" else 1
FILMS, SHOWS, EPISODES = 496 // PART, 4, 50 // PART
CHAINS = 6  # for each core, posters and title cards as they are mixed in the run
ONLINE = {"TitleCards": "true", "SeasonPosters": "false"}
FEW, MANY = 2_000 // PART, 20_000 // PART
MIB = 1024 * 1024
LOOK_SECONDS = 0.1
STAND_IN = "benchmarks.undrawn"


@dataclass
class Course:
    """What was seen of a run: seconds to the first poster and to the end, peak bytes, processor seconds,
    and at last the percent of the cores in `share`."""

    first_poster: float = 0.0
    seconds: float = 0.0
    peak: int = 0
    used: dict[int, float] = field(default_factory=dict)
    used_before: float = 0.0
    idle_before: float = 0.0
    share: float = 0.0

    @property
    def busy(self) -> float:
        """Percent of the processor time since the first poster that other programs left to the run."""
        used = sum(self.used.values()) - self.used_before
        return 100 * used / (used + idle_seconds() - self.idle_before)


def idle_seconds() -> float:
    """How long the cores that this process may use had nothing to do so far."""
    times = psutil.cpu_times(percpu=True)
    return sum(times[core].idle + times[core].iowait for core in os.sched_getaffinity(0))


def run_script(
    data: Path, media: Path, module: str = "app.poster", *arguments: str, **variables: str
) -> Course:
    """Follow one run to its end; a run that fails is an error here."""
    environment = {**os.environ, **variables, "APP_DATA": str(data), "MEDIA_PATH": str(media)}
    command = [sys.executable, "-m", module, *arguments]
    course, begun = Course(), time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as run:
        while run.poll() is None:
            look(course, run.pid, data, time.perf_counter() - begun)
            time.sleep(LOOK_SECONDS)
        course.seconds, course.share = time.perf_counter() - begun, course.busy
        assert run.returncode == 0, run.stderr.read()
    return course


def look(course: Course, number: int, data: Path, seconds: float) -> None:
    """Note the memory and the processor time of the run and of all that it started."""
    memory = 0
    for process in family(number):
        times = process.cpu_times()
        course.used[process.pid] = times.user + times.system
        memory += process.memory_info().rss
    course.peak = max(course.peak, memory)
    if not course.first_poster and next((data / "assets").rglob("*.jpg"), None):
        course.first_poster, course.used_before = seconds, sum(course.used.values())
        course.idle_before = idle_seconds()


def family(number: int) -> Iterator[psutil.Process]:
    try:
        head = psutil.Process(number)
        yield from (process for process in (head, *head.children(recursive=True)) if process.is_running())
    except psutil.NoSuchProcess:
        return


@contextmanager
def data_folder(api: dict[str, str], common: dict[str, str]) -> Iterator[tuple[Path, Path]]:
    """A data folder with a config.json, and an empty folder for media."""
    with tempfile.TemporaryDirectory() as folder:
        data, media = Path(folder) / "data", Path(folder) / "media"
        (data / "assets").mkdir(parents=True)
        sections = {"PlexPart": {"UsePlex": "false"}, "ApiPart": api}
        sections["PrerequisitePart"] = {"AssetPath": "assets", **common}
        (data / "config.json").write_text(json.dumps(sections))
        yield data, media


def add_films(media: Path, count: int) -> None:
    for number in range(1, count + 1):
        folder = media / "Movies" / f"Film {number} (2000) {{tmdb-{number}}}"
        folder.mkdir(parents=True)
        (folder / f"Film {number}.mkv").touch()


def add_shows(media: Path) -> None:
    for number in range(1, SHOWS + 1):
        folder = media / "TV" / f"Show {number} (2000) {{tvdb-{number}}}" / "Season 01"
        folder.mkdir(parents=True)
        for episode in range(1, EPISODES + 1):
            (folder / f"Show {number} - S01E{episode:02} - Episode {episode}.mkv").touch()


def measure() -> list[dict]:
    return [*measure_drawing(), *measure_many()]


def measure_drawing() -> list[dict]:
    """A run that fetches and draws everything, and one after it that has nothing to do."""
    assets = FILMS + SHOWS + SHOWS * EPISODES
    with (
        running_doubles(FILMS, SHOWS, EPISODES) as doubles,
        data_folder(doubles.keys, ONLINE) as (data, media),
    ):
        add_films(media, FILMS)
        add_shows(media)
        first = run_script(data, media, **doubles.environment)
        loaded = doubles.counts()["images"]
        run_script(data, media, **doubles.environment)
        loaded_again = doubles.counts()["images"] - loaded
    return [
        {"name": "percent used of the cores that others leave", "value": first.share, "target": 85,
         "images/s": assets / first.seconds},
        *against_imagemagick(assets / first.seconds),
        {"name": "seconds until the first poster lies there", "value": first.first_poster, "target": 3,
         "most": True},
        {"name": "images loaded by a second run", "value": loaded_again, "target": 0, "most": True},
    ]  # fmt: skip


def against_imagemagick(ours: float) -> list[dict]:
    """Images a second of the whole run against three calls for each image, on as many cores."""
    command, cores = imagemagick(), len(os.sched_getaffinity(0))
    if not command:
        return []
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(cores) as threads:
        places = [Path(folder) / str(number) for number in range(cores)]
        chains = list(threads.map(partial(prepare_chains, command), places))
        begun = time.perf_counter()
        list(threads.map(run_chains, chains))
        theirs = cores * CHAINS / (time.perf_counter() - begun)
    return [{"name": "times as many images/s as ImageMagick's chain", "value": ours / theirs, "target": 8,
             "theirs": theirs}]  # fmt: skip


def prepare_chains(command: str, place: Path) -> list[Callable[[], None]]:
    place.mkdir()
    kinds = (WORKS[0], WORKS[0], WORKS[-1])
    return [prepare_chain(command, work, place) for work in kinds] * (CHAINS // len(kinds))


def run_chains(chains: list[Callable[[], None]]) -> None:
    for chain in chains:
        chain()


def measure_many() -> list[dict]:
    """Runs over many films, the first with the stand-in for drawing, the second with nothing to draw."""
    peaks, rate = {}, 0.0
    for count in (FEW, MANY):
        with data_folder({}, {}) as (data, media):
            add_films(media, count)
            peaks[count] = run_script(data, media, STAND_IN).peak
            rate = count / run_script(data, media).seconds
    return [
        {"name": f"assets/s of a second run over {MANY}", "value": rate, "target": 1000},
        {"name": f"MiB at the peak of a run over {MANY}", "value": peaks[MANY] / MIB, "target": 400,
         "most": True},
        {"name": f"times the peak of a run over {FEW}", "value": peaks[MANY] / peaks[FEW], "target": 1.3,
         "most": True},
    ]  # fmt: skip
