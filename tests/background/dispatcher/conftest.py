"""Machines whose script is a fake, obedient or unruly."""

import pytest


@pytest.fixture
def unruly(machine_with, monkeypatch):
    """Makes a machine whose script breaks the contract in the named way."""

    def make(fault, **overrides):
        monkeypatch.setenv("FAKE_FAULT", fault)
        return machine_with("unruly", **overrides)

    return make


@pytest.fixture
def lasting(machine_with, monkeypatch):
    """Makes a machine whose obedient script takes that many seconds."""

    def make(seconds, **overrides):
        monkeypatch.setenv("FAKE_SECONDS", str(seconds))
        return machine_with("obedient", **overrides)

    return make
