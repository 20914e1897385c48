"""The machine that the server runs on."""

import platform
import time
from collections.abc import Callable
from pathlib import Path

import psutil

from app.core.state_cache import StateCache

FRESH_SECONDS = 3.0
CPU_FACTS = Path("/proc/cpuinfo")
MEBIBYTE = 1024 * 1024
UNKNOWN_SYSTEM = {
    "platform": "Unknown",
    "os_version": "Unknown",
    "cpu_model": "Unknown",
    "cpu_cores": 0,
    "total_memory": "0 MB",
    "used_memory": "0 MB",
    "free_memory": "0 MB",
    "memory_percent": 0.0,
    "is_docker": False,
}


class SystemInfo:
    """Hardware and memory; constant values are read once, the memory every three seconds at most."""

    def __init__(self, in_container: bool, clock: Callable[[], float] = time.monotonic):
        self.in_container = in_container
        self.lasting: dict | None = None
        self.cache = StateCache(seconds=FRESH_SECONDS, clock=clock)

    def read(self) -> dict:
        return self.cache.value("system", self.look)

    def look(self) -> dict:
        self.lasting = self.lasting or lasting_facts()
        return {**self.lasting, **memory_facts(), "is_docker": self.in_container}


def lasting_facts() -> dict:
    return {
        "platform": platform.system(),
        "os_version": os_version(),
        "cpu_model": cpu_model(CPU_FACTS),
        "cpu_cores": psutil.cpu_count() or 1,
    }


def os_version() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.platform()


def cpu_model(facts: Path) -> str:
    """The first model that the kernel names; ARM machines name none."""
    try:
        lines = facts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    models = (line.partition(":")[2].strip() for line in lines if line.lower().startswith("model name"))
    return next(models, "") or platform.processor() or platform.machine() or "Unknown"


def memory_facts() -> dict:
    memory = psutil.virtual_memory()
    used = memory.total - memory.available
    return {
        "total_memory": mebibytes(memory.total),
        "used_memory": mebibytes(used),
        "free_memory": mebibytes(memory.available),
        "memory_percent": round(100 * used / memory.total, 1),
    }


def mebibytes(count: int) -> str:
    return f"{count // MEBIBYTE} MB"
