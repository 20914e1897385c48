"""The thread of the queue of replacements over a real database, and what a crash leaves it."""

import pytest
from PIL import Image

from app.background.dispatcher import Dispatcher
from app.background.replacement_thread import ReplacementThread
from app.core import runs
from app.core.errors import Conflict
from app.core.replacing import replacement_queue
from app.core.replacing.replacement_queue import QueueRequest, add_item, list_items, start_items
from app.models import Origin, QueueItem, Run, Status
from app.services.staged_pictures import needed_uploads
from tests.api.test_replacing import NEW
from tests.driving import tick_until
from tests.editing import edit_in_this_process

ALIEN = "Movies/Alien (1979)/poster.jpg"


@pytest.fixture
def assets(machine, monkeypatch):
    edit_in_this_process(monkeypatch)
    folder = machine.paths.data / "assets"
    folder.mkdir()
    machine.roots.overrides["assets"] = folder
    monkeypatch.setenv("ASSET_PATH", str(folder))
    return folder


@pytest.fixture
def thread(machine):
    return ReplacementThread(machine)


def add(machine, path=ALIEN, *arguments, starts=True, content=NEW):
    picture = machine.paths.uploads / f"{path.replace('/', '_')}"
    picture.write_bytes(content)
    with machine.database.writing() as session:
        item = add_item(session, QueueRequest(path, ("upload", "x"), {}, arguments), str(picture))
        item.is_started = starts
        return item.id


def item(machine, number):
    with machine.database.reading() as session:
        return session.get(QueueItem, number)


def end_run(machine, number, status, reason=None):
    with machine.database.writing() as session:
        run = session.get(Run, number)
        run.status, run.reason = status, reason


def start(machine, number):
    with machine.database.writing() as session:
        start_items(session, [number])


def test_a_picture_that_is_taken_as_it_is_is_put_and_its_staged_file_goes(machine, thread, assets):
    first, second = add(machine), add(machine, "Movies/Aliens (1986)/poster.jpg", starts=False)
    assert thread.tick() is True and thread.tick() is False
    done = item(machine, first)
    assert (done.status, done.error_message, done.is_started) == ("completed", None, False)
    assert (assets / ALIEN).read_bytes() == NEW and item(machine, second).status == "pending"
    with machine.database.reading() as session:
        assert session.get(Run, done.run_id).mode == "edit"
    assert [path.name for path in machine.paths.uploads.iterdir()] == ["Movies_Aliens (1986)_poster.jpg"]


def test_a_put_that_fails_says_why_and_may_be_tried_again(machine, thread, assets):
    (assets / ALIEN).mkdir(parents=True)
    number = add(machine)
    thread.tick()
    failed = item(machine, number)
    assert (failed.status, failed.is_started) == ("failed", False) and "no file" in failed.error_message
    (assets / ALIEN).rmdir()
    start(machine, number)
    thread.tick()
    assert item(machine, number).status == "completed"


def test_drawn_items_are_runs_one_after_the_other(machine, thread):
    first, second = add(machine, "a.jpg", "-PicturePath", "x"), add(machine, "b.jpg", "-PicturePath", "y")
    for _ in range(2):
        thread.tick()
    run = item(machine, first).run_id
    assert item(machine, first).status == "processing" and item(machine, second).status == "pending"
    end_run(machine, run, Status.RUNNING)
    thread.tick()
    assert item(machine, second).run_id is None
    end_run(machine, run, Status.COMPLETED)
    thread.tick()
    assert item(machine, first).status == "completed" and item(machine, second).status == "processing"
    with machine.database.reading() as session:
        waiting = session.get(Run, item(machine, second).run_id)
    assert (waiting.mode, waiting.origin, waiting.arguments) == ("manual", "api", ["-PicturePath", "y"])
    assert not (machine.paths.uploads / "a.jpg").exists()


@pytest.mark.parametrize(
    ("status", "reason", "told"),
    [
        (Status.FAILED, "no such folder", "no such folder"),
        (Status.STOPPED, None, "stopped"),
        (Status.SKIPPED, "cancelled before it began", "cancelled"),
    ],
)
def test_a_run_that_fails_is_an_item_that_fails_and_keeps_its_picture(machine, thread, status, reason, told):
    number = add(machine, "a.jpg", "-PicturePath", "x")
    thread.tick()
    end_run(machine, item(machine, number).run_id, status, reason)
    thread.tick()
    assert item(machine, number).status == "failed" and told in item(machine, number).error_message
    assert (machine.paths.uploads / "a.jpg").exists()
    start(machine, number)
    thread.tick()
    assert item(machine, number).status == "processing"


def test_what_a_crash_interrupted_is_tried_again_three_times(machine, thread):
    number = add(machine, "a.jpg", "-PicturePath", "x")
    for _ in range(replacement_queue.MOST_ATTEMPTS):
        thread.tick()
        assert item(machine, number).status == "processing"
        end_run(machine, item(machine, number).run_id, Status.INTERRUPTED)
    thread.tick()
    assert item(machine, number).status == "failed" and "three times" in item(machine, number).error_message


def test_a_put_that_a_server_had_begun_when_it_ended_is_begun_again_by_the_next(machine, assets):
    number = add(machine)
    with machine.database.writing() as session:
        replacement_queue.take_next(session)
    assert item(machine, number).status == "processing"
    ReplacementThread(machine).tick()
    assert item(machine, number).status == "completed" and (assets / ALIEN).read_bytes() == NEW


def test_an_item_waits_while_too_many_runs_do(machine, thread):
    with machine.database.writing() as session:
        for _ in range(runs.MOST_QUEUED):
            runs.request_run(session, "testing", Origin.API)
    number = add(machine, "a.jpg", "-PicturePath", "x")
    thread.tick()
    assert item(machine, number).status == "pending"


def test_staged_pictures_of_open_items_are_needed_and_completed_ones_are_few(
    machine, thread, assets, monkeypatch
):
    monkeypatch.setattr(replacement_queue, "KEPT_COMPLETED", 1)
    first, second = add(machine), add(machine, "Movies/B (1990)/poster.jpg")
    with machine.database.reading() as session:
        assert {item(machine, number).picture for number in (first, second)} <= needed_uploads(session)
    for _ in range(2):
        thread.tick()
    add(machine, "c.jpg", "-PicturePath", "x")
    thread.tick()
    with machine.database.reading() as session:
        assert [one.asset_path for one in list_items(session)] == ["Movies/B (1990)/poster.jpg", "c.jpg"]


def test_a_drawn_item_becomes_the_asset_by_a_run_of_the_real_script(machine, thread, assets):
    picture = machine.paths.uploads / "x.jpg"
    Image.effect_noise((200, 300), 80).convert("RGB").save(picture)
    words = ["-PicturePath", str(picture), "-Target", ALIEN, "-Titletext", "Alien"]
    words += ["-FolderName", "Alien (1979)", "-LibraryName", "Movies"]
    number = add(machine, "x.jpg", *words, content=picture.read_bytes())
    dispatcher = Dispatcher(machine)
    thread.tick()
    tick_until(dispatcher, lambda: thread.tick() or item(machine, number).status != "processing")
    dispatcher.stop()
    assert (item(machine, number).status, item(machine, number).error_message) == ("completed", None)
    with Image.open(assets / ALIEN) as drawn:
        assert drawn.size == (2000, 3000)
    assert not picture.exists()


def test_the_queue_has_an_end(machine, monkeypatch):
    monkeypatch.setattr(replacement_queue, "MOST_ITEMS", 1)
    add(machine)
    with pytest.raises(Conflict, match="run the queue"):
        add(machine)
