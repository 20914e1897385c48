"""Galleries among 39,000 pictures (QUICK=1: a tenth), thumbnails, and the catalogue."""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image

from app.core.assets.arrangement import Arrangement
from app.core.assets.register import marks
from app.core.assets.scan import Depth
from app.core.catalogue.cataloguing import Cataloguing, present_sources
from app.core.catalogue.facets import facet_counts
from app.core.catalogue.listing import catalogued_entries, entry_count
from app.core.catalogue.selection import Selection
from app.core.decisions.picture_states import StatesByPath
from app.extensions import Machine
from benchmarks.assets import new_scan_of_root, prepared, scan, seconds
from benchmarks.http import load
from benchmarks.servers import bare_server, our_server

IS_QUICK = bool(os.environ.get("QUICK"))
FILES = 3_900 if IS_QUICK else 39_000
ROUNDS = 1 if IS_QUICK else 5
PAGES = (
    "/api/gallery",
    "/api/titlecards-gallery?limit=200&offset=15000",
    "/api/gallery?sort=title&limit=200",
)
PICTURE, WIDTH = "Movies/poster.jpg", 320
THUMBNAIL = f"/api/thumbnail?path=/poster_assets/{PICTURE}&width={WIDTH}"
NAMES = {"/api": "view", "/file": "send_file"}
# Without a kept response, for a library of this size.
MOST_PAGE_SECONDS, MOST_COUNT_SECONDS, MOST_PASS_SECONDS = 0.2, 1.0, 30.0


def put_picture(tree: Path) -> None:
    """One real poster, as large as the script makes them."""
    (tree / "Movies").mkdir(exist_ok=True)
    Image.effect_noise((2000, 3000), 60).convert("RGB").save(tree / PICTURE, quality=85)


def small_copy(tree: Path, folder: Path) -> Path:
    """What the bare application sends: a file as long as a thumbnail."""
    file = folder / "small.jpg"
    with Image.open(tree / PICTURE) as picture:
        picture.thumbnail((WIDTH, 4 * WIDTH))
        picture.save(file, quality=82)
    return file


def whole_pass(machine: Machine) -> None:
    with machine.database.reading() as session:
        sources = present_sources(session, machine.config, StatesByPath())
    for _ in Cataloguing(machine.database, sources).steps():
        pass


def catalogue_figures(machine: Machine) -> Iterator[dict]:
    """One pass over everything, and what a page and all counts take without a kept response."""
    yield at_most(
        "seconds of a first pass of the catalogue", seconds(lambda: whole_pass(machine)), MOST_PASS_SECONDS
    )
    with machine.database.reading() as session:
        selection = Selection(marks(session)["assets"].id)
        total = entry_count(session, selection)
        last = Arrangement(sort="title", limit=200, offset=max(total - 200, 0))
        actions: dict[str, tuple[Callable[[], object], float]] = {
            "the last page of the catalogue": (
                lambda: list(catalogued_entries(session, selection, last, "poster_assets")),
                MOST_PAGE_SECONDS,
            ),
            "a search of the catalogue": (
                lambda: entry_count(session, selection._replace(words=("title", "s01e07"))),
                MOST_PAGE_SECONDS,
            ),
            "all counts of the catalogue": (lambda: facet_counts(session, selection), MOST_COUNT_SECONDS),
        }
        for name, (action, most) in actions.items():
            yield at_most(f"seconds of {name}", statistics.median(seconds(action) for _ in range(3)), most)


def at_most(name: str, value: float, target: float) -> dict:
    return {"name": name, "value": value, "target": target, "most": True}


def compare(path: str, target: float, ours: int, bare: int, bare_path: str = "/api") -> dict:
    """The median of the ratios of neighbouring measurements."""
    pairs = [(load(ours, path)["rate"], load(bare, bare_path)["rate"]) for _ in range(ROUNDS)]
    return {
        "name": f"requests/s of {path.partition('?')[0]} to those of a bare {NAMES[bare_path]}",
        "value": statistics.median(own / other for own, other in pairs),
        "target": target,
        "rate": statistics.median(own for own, _ in pairs),
    }


def measure() -> Iterator[dict]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        with prepared(data, FILES) as machine:
            put_picture(data / "tree")
            scan(new_scan_of_root(machine), Depth.LIGHT)
            yield from catalogue_figures(machine)
        with our_server(data) as (ours, _), bare_server(small_copy(data / "tree", data)) as bare:
            time.sleep(2)
            for path in PAGES:
                yield compare(path, 0.2, ours, bare)
            yield compare(THUMBNAIL, 0.5, ours, bare, "/file")
