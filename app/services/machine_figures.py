"""What the server and the active run take of memory, processor and disk, measured now and then."""

import shutil
import time
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask

from app.core.errors import Conflict
from app.core.paths import Paths
from app.core.process_load import LoadReader, ProcessLoad, server_root
from app.core.settings.own_settings import OWN_DEFAULTS, own_content, parse_own_settings
from app.core.space import UsedSpace, used_space
from app.core.state_cache import StateCache
from app.extensions import Extension, Machine, machine

LOAD_SECONDS, SPACE_SECONDS = 3.0, 60.0
# All folders together are counted for so long, where there are very many files.
COUNTING_SECONDS = 1.0


class TakenPlace(NamedTuple):
    """A part of the data folder, what it takes, and the most bytes that it may take, None without a limit."""

    name: str
    used: UsedSpace
    most: int | None


class MachineFigures:
    """The figures of one machine; creating it measures nothing."""

    def __init__(self, machine: Machine):
        self.machine = machine
        self.server, self.run = LoadReader(), LoadReader()
        self.loads_cache = StateCache(seconds=LOAD_SECONDS)
        self.space_cache = StateCache(seconds=SPACE_SECONDS)

    def loads(self) -> dict[str, ProcessLoad | None]:
        """{"server", "run"}; None for a run where none is active."""
        run = self.machine.state.read()["run"] or {}
        pid = run.get("pid")
        return self.loads_cache.built("loads", lambda: self.read_loads(pid), pid)

    def read_loads(self, pid: int | None) -> dict[str, ProcessLoad | None]:
        without = (pid,) if pid else ()
        return {
            "server": self.server.read(server_root(), without),
            "run": self.run.read(pid) if pid else None,
        }

    def space(self) -> list[TakenPlace]:
        return self.space_cache.built("space", self.read_space)

    def read_space(self) -> list[TakenPlace]:
        limits, end = self.limits(), time.monotonic() + COUNTING_SECONDS
        return [
            TakenPlace(name, used_together(folders, end), limits.get(name))
            for name, folders in parts_of_data(self.machine.paths).items()
        ]

    def limits(self) -> dict[str, int]:
        """The limits in bytes by the name of the place; 0 in the settings is none."""
        own = own_limits(self.machine.paths)
        megabytes = {
            "store": own["StoreMegabytes"],
            "answers": own["CacheMegabytes"],
            "plans": own["PlansMegabytes"],
            "thumbnails": self.machine.settings.thumbnail_megabytes,
        }
        return {name: int(number) * 1024**2 for name, number in megabytes.items() if str(number).isdigit()}

    def disk(self) -> Any:
        """The disk of the data folder as `shutil.disk_usage` returns it, None where it cannot be read."""
        try:
            return shutil.disk_usage(self.machine.paths.data)
        except OSError:
            return None


def parts_of_data(paths: Paths) -> dict[str, tuple[Path, ...]]:
    return {
        "database": (paths.database,),
        "journal": (paths.engine / "engine.db", paths.engine / "engine.db-wal"),
        "store": (paths.engine / "store",),
        "answers": (paths.engine / "cache",),
        "plans": (paths.engine / "plans",),
        "thumbnails": (paths.thumbnails,),
        "logs": (paths.logs, paths.interface_logs, paths.rotated_logs),
        "uploads": (paths.uploads,),
        "overlays": (paths.overlays,),
    }


def used_together(places: tuple[Path, ...], end: float) -> UsedSpace:
    found = [used_space(place, end - time.monotonic()) for place in places]
    return UsedSpace(
        *(sum(values) for values in list(zip(*found, strict=True))[:2]), all(one.is_whole for one in found)
    )


def own_limits(paths: Paths) -> dict[str, Any]:
    try:
        return OWN_DEFAULTS | parse_own_settings(own_content(paths))
    except Conflict:
        return dict(OWN_DEFAULTS)


machine_figures = Extension[MachineFigures]("machine_figures")


def init_app(app: Flask) -> None:
    machine_figures.attach(app, MachineFigures(machine.of(app)))
