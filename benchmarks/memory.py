"""The memory of all processes of a server with 2,000 images: `python -m benchmarks memory`."""

import tempfile
import time
from pathlib import Path

import psutil

from app.config import load_settings
from app.extensions import Machine
from app.server.startup import prepare_machine
from benchmarks.http import load
from benchmarks.servers import our_server
from benchmarks.trees import make_tree

IMAGES = 2_000
IDLE_MIB, LOADED_MIB = 100, 150
PATHS = ("/api/status", "/api/gallery?limit=50", "/api/assets/overview?limit=20", "/api/runtime-history")
SETTLING_SECONDS = 10


def proportional_mib(master: psutil.Process) -> float:
    """Return the memory of master and workers, where pages that several share count once."""
    processes = [master, *master.children(recursive=True)]
    return sum(process.memory_full_info().pss for process in processes) / 1024**2


def figure(name: str, value: float, target: float) -> dict:
    return {"name": name, "value": value, "target": target, "most": True}


def measure() -> list[dict]:
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        machine = Machine(load_settings({}, APP_DATA=data))
        prepare_machine(machine)
        make_tree(machine.roots.existing("assets"), IMAGES)
        machine.close()
        with our_server(data) as (port, server):
            time.sleep(SETTLING_SECONDS)
            master = psutil.Process(server.pid)
            idle = proportional_mib(master)
            for path in PATHS:
                load(port, path)
            loaded = proportional_mib(master)
    return [
        figure(f"MiB of all processes, idle with {IMAGES} images", idle, IDLE_MIB),
        figure("MiB of all processes after load", loaded, LOADED_MIB),
    ]
