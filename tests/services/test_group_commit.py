"""Threads that share a commit: each waits for its own thing, and for no more than that."""

import threading

import pytest

from app.services.group_commit import GroupCommit
from tests.driving import eventually


class Store:
    """Keeps what it is given; it can be held up, and it can fail."""

    def __init__(self):
        self.batches = []
        self.opened = threading.Event()
        self.opened.set()
        self.busy = threading.Lock()
        self.error = None

    def __call__(self, things):
        assert self.busy.acquire(blocking=False), "two threads store at once"
        self.batches.append(list(things))
        self.opened.wait(10)
        self.busy.release()
        if self.error:
            raise self.error


@pytest.fixture
def store():
    return Store()


@pytest.fixture
def commits(store):
    return GroupCommit(store)


def submitted(commits, *things):
    """A thread for each thing, in their order."""
    threads = []
    for number, thing in enumerate(things, len(commits.waiting) + 1):
        threads.append(threading.Thread(target=commits.submit, args=(thing,), daemon=True))
        threads[-1].start()
        eventually(lambda number=number: len(commits.waiting) == number)
    return threads


def held_up(store, commits):
    """The first thread stores, and does not come to its end."""
    store.opened.clear()
    first = threading.Thread(target=commits.submit, args=("first",), daemon=True)
    first.start()
    eventually(lambda: store.batches)
    return first


def ended(*threads):
    for thread in threads:
        thread.join(60)
    return not any(thread.is_alive() for thread in threads)


def test_one_alone_stores_at_once(commits, store):
    commits.submit("one")
    commits.submit("another")
    assert store.batches == [["one"], ["another"]]


def test_all_who_wait_are_stored_together_in_their_order(commits, store):
    first = held_up(store, commits)
    others = submitted(commits, 1, 2, 3, 4)
    store.opened.set()
    assert ended(first, *others) and store.batches == [["first"], [1, 2, 3, 4]]


def test_nobody_returns_before_its_own_thing_is_stored(commits, store):
    first = held_up(store, commits)
    (other,) = submitted(commits, "other")
    other.join(0.2)
    assert other.is_alive() and first.is_alive()
    store.opened.set()
    assert ended(first, other)


def test_an_error_reaches_who_stored_and_holds_up_nobody_else(commits, store):
    store.error = OSError("the disk is gone")
    with pytest.raises(OSError, match="the disk is gone"):
        commits.submit("one")
    store.error = None
    commits.submit("another")
    assert store.batches == [["one"], ["another"]]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_after_an_error_one_of_the_others_goes_on_storing(commits, store):
    first = held_up(store, commits)
    others = submitted(commits, 1, 2)
    store.error = OSError("the disk is gone")
    store.opened.set()
    assert ended(first, *others) and store.batches == [["first"], [1, 2]]
    assert not commits.is_storing and commits.waiting == []


def test_a_crowd_is_stored_once_each(commits, store):
    def bring(start):
        for number in range(start, start + 200):
            commits.submit(number)

    threads = [threading.Thread(target=bring, args=(start,), daemon=True) for start in range(0, 3200, 200)]
    for thread in threads:
        thread.start()
    assert ended(*threads) and sorted(sum(store.batches, [])) == list(range(3200))
