"""What the server and a run take, and within which limits."""

import os

from app.services.machine_figures import MachineFigures


def test_places_have_their_limits_and_damaged_settings_the_usual_ones(machine):
    (machine.paths.engine / "cache").mkdir(parents=True)
    (machine.paths.engine / "cache" / "answer").write_bytes(b"x" * 1000)
    machine.paths.engine_config.write_text('{"CacheMegabytes": "64", "StoreMegabytes": "0"}')
    found = {place.name: place for place in MachineFigures(machine).space()}
    assert (found["answers"].used.size, found["answers"].most) == (1000, 64 * 1024**2)
    assert found["store"].most == 0 and found["logs"].most is None
    machine.paths.engine_config.write_text("{")
    found = {place.name: place for place in MachineFigures(machine).space()}
    assert found["store"].most == 2048 * 1024**2


def test_a_run_is_measured_apart_from_the_server(machine):
    figures = MachineFigures(machine)
    assert figures.loads()["run"] is None and figures.loads()["server"].processes >= 1
    machine.state.publish(run={"id": 1, "pid": os.getpid()})
    assert figures.loads()["run"].memory > 1_000_000
    machine.state.publish(run={"id": 1, "pid": 2**22 - 7})
    assert figures.loads()["run"] is None
