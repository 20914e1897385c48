"""The rows of the queue of replacements: their bounds, their order, and what becomes of each."""

import pytest

from app.core.errors import Conflict, NotFound
from app.core.replacing import replacement_queue
from app.core.replacing.replacement_queue import (
    CRASHED,
    RUN_GONE,
    QueueRequest,
    add_item,
    end_put,
    has_work,
    list_items,
    queued_pictures,
    remove_item,
    remove_items,
    settle_items,
    start_items,
    take_back_puts,
    take_next,
    waiting_before,
)
from app.core.runs import MOST_QUEUED, request_run
from app.models import ItemStatus, Origin, Run, Status

PENDING, PROCESSING, COMPLETED, FAILED = ItemStatus


def add(session, name="a", *arguments, **values):
    item = add_item(session, QueueRequest(f"{name}.jpg", ("upload", name), {}, arguments), f"/uploads/{name}")
    for field, value in values.items():
        setattr(item, field, value)
    session.flush()
    return item


def taken(session, name="a"):
    """A drawn item whose run is queued."""
    add(session, name, "-PicturePath", is_started=True)
    return take_next(session)


def test_the_queue_takes_as_many_as_are_allowed_and_completed_ones_do_not_count(session, monkeypatch):
    monkeypatch.setattr(replacement_queue, "MOST_ITEMS", 3)
    for status in (COMPLETED, PENDING, PROCESSING, FAILED):
        add(session, status, status=status)
    with pytest.raises(Conflict, match="3 pictures are queued"):
        add(session, "one more")
    remove_items(session, [2])
    assert add(session, "one more").status == PENDING


def test_an_item_waits_behind_older_ones_that_are_open_and_not_behind_failed_ones(session):
    items = [
        add(session, name, status=status)
        for name, status in zip("abcde", (*ItemStatus, PENDING), strict=True)
    ]
    assert [waiting_before(session, item) for item in items] == [0, 1, 2, 2, 2]
    assert [item.asset_path for item in list_items(session)] == [f"{name}.jpg" for name in "abcde"]


@pytest.mark.parametrize(
    ("numbers", "count", "started"),
    [(None, 1, {1}), ([1, 2, 3, 4], 2, {1, 4}), ([], 0, set()), ([77], 0, set())],
)
def test_all_are_those_that_are_pending_and_failed_ones_are_named(session, numbers, count, started):
    for status in ItemStatus:
        add(session, status, status=status, attempts=2, error_message="before")
    assert start_items(session, numbers) == count
    begun = {item.id for item in list_items(session) if item.is_started}
    assert begun == started
    for item in list_items(session):
        assert (item.attempts, item.error_message) == ((0, None) if item.id in begun else (2, "before"))


def test_nothing_is_taken_before_it_is_started_or_while_another_one_is_being_processed(session):
    assert take_next(session) is None and not has_work(session)
    first, second, third = (add(session, name) for name in "abc")
    assert take_next(session) is None and not has_work(session)
    start_items(session, [third.id, second.id])
    assert has_work(session) and take_next(session) is second
    # A second caller, such as another leader, finds the queue busy.
    assert take_next(session) is None
    assert end_put(session, second.id, None, None) == "/uploads/b" and take_next(session) is third
    assert end_put(session, third.id, None, "the disk is full") == "" and not has_work(session)
    assert (third.status, third.error_message, first.status) == (FAILED, "the disk is full", PENDING)


def test_an_item_waits_while_too_many_runs_are_queued(session):
    for _ in range(MOST_QUEUED):
        request_run(session, "normal", Origin.API)
    item = add(session, "a", "-PicturePath", is_started=True)
    assert take_next(session) is None and item.status == PENDING
    session.get(Run, 1).status = Status.COMPLETED
    assert take_next(session) is item and session.get(Run, item.run_id).arguments == ["-PicturePath"]


@pytest.mark.parametrize("number", [0, -1, 77, 2**31, 2**70])
def test_an_item_that_is_not_there_is_not_found(session, number):
    with pytest.raises(NotFound, match=f"no queue item {number}"):
        remove_item(session, number)


@pytest.mark.parametrize("status", [PENDING, COMPLETED, FAILED])
def test_an_item_that_nobody_processes_is_deleted_with_its_picture(session, status):
    item = add(session, status=status)
    assert remove_item(session, item.id).pictures == ["/uploads/a"] and list_items(session) == []


def test_an_item_whose_run_waits_is_deleted_and_its_run_cancelled(session):
    item = taken(session)
    run = session.get(Run, item.run_id)
    assert remove_item(session, item.id).removed == [item.id]
    assert run.status == Status.SKIPPED


@pytest.mark.parametrize("lost", ["run is active", "run is gone", "put"])
def test_an_item_that_is_being_processed_stays_and_the_others_go(session, lost):
    item = taken(session)
    if lost == "run is active":
        session.get(Run, item.run_id).status = Status.RUNNING
    else:
        item.run_id = None if lost == "put" else 900
    other = add(session, "b")
    with pytest.raises(Conflict, match="it is being processed"):
        remove_item(session, item.id)
    removed = remove_items(session, None)
    assert (removed.removed, removed.kept) == ([other.id], {item.id: "it is being processed"})
    assert [each.id for each in list_items(session)] == [item.id]


@pytest.mark.parametrize(
    ("status", "reason", "ended", "error", "freed"),
    [
        (Status.QUEUED, None, PROCESSING, None, []),
        (Status.RUNNING, None, PROCESSING, None, []),
        (Status.COMPLETED, "a note", COMPLETED, None, ["/uploads/a"]),
        (Status.FAILED, "no such folder", FAILED, "no such folder", []),
        (Status.STOPPED, None, FAILED, "the run 1 ended as stopped", []),
        (Status.INTERRUPTED, None, PENDING, None, []),
        (None, None, FAILED, RUN_GONE, []),
    ],
)
def test_an_item_ends_as_its_run_does(session, status, reason, ended, error, freed):
    item = taken(session)
    run = session.get(Run, item.run_id)
    if status is None:
        session.delete(run)
    else:
        run.status, run.reason = status, reason
    session.flush()
    assert settle_items(session) == freed
    assert (item.status, item.error_message) == (ended, error)
    # What is to be made again is started already, and what ended waits for a person.
    assert item.is_started is (ended in (PENDING, PROCESSING))
    assert queued_pictures(session) == (set() if freed else {"/uploads/a"})


def test_a_put_that_ends_the_server_three_times_is_not_begun_a_fourth_time(session):
    item = add(session, is_started=True)
    for attempt in (1, 2, 3):
        assert take_next(session) is item
        take_back_puts(session)
        assert item.attempts == attempt
    assert (item.status, item.error_message, take_next(session)) == (FAILED, CRASHED, None)
    start_items(session, [item.id])
    assert take_next(session) is item and item.attempts == 0


def test_a_drawn_item_is_not_taken_back_since_its_run_goes_on(session):
    item = taken(session)
    take_back_puts(session)
    assert (item.status, item.attempts) == (PROCESSING, 0)


def test_a_put_whose_item_was_deleted_meanwhile_ends_without_a_picture_to_delete(session):
    assert end_put(session, 77, 1, None) == ""


def test_the_oldest_of_too_many_completed_items_are_forgotten(session, monkeypatch):
    monkeypatch.setattr(replacement_queue, "KEPT_COMPLETED", 2)
    for name in "abcd":
        add(session, name, status=COMPLETED)
    waiting = add(session, "e")
    assert sorted(settle_items(session)) == ["/uploads/a", "/uploads/b"]
    assert [item.id for item in list_items(session)] == [3, 4, waiting.id]
