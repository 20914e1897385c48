"""Scripts that somebody else started are waited for."""

import pytest

from app.background.dispatcher import Dispatcher
from app.core.processes import live_scripts
from tests.driving import drive, finished, foreign_script, queue, row


@pytest.fixture
def foreign(lasting):
    machine = lasting(30)
    with foreign_script(machine) as process:
        yield machine, process


def test_a_run_waits_for_a_live_script_that_somebody_else_started(foreign, monkeypatch):
    machine, process = foreign
    monkeypatch.setenv("FAKE_SECONDS", "0")
    number = queue(machine)
    dispatcher = Dispatcher(machine)
    for _ in range(3):
        dispatcher.guarded_tick()
    assert row(machine, number).status == "queued" and machine.paths.running_file.exists()
    process.kill()
    process.wait()
    assert drive(dispatcher, number).status == "completed"


def test_a_running_file_with_no_script_behind_it_holds_up_nobody(machine_with):
    machine = machine_with("obedient")
    machine.paths.running_file.write_text("Normal")
    assert finished(machine).status == "completed"


def test_a_script_of_another_data_folder_does_not_count(foreign, tmp_path):
    assert live_scripts(tmp_path, foreign[0].settings.poster_script) == []
