"""Previews through the API beside the engine's bare drawing, in one run: `python -m benchmarks previews`.

The library is a folder of films with pictures of their own, and a run has published its posters. Bare is the
drawing of the same picture in this process: from the file for a whole one, small for a wall.
"""

import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import requests
from PIL import Image, ImageChops

from app.core.decisions.record import decision_of
from app.poster.drawing.canvas import open_canvas
from app.poster.drawing.design import POSTER_SIZE
from app.poster.drawing.designs import StyleBook
from app.poster.drawing.draw import draw, draw_on
from app.poster.drawing.scenery import scenery
from app.poster.kinds import Kind
from app.poster.previewing.previewer import FINER
from app.poster.previewing.scaling import scaled_design
from app.poster.settings import read_settings
from benchmarks.servers import KEY, our_server

TILES, TILE_WIDTH = 60, 200
ROUNDS = 9
# As many as a browser asks for at once.
AT_ONCE = 6
# After the last key a page waits for 80 ms.
PAUSE, LONGEST_WAIT = 80, 400
MOST_TIMES, WALL_SECONDS, WALL_TIMES = 3.0, 1.5, 1.3
MOST_DIFFERENT, VISIBLE = 1.0, 24
PLACES = (("mountains", "golden"), ("sea", "dusk"), ("forest", "dawn"), ("dunes", "aurora"), ("hills", "day"))
MILLISECONDS = 1000
TITLE = "A lantern burns at the quay {}"


def measure() -> list[dict]:
    """The figures of one preview, of a wall, and of the difference to what a run published."""
    with (
        tempfile.TemporaryDirectory() as folder,
        library(Path(folder)) as (data, media),
        our_server(data, is_on_one=False, MEDIA_PATH=str(media)) as (port, _),
    ):
        calls = Calls(f"http://127.0.0.1:{port}")
        return [*single_figures(calls, data), *wall_figures(calls, data), difference(calls, data)]


class Calls:
    """Requests of one caller who keeps its connections."""

    def __init__(self, address: str):
        self.address = f"{address}/api/previews"
        self.session = requests.Session()
        self.session.headers["X-API-Key"] = KEY
        adapter = requests.adapters.HTTPAdapter(pool_maxsize=AT_ONCE)
        self.session.mount("http://", adapter)

    def draw(self, **wanted: Any) -> bytes:
        answer = self.session.post(self.address, json=wanted, timeout=60)
        answer.raise_for_status()
        return answer.content


@contextmanager
def library(folder: Path) -> Iterator[tuple[Path, Path]]:
    """(data folder, media folder) of films whose posters a run has published."""
    data, media = folder / "data", folder / "media"
    data.mkdir()
    settings = {"PlexPart": {"UsePlex": "false"}, "PrerequisitePart": {"AssetPath": str(data / "assets")}}
    (data / "config.json").write_text(json.dumps(settings))
    for number in range(TILES):
        add_film(media, number)
    environment = {**os.environ, "APP_DATA": str(data), "MEDIA_PATH": str(media), "GENERATE_MISSING": "off"}
    subprocess.run(
        [sys.executable, "-m", "app.poster"], env=environment, check=True, stdout=subprocess.DEVNULL
    )
    yield data, media


def add_film(media: Path, number: int) -> None:
    name = f"{TITLE.format(number)} ({1900 + number})"
    folder = media / "Films" / name
    folder.mkdir(parents=True)
    (folder / f"{name}.mkv").touch()
    picture = scenery(f"film {number}", (1000, 1500), *PLACES[number % len(PLACES)])
    picture.resize((2000, 3000)).save(folder / "poster.jpg", quality=90)


def poster_of(number: int) -> str:
    return f"Films/{TITLE.format(number)} ({1900 + number})/poster.jpg"


def source_of(data: Path, number: int) -> bytes:
    return Path(decision_of(data / "engine", poster_of(number))["decision"]["chosen"]["address"]).read_bytes()


