"""The asset index on made trees: `python -m benchmarks assets`; QUICK=1 is content with a tenth of them."""

import json
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from app.config import load_settings
from app.core.assets import register
from app.core.assets.batch import Numbers
from app.core.assets.reading import SETTLED_NS, ReadingRules
from app.core.assets.root_scan import RootScan
from app.core.assets.scan import Depth, Root, identity_of
from app.extensions import Machine
from app.models import Base
from app.server.startup import prepare_machine
from benchmarks.http import load
from benchmarks.servers import bare_server, our_server
from benchmarks.trees import make_tree, raw_walk

SMALL, LARGE = 39_000, 390_000
ROUNDS, SCANS = 7, 3
PATHS = ("/api/assets/stats", "/api/assets-folders", "/api/gallery?limit=50")
MEMORY_MIB, START_SECONDS = 150, 2.0


def sizes() -> tuple[int, int]:
    return (SMALL // 10, SMALL) if os.environ.get("QUICK") else (SMALL, LARGE)


@contextmanager
def prepared(data: Path, files: int) -> Iterator[Machine]:
    """A data folder with a tree that nobody has scanned yet."""
    machine = Machine(load_settings({}, APP_DATA=data))
    prepare_machine(machine)
    Base.metadata.create_all(machine.database.engine)
    make_tree(data / "tree", files)
    section = {name: str(data / below) for name, below in (("AssetPath", "tree"), ("ManualAssetPath", "own"))}
    machine.paths.config.write_text(json.dumps({"PrerequisitePart": section}), encoding="utf-8")
    yield machine
    machine.close()


def seconds(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def beside_a_walk(root: Path, action: Callable[[], object]) -> float:
    """How many times as long as a raw walk it takes, with a walk before and one after it."""
    before = seconds(lambda: raw_walk(str(root)))
    own = seconds(action)
    return own / statistics.mean([before, seconds(lambda: raw_walk(str(root)))])


def new_scan_of_root(machine: Machine) -> RootScan:
    """An index that knows nothing."""
    path = machine.roots.path("assets")
    with machine.database.writing() as session:
        numbers = Numbers(session)
        mark = register.enter(session, "assets", path, numbers)
    return RootScan(
        machine.database, numbers, Root(mark.id, path, identity_of(path)), ReadingRules(path, False)
    )


def scan(root_scan: RootScan, depth: Depth) -> None:
    root_scan.begin(depth)
    while not root_scan.advance():
        pass


def scans(machine: Machine) -> list[dict]:
    """The first scan, and scans that find nothing new, beside a raw walk of the same tree."""
    root = machine.roots.path("assets")
    raw_walk(str(root))
    root_scan = new_scan_of_root(machine)
    first = beside_a_walk(root, lambda: scan(root_scan, Depth.LIGHT))
    # Folders are looked at again until their last change is some seconds old.
    time.sleep(SETTLED_NS / 1e9)
    scan(root_scan, Depth.LIGHT)
    light, deep = (unchanged(root, root_scan, depth) for depth in (Depth.LIGHT, Depth.DEEP))
    return [
        {"name": "time of a first scan to a raw walk's", "value": first, "target": 4, "most": True},
        {
            "name": "time of an unchanged rescan to a raw walk's",
            "value": light,
            "target": 1.5,
            "most": True,
            "with_all_files": deep,
        },
    ]


def unchanged(root: Path, root_scan: RootScan, depth: Depth) -> float:
    return statistics.median(beside_a_walk(root, lambda: scan(root_scan, depth)) for _ in range(SCANS))


def forget(machine: Machine) -> None:
    """Leave the server an index to be made anew."""
    with machine.database.writing() as session:
        for table in ("asset_roots", "asset_folders", "asset_files", "asset_totals"):
            session.execute(Base.metadata.tables[table].delete())


def is_scanned(machine: Machine) -> bool:
    with machine.database.reading() as session:
        mark = register.marks(session).get("assets")
    return mark is not None and mark.scanned_at is not None


def first_scan_under_load(machine: Machine, data: Path) -> list[dict]:
    """Latency while the server makes its index, then without anything to do, and the memory of its worker."""
    with our_server(data) as (port, server):
        [worker] = psutil.Process(server.pid).children()
        peak = Peak(worker)
        during = [load(port, "/api")["p99_ms"]]
        while not is_scanned(machine):
            during.append(load(port, "/api")["p99_ms"])
        memory = peak.stop()
        time.sleep(3)
        idle = [load(port, "/api")["p99_ms"] for _ in range(5)]
    busy = during[:-1] or during
    ratio = statistics.median(busy) / statistics.median(idle)
    return [
        {
            "name": "99th percentile of /api during a scan to idle",
            "value": ratio,
            "target": 5,
            "most": True,
            "busy_ms": statistics.median(busy),
            "idle_ms": statistics.median(idle),
        },
        {"name": "MiB of a worker at most", "value": memory, "target": MEMORY_MIB, "most": True},
    ]


class Peak:
    """The most resident memory that a process has while it is watched."""

    def __init__(self, process: psutil.Process):
        self.process = process
        self.most = 0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def watch(self) -> None:
        while not self.over.wait(0.05):
            self.most = max(self.most, self.process.memory_info().rss)

    def stop(self) -> float:
        self.over.set()
        self.thread.join()
        return self.most / 1024 / 1024


def start(data: Path) -> dict:
    """From the command to the first answer, with the whole index there."""
    started = time.perf_counter()
    with our_server(data):
        value = time.perf_counter() - started
    return {"name": "seconds to the first 200", "value": value, "target": START_SECONDS, "most": True}


def answers(small: Path, large: Path) -> Iterator[dict]:
    with our_server(small) as (few, _), our_server(large) as (many, _), bare_server() as bare:
        time.sleep(5)
        for path in PATHS:
            yield from compare(path, few, many, bare)


def compare(path: str, few: int, many: int, bare: int) -> list[dict]:
    """Medians of the ratios of neighbouring measurements."""
    rates = [
        (load(few, path)["rate"], load(many, path)["rate"], load(bare, "/api")["rate"]) for _ in range(ROUNDS)
    ]
    return [
        {
            "name": f"time of {path} with ten times the files",
            "value": statistics.median(small / large for small, large, _ in rates),
            "target": 1.2,
            "most": True,
        },
        {
            "name": f"requests/s of {path} to a bare view's",
            "value": statistics.median(large / other for _, large, other in rates),
            "target": 0.3,
            "rate": statistics.median(large for _, large, _ in rates),
        },
    ]


def measure() -> list[dict]:
    few, many = sizes()
    with tempfile.TemporaryDirectory() as folder:
        small, large = Path(folder, "small"), Path(folder, "large")
        with prepared(small, few) as machine:
            scan(new_scan_of_root(machine), Depth.LIGHT)
        with prepared(large, many) as machine:
            figures = scans(machine)
            forget(machine)
            figures += first_scan_under_load(machine, large)
        return [*figures, start(large), *answers(small, large)]
