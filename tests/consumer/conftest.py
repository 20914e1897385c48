"""Machines on which events arrive: the script is the obedient one."""

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
def failing(machine_with, monkeypatch):
    """Every run fails."""
    monkeypatch.setenv("FAKE_FAULT", "crashes")
    return machine_with("unruly", ARR_WAIT_TIME="0", POSTER_SCRIPT=script("unruly"))
