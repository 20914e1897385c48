"""Webhooks that are on the disk before their answer, against files that are created and fsynced."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.servers import KEY, on_core, our_server

ROUNDS, SECONDS, CLIENTS = 5, 2.0, 16
P99_MS, RATIO = 50, 0.3
BYTES = 400


def file_rate(folder: Path) -> float:
    """Files a second that one process creates, writes and fsyncs."""
    folder.mkdir()
    created, begun = 0, time.perf_counter()
    while time.perf_counter() < begun + SECONDS:
        create(folder / str(created))
        created += 1
    return created / (time.perf_counter() - begun)


def create(path: Path) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    os.write(descriptor, bytes(BYTES))
    os.fsync(descriptor)
    os.close(descriptor)


def load(port: int, clients: int = CLIENTS) -> dict:
    """One measurement by a client process on the other core."""
    command = [*on_core(1), sys.executable, "-m", "benchmarks.webhook_load"]
    arguments = [str(port), str(SECONDS), str(clients), KEY]
    answer = subprocess.run([*command, *arguments], capture_output=True, text=True, check=True, timeout=60)
    return json.loads(answer.stdout)


def figures(rounds: list[tuple[dict, float]]) -> list[dict]:
    p99 = statistics.median(told["p99_ms"] for told, _ in rounds)
    return [
        {
            "name": f"ms of a webhook's answer, 99th percentile, {CLIENTS} clients",
            "value": p99,
            "target": P99_MS,
            "most": True,
            "median_ms": statistics.median(told["median_ms"] for told, _ in rounds),
        },
        {
            "name": "webhooks/s to bare fsynced file creations/s",
            "value": statistics.median(told["rate"] / files for told, files in rounds),
            "target": RATIO,
            "rate": statistics.median(told["rate"] for told, _ in rounds),
            "files": statistics.median(files for _, files in rounds),
        },
    ]


def measure() -> list[dict]:
    with tempfile.TemporaryDirectory() as folder:
        return figures([one_round(Path(folder) / str(number)) for number in range(ROUNDS)])


def one_round(folder: Path) -> tuple[dict, float]:
    """With a server of its own each time: an inbox that is full takes no more."""
    with our_server(folder / "data") as (port, _):
        load(port, 1)
        told = load(port)
    return told, file_rate(folder / "files")
