"""kill -9 at any moment of a run: each file whole, each asset once, and the journal agrees with the disk."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from random import Random
from time import monotonic, sleep

import pytest

from app.poster.folders import Trees
from app.poster.journal.journal import Journal
from app.poster.journal.rows import ENTRY_COLUMNS, read_entry
from app.poster.journal.settling import file_state
from app.poster.journal.store import ByteStore
from app.poster.records.journal_entry import EntryState

RUN_OF_STEPS = """
import sys
from pathlib import Path
from app.poster.folders import Trees
from app.poster.journal.journal import Journal
from app.poster.journal.settling import file_state
from app.poster.journal.store import ByteStore
from app.poster.publish import write_whole
from tests.poster.journal.steps import RUN, announced, record, step

folder, version, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
journal, store, assets = Journal(folder / "engine"), ByteStore(folder / "engine" / "store"), folder / "assets"
journal.reconcile(Trees(assets))
journal.begin(RUN)
print("ready", flush=True)
for number in range(count):
    path, content = f"{number}/poster.jpg", f"{version} of {number}".encode() * 500
    before = file_state(assets / path)
    if before and before.sha256 == announced(content).sha256:
        journal.note(record(path, before))
        continue
    if before:
        store.keep(assets / path)
    entry = journal.intend(RUN.name, step(path, before), announced(content), record(path))
    write_whole(assets / path, content)
    journal.complete(entry, file_state(assets / path))
journal.end(RUN.name, RUN.started)
"""


def start(folder: Path, version: str, count: int) -> subprocess.Popen:
    command = [sys.executable, "-c", RUN_OF_STEPS, str(folder), version, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def kill_somewhere(folder: Path, version: str, count: int, part: float) -> None:
    """Kill the run when about that part of its files carries the version, or let it end before."""
    with start(folder, version, count) as process:
        assert process.stdout.readline() == "ready\n"
        last = folder / "assets" / f"{int(part * count)}" / "poster.jpg"
        deadline = monotonic() + 60
        while process.poll() is None and not carries(last, version) and monotonic() < deadline:
            sleep(0.001)
        os.kill(process.pid, signal.SIGKILL)


def carries(path: Path, version: str) -> bool:
    return path.exists() and path.read_bytes().startswith(version.encode())


def check(folder: Path, count: int, versions: set[str]) -> None:
    """Files are whole, records agree with them, and all replaced bytes are in the store."""
    assets = folder / "assets"
    with closing(Journal(folder / "engine")) as journal:
        journal.reconcile(Trees(assets))
        known = journal.records([f"{number}/poster.jpg" for number in range(count)])
    for path in assets.rglob("poster.jpg"):
        number, content = path.parent.name, path.read_bytes()
        assert content in {f"{version} of {number}".encode() * 500 for version in versions}
        assert known[f"{number}/poster.jpg"].file == file_state(path)
    with closing(sqlite3.connect(folder / "engine" / "engine.db")) as database:
        entries = [read_entry(row) for row in database.execute(ENTRY_COLUMNS)]
    assert EntryState.INTENDED not in {entry.state for entry in entries}
    store = ByteStore(folder / "engine" / "store")
    for entry in entries:
        if entry.before and entry.state is EntryState.DONE:
            assert sha256(store.read(entry.before.sha256)).hexdigest() == entry.before.sha256


def finish(folder: Path, version: str, count: int) -> None:
    with start(folder, version, count) as process:
        process.communicate(timeout=60)
    assert process.returncode == 0
    assert len(list((folder / "assets").rglob("*"))) == 2 * count, "a folder and a file for each"


def test_a_run_killed_halfway_is_finished_by_the_next(tmp_path):
    kill_somewhere(tmp_path, "first", 40, 0.5)
    check(tmp_path, 40, {"first"})
    finish(tmp_path, "first", 40)
    check(tmp_path, 40, {"first"})


@pytest.mark.slow
def test_runs_killed_again_and_again_lose_and_double_nothing(tmp_path):
    random = Random(16)
    for turn in range(8):
        version = f"turn {turn}"
        kill_somewhere(tmp_path, version, 200, random.random())
        check(tmp_path, 200, {f"turn {one}" for one in range(turn + 1)})
    finish(tmp_path, "last", 200)
    check(tmp_path, 200, {"last"})