def design_of_title(data: Path, number: int):
    styles = StyleBook(read_settings(data / "config.json"), data / "Overlayfiles")
    return styles.style(Kind.POSTER).design(TITLE.format(number))


def milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * MILLISECONDS


def single_figures(calls: Calls, data: Path) -> list[dict]:
    """One value moves, and the same picture is drawn again, turn by turn with the bare drawing."""
    source, design = source_of(data, 0), design_of_title(data, 0)
    calls.draw(kind="poster", asset=poster_of(0))
    found: dict[str, list[float]] = {"whole": [], "small": [], "bare": []}
    for turn in range(ROUNDS):
        moved = {"PosterOverlayPart": {"text_offset": str(300 + 10 * turn)}}
        ask = partial(calls.draw, kind="poster", asset=poster_of(0), settings=moved, slot="bench")
        found["whole"].append(milliseconds(ask))
        found["small"].append(milliseconds(partial(ask, width=800)))
        found["bare"].append(milliseconds(partial(draw, source, design, refuse_empty=True)))
    whole, small, bare = (statistics.median(found[name]) for name in ("whole", "small", "bare"))
    facts = {"most": True, "bare_ms": bare}
    return [
        {
            "name": "preview after the last key (ms, 800 wide)",
            "value": PAUSE + small,
            "target": LONGEST_WAIT,
            **facts,
        },
        {
            "name": "preview in full size after the last key (ms)",
            "value": PAUSE + whole,
            "target": LONGEST_WAIT,
            **facts,
        },
        {
            "name": "preview in full size against bare drawing",
            "value": whole / bare,
            "target": MOST_TIMES,
            **facts,
        },
    ]


def wall_figures(calls: Calls, data: Path) -> list[dict]:
    """A wall in a design that changes: first from the files, then from what is kept."""
    bare = milliseconds(lambda: [bare_tile(data, number) for number in range(TILES)])
    first = milliseconds(partial(wall, calls, "red"))
    again = min(milliseconds(partial(wall, calls, color)) for color in ("blue", "green", "white"))
    return [wall_figure("from the files", first, bare), wall_figure("in another design", again, bare)]


def wall_figure(name: str, taken: float, bare: float) -> dict:
    """How near a wall comes to the limit that is easier to keep: seconds, or times the bare drawing."""
    seconds = taken / MILLISECONDS
    return {
        "name": f"wall of 60 {name}, of the limit",
        "value": min(seconds / WALL_SECONDS, taken / bare / WALL_TIMES),
        "target": 1.0,
        "most": True,
        "seconds": seconds,
        "bare_seconds": bare / MILLISECONDS,
    }


def wall(calls: Calls, color: str) -> None:
    settings = {"PosterOverlayPart": {"fontcolor": color}}
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for number in range(TILES):
            threads.submit(
                calls.draw, kind="poster", asset=poster_of(number), width=TILE_WIDTH, settings=settings
            )


def bare_tile(data: Path, number: int) -> None:
    """What the engine does for a tile from its file, without anything around it."""
    zoom = TILE_WIDTH / POSTER_SIZE[0]
    design = scaled_design(design_of_title(data, number), zoom, FINER)
    canvas, tables = open_canvas(source_of(data, number), design.size)
    draw_on(canvas, design, tables, zoom=zoom * FINER, finer=FINER)


def difference(calls: Calls, data: Path) -> dict:
    """The largest share of visibly different pixels between a preview and the file of the run."""
    shares = [different(calls, data, number) for number in range(0, TILES, 12)]
    return {
        "name": "pixels that differ from the run's (%)",
        "value": max(shares),
        "target": MOST_DIFFERENT,
        "most": True,
    }


def different(calls: Calls, data: Path, number: int) -> float:
    preview = Image.open(io.BytesIO(calls.draw(kind="poster", asset=poster_of(number))))
    published = Image.open(data / "assets" / poster_of(number))
    found = ImageChops.difference(preview, published).convert("L").histogram()
    return 100 * sum(found[VISIBLE + 1 :]) / (published.width * published.height)
