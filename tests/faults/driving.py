"""Drives a real server from outside: queues runs over HTTP, kills processes, and counts what came of it."""

import os
import signal
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psutil
import requests

from app.core.processes import live_scripts
from app.core.state import SharedState
from app.models import ENDED
from tests.driving import eventually as soon
from tests.driving import script
from tests.live_server import RunningServer

OBEDIENT = script("obedient")
UNRULY = script("unruly")
PAGE = 200


def queued(server: RunningServer, mode: str = "testing") -> int:
    """Queue a run; the number is given only where the server said yes."""
    answer = server.post(f"/api/run/{mode}")
    assert answer.status_code == 200, answer.text
    return answer.json()["run_id"]


def run(server: RunningServer, number: int) -> dict:
    return server.get(f"/api/runs/{number}").json()["run"]


def every_run(server: RunningServer) -> list[dict]:
    """All runs, the oldest first."""
    found, total = [], 1
    while len(found) < total:
        page = server.get(f"/api/runs?limit={PAGE}&offset={len(found)}").json()
        total = page["total"]
        found += page["runs"]
    return sorted(found, key=lambda row: row["id"])


def eventually(check, seconds: float = 20):
    """Like the other, at a pace that leaves the machine to the server."""
    return soon(check, seconds, pause=0.1)


def unended(server: RunningServer) -> list[dict]:
    return [row for row in every_run(server) if row["status"] in ("queued", "running")]


def all_ended(server: RunningServer, seconds: float = 60) -> list[dict]:
    eventually(lambda: not unended(server), seconds)
    return every_run(server)


def ended(server: RunningServer, number: int, seconds: float = 30) -> dict:
    return eventually(lambda: (found := run(server, number))["status"] in ENDED and found, seconds)


def running(server: RunningServer, number: int, seconds: float = 20) -> dict:
    """Wait until the run is active and its process is known."""
    return eventually(
        lambda: (found := run(server, number))["status"] == "running" and found["pid"] and found, seconds
    )


def kill(server: RunningServer) -> None:
    """End master and workers at once; scripts live in sessions of their own and go on."""
    if server.process.poll() is None:
        os.killpg(server.process.pid, signal.SIGKILL)
        server.process.wait()


def restart(server: RunningServer, **settings) -> None:
    server.environment |= {name: str(value) for name, value in settings.items()}
    server.start()
    server.wait_until_up()


def sources(server: RunningServer) -> set[str]:
    """Who tells a problem at the moment; a test's small disk is none."""
    problems = server.get("/health", timeout=90).json()["problems"]
    return {problem["source"] for problem in problems} - {"disk", "config"}


def starts(data: Path) -> Counter:
    """How often a script really began, by the number of its run."""
    try:
        lines = (data / "starts.txt").read_text().splitlines()
    except FileNotFoundError:
        return Counter()
    return Counter(int(line.partition("-")[0]) for line in lines if not line.startswith("-"))


def living(data: Path) -> list[int]:
    """Scripts that are alive in the data folder."""
    return [identity.pid for identity in live_scripts(data, OBEDIENT) + live_scripts(data, UNRULY)]


def workers(server: RunningServer) -> list[int]:
    """Processes of the server's own group: scripts are in sessions of their own."""
    children = psutil.Process(server.process.pid).children()
    return [child.pid for child in children if group_of(child.pid) == server.process.pid]


def group_of(pid: int) -> int | None:
    """The process group, None for a process that has just ended."""
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return None


def kill_workers(server: RunningServer) -> None:
    """End every worker at once, and wait until others are in their places."""
    before = workers(server)
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    eventually(lambda: len(workers(server)) == len(before) and not set(before) & set(workers(server)))


def leader(data: Path) -> int | None:
    """The process that leads now, as it tells everybody."""
    told = SharedState(data / "runs" / "state.bin").read()["leader"]
    return told["pid"] if told and psutil.pid_exists(told["pid"]) else None


def let_retry_now(data: Path, number: int) -> None:
    """Have the time pass until which a run that was put back waits; no server is running meanwhile."""
    with closing(sqlite3.connect(data / "database" / "posterizarr.db")) as connection, connection:
        connection.execute("UPDATE runs SET not_before = queued_at WHERE id = ?", (number,))


def damage(data: Path) -> str:
    """What SQLite finds wrong with the database: "ok" is nothing."""
    with closing(sqlite3.connect(data / "database" / "posterizarr.db")) as connection:
        return connection.execute("PRAGMA integrity_check").fetchone()[0]


def tried(request: Callable[[], requests.Response]) -> requests.Response | None:
    """The answer, None where the server died over it."""
    try:
        return request()
    except requests.RequestException:
        return None
