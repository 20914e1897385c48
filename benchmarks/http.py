"""Our endpoints against a bare Flask view, in turns, under the same gunicorn settings."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil

from app.config import load_settings
from app.extensions import Machine
from app.models import Origin, Run, Status
from app.server.startup import prepare_machine
from benchmarks.servers import KEY, bare_server, on_core, our_server

TARGETS = (
    ("/api", 0.7),
    ("/api/status", 0.3),
    ("/api/scheduler/status", 0.3),
    ("/api/runtime-history?limit=50", 0.3),
    ("/api/dashboard/all", 0.2),
)
ROUNDS, SECONDS, CLIENTS = 5, 2.0, 4
HISTORY_ROWS, LOG_BYTES = 5000, 30 * 1024 * 1024
MEMORY_MIB = 100


def seed(data: Path) -> None:
    """A year of history, a long log and a schedule, as a faithful user has them."""
    machine = Machine(load_settings({}, APP_DATA=data, APP_API_KEY=KEY))
    prepare_machine(machine)
    with machine.database.writing() as session:
        session.add_all(past_run(number) for number in range(HISTORY_ROWS))
    line = "[2026-11-23 16:34:18] [INFO]    |L.33500| Finished, Total images created: 0\n"
    (machine.paths.logs / "Scriptlog.log").write_text(line * (LOG_BYTES // len(line)), encoding="utf-8")
    schedule = {"enabled": True, "schedules": [{"time": "01:30", "description": "before Kometa"}]}
    machine.paths.scheduler.write_text(json.dumps(schedule), encoding="utf-8")
    machine.close()


def past_run(number: int) -> Run:
    started = datetime.now(UTC) - timedelta(hours=number)
    return Run(
        mode="scheduled",
        origin=Origin.SCHEDULE,
        status=Status.COMPLETED,
        queued_at=started,
        started_at=started,
        ended_at=started + timedelta(minutes=4),
        runtime_seconds=254,
        total_images=number % 90,
        posters=number % 90,
    )


def load(port: int, path: str, clients: int = CLIENTS) -> dict:
    """One measurement by a client process on the other core."""
    command = [
        *on_core(1),
        sys.executable,
        "-m",
        "benchmarks.load",
        str(port),
        path,
        str(SECONDS),
        str(clients),
    ]
    answer = subprocess.run(
        [*command, f"X-API-Key: {KEY}"], capture_output=True, text=True, check=True, timeout=60
    )
    return json.loads(answer.stdout)


def compare(path: str, target: float, bare: int, ours: int) -> dict:
    """The median of the ratios of neighbouring measurements, so that a drifting machine does not matter."""
    pairs = [(load(ours, path), load(bare, "/api")) for _ in range(ROUNDS)]
    return {
        "name": f"requests/s of {path} to a bare view's",
        "value": statistics.median(own["rate"] / other["rate"] for own, other in pairs),
        "target": target,
        "rate": statistics.median(own["rate"] for own, _ in pairs),
        "bare": statistics.median(other["rate"] for _, other in pairs),
        "p99_ms": statistics.median(own["p99_ms"] for own, _ in pairs),
    }


def idle_memory(server: subprocess.Popen) -> dict:
    """Resident memory of the one worker that has not yet answered more than a probe."""
    time.sleep(2)
    [worker] = psutil.Process(server.pid).children()
    size = worker.memory_info().rss / 1024 / 1024
    return {"name": "MiB of one idle worker", "value": size, "target": MEMORY_MIB, "most": True}


def measure() -> list[dict]:
    with tempfile.TemporaryDirectory() as folder:
        seed(Path(folder))
        with our_server(Path(folder)) as (ours, server), bare_server() as bare:
            memory = idle_memory(server)
            return [memory, *(compare(path, target, bare, ours) for path, target in TARGETS)]
