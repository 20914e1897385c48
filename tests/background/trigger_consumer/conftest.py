"""Machines on which events arrive: the script is the obedient one."""

import json
import os

import pytest

from tests.driving import script


@pytest.fixture
def quick(machine_with):
    """No item waits for more of its events."""
    return machine_with("obedient", ARR_WAIT_TIME="0", TZ="Europe/Berlin")


@pytest.fixture
def patient(machine_with):
    """Items wait for the usual five minutes."""
    return machine_with("obedient", TZ="Europe/Berlin")


@pytest.fixture
def lasting_quick(machine_with, monkeypatch):
    """No item waits, and a run takes a while."""
    monkeypatch.setenv("FAKE_SECONDS", "1")
    return machine_with("obedient", ARR_WAIT_TIME="0")


@pytest.fixture
def failing(machine_with, monkeypatch):
    """Every run fails."""
    monkeypatch.setenv("FAKE_FAULT", "crashes")
    return machine_with("unruly", ARR_WAIT_TIME="0", POSTER_SCRIPT=script("unruly"))


@pytest.fixture
def one_by_one(quick):
    """A machine whose script takes one episode at a time."""
    quick.paths.config.write_text(json.dumps({"JellyfinPart": {"UseJellyfin": "true"}}))
    return quick


@pytest.fixture
def drop(data):
    """Puts an old file below the watcher folder."""

    def put(name, text, seconds_ago=60):
        path = data / "watcher" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        moment = path.stat().st_mtime - seconds_ago
        os.utime(path, (moment, moment))
        return path

    return put
