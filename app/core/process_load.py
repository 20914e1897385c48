"""Memory and processor time of a process with all that it has started."""

import time
from collections.abc import Collection
from typing import NamedTuple

import psutil

from app.core.processes import GONE

LEAST_SECONDS = 1.0


class ProcessLoad(NamedTuple):
    """Bytes of memory, processes, and the share of one processor since the reading before, in percent."""

    memory: int
    processes: int
    percent: float


class LoadReading(NamedTuple):
    """When a process was read, the seconds of processor time that it had used, and its share until then."""

    moment: float
    used: float
    percent: float


class LoadReader:
    """Reads the load of one process at a time, and keeps its last reading."""

    def __init__(self):
        self.last: dict[int, LoadReading] = {}

    def read(self, pid: int, without: Collection[int] = ()) -> ProcessLoad | None:
        """The load without the named processes and what these have started; None for a process that ended."""
        found = family(pid, without)
        if not found:
            return None
        before = self.last.get(pid) or LoadReading(found[0].create_time(), 0.0, 0.0)
        self.last = {pid: next_reading(before, sum(map(processor_seconds, found)))}
        return ProcessLoad(sum(map(memory_of, found)), len(found), self.last[pid].percent)


def next_reading(before: LoadReading, used: float) -> LoadReading:
    """A new reading, or the one before where too little time has passed to say more."""
    moment = time.time()
    passed = moment - before.moment
    if before.used and passed < LEAST_SECONDS:
        return before
    return LoadReading(moment, used, round(100 * max(used - before.used, 0) / max(passed, LEAST_SECONDS), 1))


def family(pid: int, without: Collection[int]) -> list[psutil.Process]:
    """The process and its descendants, the process itself first."""
    try:
        process = psutil.Process(pid)
        found = [process, *process.children(recursive=True)]
    except GONE:
        return []
    left_out = {other.pid for one in without for other in family(one, ())} if without else set()
    return [one for one in found if one.pid not in left_out]


def processor_seconds(process: psutil.Process) -> float:
    try:
        times = process.cpu_times()
    except GONE:
        return 0.0
    return times.user + times.system


def memory_of(process: psutil.Process) -> int:
    """What the process takes alone, with its share of what several have in common where that is known."""
    try:
        facts = process.memory_full_info()
    except GONE:
        return 0
    return getattr(facts, "pss", 0) or facts.rss


def server_root() -> int:
    """The process that has started all of this server: the parent where it is the same program."""
    own = psutil.Process()
    parent = own.parent()
    try:
        is_same = parent is not None and parent.cmdline() == own.cmdline()
    except GONE:
        is_same = False
    return parent.pid if is_same else own.pid
