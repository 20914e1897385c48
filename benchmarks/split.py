"""The split wall: 60 tiles in two designs over HTTP, against the engine that draws the same by itself.

Run as `python -m benchmarks split` (QUICK=1: one round). The server uses all cores, as it does, and the bare
engine is one process; they take turns, and each round has pictures that nobody has decoded before.
"""

import http.client
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import local
from urllib.parse import urlencode

from app.config import load_settings
from app.extensions import Machine
from app.poster.drawing.scenery import scenery
from app.poster.folders import read_folders
from app.poster.journal.journal import Journal
from app.poster.previewing.order import PreviewOrder
from app.poster.previewing.pictures import PartWanted
from app.poster.previewing.previewer import Previewer
from app.poster.records.candidate import ProviderName
from app.poster.records.journal_entry import AssetRecord
from app.poster.records.reasons import Owner, Reason
from app.poster.settings import read_settings
from app.server.startup import prepare_machine
from benchmarks.gallery import IS_QUICK, at_most
from benchmarks.servers import KEY, ROOT, our_server
from tests.candidates import make_candidate
from tests.poster.records.test_records import record

ROUNDS = 1 if IS_QUICK else 3
TILES, WIDTH = 60, 320
# As many as the page asks for at once.
TOGETHER = 5
SIDES = ("present", "cinema")
SCENES, SIZE = 6, (2000, 3000)
Tile = tuple[str, str]
kept = local()


def measure() -> list[dict]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        seed(data)
        with our_server(data, is_on_one=False) as (port, _):
            rows = [measured_round(data, port, number) for number in range(ROUNDS)]
    bare, bare_seen, both, seen = (statistics.median(column) for column in zip(*rows, strict=True))
    return [
        at_most("split wall: 60 tiles in two designs over HTTP, times the bare engine", both / bare, 1.3)
        | {"s": both, "bare_s": bare},
        # 1.5 s, or what the engine alone needs where the machine is slower.
        at_most("split wall: s until the 60 tiles that are seen stand", seen, max(1.5, 1.3 * bare_seen)),
    ]


def measured_round(data: Path, port: int, number: int) -> tuple[float, float, float, float]:
    """Seconds of the bare engine for all tiles and for what is seen, and both over HTTP."""
    drawn_over_http(port, list(tiles_of(number, "minimal", "minimal"))[:1])
    bare, bare_seen = bare_seconds(data, number)
    seen = drawn_over_http(port, list(tiles_of(number, *SIDES))[:TILES])
    rest = drawn_over_http(port, list(tiles_of(number, *SIDES))[TILES:])
    return bare, bare_seen, seen + rest, seen


def tiles_of(number: int, left: str, right: str) -> Iterator[Tile]:
    """First what is seen with the handle in the middle of six columns, then what it hides."""
    for is_hidden in (False, True):
        for place in range(TILES):
            is_left = place % 6 < 3
            yield (left if is_left != is_hidden else right), path_of(number * TILES + place)


def path_of(place: int) -> str:
    return f"Movies/Film {place:04} (2000)/poster.jpg"


def seed(data: Path) -> None:
    """Films whose pictures differ, and a record of each."""
    machine = Machine(load_settings({}, APP_DATA=data, APP_API_KEY=KEY))
    prepare_machine(machine)
    machine.close()
    (data / "config.json").write_text('{"PrerequisitePart": {"ManualAssetPath": "%s"}}' % (data / "own"))
    (data / "own").mkdir()
    scenes = [scenery(seed, SIZE) for seed in range(SCENES)]
    journal = Journal(data / "engine")
    for place in range(ROUNDS * TILES):
        file = data / "own" / f"{place}.jpg"
        scenes[place % SCENES].save(file, quality=90 - place % 5)
        journal.note(film(place, file))
    journal.end("run", datetime.now(UTC))
    journal.close()


def film(place: int, file: Path) -> AssetRecord:
    known, chosen = record(), make_candidate(ProviderName.MANUAL, str(file))
    title = f"The Number {place} of Many Films"
    treatment = replace(known.decision.treatment, title=title)
    decision = replace(known.decision, path=path_of(place), title=title, treatment=treatment, chosen=chosen)
    made = {"owner": Owner.OURS, "reason": Reason.NEW, "uploads": ()}
    return replace(known, path=decision.path, decision=decision, **made)


def drawn_over_http(port: int, tiles: list[Tile]) -> float:
    """Seconds until all are there, over connections that stay open."""
    began = time.perf_counter()
    with ThreadPoolExecutor(TOGETHER) as clients:
        list(clients.map(partial(fetch_tile, port), tiles))
    return time.perf_counter() - began


def fetch_tile(port: int, tile: Tile) -> None:
    if getattr(kept, "port", None) != port:
        kept.port, kept.connection = port, http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    design, asset = tile
    query = urlencode({"asset": asset, "kind": "poster", "width": WIDTH})
    kept.connection.request("GET", f"/api/designs/{design}/preview?{query}", headers={"X-API-Key": KEY})
    answer = kept.connection.getresponse()
    content = answer.read()
    if answer.status != 200 or answer.headers["X-Preview-Source"] != "original":
        raise RuntimeError(f"{answer.status} {content[:200]!r}")


def bare_seconds(data: Path, number: int) -> tuple[float, float]:
    """Of all tiles, and of those that are seen first."""
    command = [sys.executable, "-m", "benchmarks.split", str(data), str(number)]
    output = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    seen, rest = map(float, output.split())
    return seen + rest, seen


def draw_bare(data: Path, number: int) -> tuple[float, float]:
    """Seconds of this process for the tiles that are seen, and for the others, one after the other."""
    folders = read_folders(data, read_settings(data / "config.json"), os.environ)
    previewer = Previewer(folders)
    for design in SIDES:
        draw_tile(previewer, data, (design, path_of(0)))
    tiles = list(tiles_of(number, *SIDES))
    return seconds_of(previewer, data, tiles[:TILES]), seconds_of(previewer, data, tiles[TILES:])


def seconds_of(previewer: Previewer, data: Path, tiles: list[Tile]) -> float:
    began = time.perf_counter()
    for tile in tiles:
        draw_tile(previewer, data, tile)
    return time.perf_counter() - began


def draw_tile(previewer: Previewer, data: Path, tile: Tile) -> None:
    design, asset = tile
    named = None if design == SIDES[0] else design
    order = PreviewOrder("poster", asset=asset, width=WIDTH, design=named)
    try:
        previewer.draw(order, {})
    except PartWanted:
        place = int(asset.partition("Film ")[2][:4])
        previewer.draw(order, {"picture": (data / "own" / f"{place}.jpg").read_bytes()})


if __name__ == "__main__":
    print(*draw_bare(Path(sys.argv[1]), int(sys.argv[2])))
