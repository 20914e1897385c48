"""Several processes that draw previews, each for pictures of its own."""

import os
from collections.abc import Callable, Mapping
from subprocess import Popen
from typing import Any
from zlib import crc32

from app.core.previews.engine_pipe import EnginePipe

MOST_PROCESSES = 2


class EnginePool:
    """Pipes to processes that start when they are first asked; a picture always has the same one.

    So each picture is decoded once, whatever is drawn over it, and walls use more than one core.
    """

    def __init__(self, start: Callable[[], Popen], processes: int):
        self.pipes = [EnginePipe(start) for _ in range(processes)]

    def pipe_for(self, order: Mapping[str, Any]) -> EnginePipe:
        """That of the order's picture, the first one for a sample."""
        picture = order.get("upload") or order.get("asset") or ""
        place = crc32(picture.encode("utf-8", "surrogatepass")) if picture else 0
        return self.pipes[place % len(self.pipes)]

    def close(self) -> None:
        for pipe in self.pipes:
            pipe.close()


def processes_of_worker(workers: int) -> int:
    """How many of them a worker has, so that all together have a core each, as far as there are some."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(MOST_PROCESSES, cores // workers))
