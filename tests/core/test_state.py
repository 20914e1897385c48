import json
import multiprocessing
import threading

import pytest

from app.core import state as state_module
from app.core.state import CAPACITY, EMPTY, HEADER, SharedState


@pytest.fixture
def path(tmp_path):
    return tmp_path / "runs" / "state.bin"


def publish_in_another_process(path):
    SharedState(path).publish(run={"id": 7})


def test_a_fresh_state_has_every_section_empty(path):
    assert SharedState(path).read() == EMPTY


def test_what_one_publishes_another_reads(path):
    reader = SharedState(path)
    SharedState(path).publish(run={"id": 1, "phase": "Drawing"})
    assert reader.read()["run"] == {"id": 1, "phase": "Drawing"}


def test_another_process_is_heard(path):
    reader = SharedState(path)
    process = multiprocessing.get_context("spawn").Process(target=publish_in_another_process, args=(path,))
    process.start()
    process.join(30)
    assert reader.read()["run"] == {"id": 7}


def publish_many_times(path):
    state = SharedState(path)
    for number in range(300):
        state.publish(run={"id": number})


def test_processes_that_publish_at_the_same_time_undo_nothing_of_each_other(path):
    state = SharedState(path)
    process = multiprocessing.get_context("spawn").Process(target=publish_many_times, args=(path,))
    process.start()
    number = 0
    while process.is_alive():
        state.publish(scheduler={"number": (number := number + 1)})
        assert state.read()["scheduler"] == {"number": number}
    process.join()
    assert number > 100 and state.read()["run"] == {"id": 299}


def test_a_process_that_stands_still_while_it_publishes_is_not_waited_for(path, monkeypatch):
    monkeypatch.setattr(state_module, "LOCK_PAUSE", 0.0)
    still, other = SharedState(path), SharedState(path)
    with still.alone():
        other.publish(run={"id": 1})
    assert still.read()["run"] == {"id": 1}


def test_sections_that_are_not_named_stay(path):
    state = SharedState(path)
    state.publish(run={"id": 1})
    state.publish(scheduler={"running": True})
    assert state.read()["run"] == {"id": 1}


def test_a_new_leader_keeps_what_the_old_one_published(path):
    SharedState(path).publish(scheduler={"running": True})
    successor = SharedState(path)
    successor.publish(run=None)
    assert successor.read()["scheduler"] == {"running": True}


def test_an_unchanged_state_is_not_parsed_again(path):
    state = SharedState(path)
    state.publish(run={"id": 1})
    assert state.read() is state.read()


def test_a_reader_in_the_middle_of_a_write_keeps_the_last_good_state(path):
    state = SharedState(path)
    state.publish(run={"id": 1})
    state.read()
    version, length, checksum = HEADER.unpack_from(state.memory)
    HEADER.pack_into(state.memory, 0, version + 1, length, checksum ^ 1)
    assert state.read()["run"] == {"id": 1}


def test_a_length_beyond_the_room_is_not_believed(path):
    state = SharedState(path)
    HEADER.pack_into(state.memory, 0, 9, CAPACITY * 2, 0)
    assert state.read() == EMPTY


def test_more_than_fits_is_refused_and_changes_nothing(path):
    state = SharedState(path)
    state.publish(run={"id": 1})
    with pytest.raises(ValueError, match="larger than its room"):
        state.publish(run={"text": "x" * CAPACITY})
    assert state.read()["run"] == {"id": 1}


def test_readers_never_see_a_torn_state(path):
    writer, reader = SharedState(path), SharedState(path)
    stop, torn = threading.Event(), []

    def read():
        while not stop.is_set():
            run = reader.read()["run"]
            if run and set(run["text"]) != {str(run["id"] % 10)}:
                torn.append(run)

    thread = threading.Thread(target=read)
    thread.start()
    for number in range(500):
        writer.publish(run={"id": number, "text": str(number % 10) * (number * 7 % 900 + 1)})
    stop.set()
    thread.join()
    assert torn == []


def test_a_folder_that_cannot_be_made_gives_private_memory(tmp_path):
    (tmp_path / "runs").write_text("a file stands where the folder should be")
    state = SharedState(tmp_path / "runs" / "state.bin")
    state.publish(run={"id": 1})
    assert state.read()["run"] == {"id": 1}


def test_what_was_said_alone_is_told_to_all_as_soon_as_the_folder_can_be_written(tmp_path, monkeypatch):
    monkeypatch.setattr("app.core.state.SHARE_SECONDS", 0)
    obstacle = tmp_path / "runs"
    obstacle.write_text("a file stands where the folder should be")
    leader, reader = SharedState(obstacle / "state.bin"), SharedState(obstacle / "state.bin")
    leader.publish(run={"id": 1})
    assert reader.read()["run"] is None
    obstacle.unlink()
    SharedState(obstacle / "state.bin").publish(scheduler={"running": True})
    assert leader.read()["run"] == {"id": 1} == reader.read()["run"]
    leader.publish(run={"id": 2})
    assert reader.read()["run"] == {"id": 2} and reader.read()["scheduler"] == {"running": True}


def test_the_room_is_set_aside_at_the_start(path):
    SharedState(path)
    assert path.stat().st_blocks * 512 >= CAPACITY


def test_what_is_published_is_plain_json(path):
    state = SharedState(path)
    state.publish(problems=[{"source": "log", "message": "Größe"}])
    assert json.loads(json.dumps(state.read()))["problems"][0]["message"] == "Größe"


def test_threads_that_change_one_section_lose_nothing(path):
    state = SharedState(path)

    def add(name):
        for number in range(50):
            state.change("problems", lambda known, number=number: [*known, f"{name}{number}"])

    threads = [threading.Thread(target=add, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(state.read()["problems"]) == 150


def test_a_change_that_makes_nothing_new_publishes_nothing(path):
    state = SharedState(path)
    state.publish(problems=["a"])
    seen = state.read()
    assert not state.change("problems", list)
    assert state.read() is seen
