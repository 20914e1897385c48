"""The cache that all others are made of."""

import threading

import pytest

from app.core.state_cache import StateCache


class Clock:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


class Counter:
    """Counts its calls, and returns the count."""

    def __init__(self):
        self.calls = 0

    def __call__(self):
        self.calls += 1
        return self.calls


def test_a_value_is_computed_once_for_each_key_and_state():
    cache, compute = StateCache(2), Counter()
    assert [cache.value("a", compute, 1), cache.value("a", compute, 1)] == [1, 1]
    assert cache.value("b", compute, 1) == 2
    assert cache.value("a", compute, 2) == 3


def test_none_is_a_value_too():
    cache = StateCache()
    assert cache.value("a", lambda: None) is None
    assert cache.find("a").value is None and cache.find("b") is None


def test_a_value_ends_with_its_time():
    clock, compute = Clock(), Counter()
    cache = StateCache(2, seconds=5, clock=clock)
    cache.value("a", compute)
    cache.store("b", "short", seconds=1)
    clock.now = 4.9
    assert cache.value("a", compute) == 1 and cache.find("b") is None
    clock.now = 5.0
    assert cache.value("a", compute) == 2


def test_the_least_recently_used_value_is_dropped_first():
    cache = StateCache(2)
    cache.store("a", 1)
    cache.store("b", 2)
    cache.find("a")
    cache.store("c", 3)
    assert [key for key in "abc" if cache.find(key)] == ["a", "c"]


def test_sizes_are_added_up_and_a_value_larger_than_the_room_is_not_stored():
    cache = StateCache(10, size=len)
    cache.store("a", "12345")
    cache.store("b", "123456")
    assert cache.find("a") is None and cache.find("b").value == "123456"
    assert cache.store("c", "x" * 11) == "x" * 11
    assert cache.find("c") is None and cache.find("b")


def test_an_error_is_no_value():
    cache = StateCache()
    with pytest.raises(ZeroDivisionError):
        cache.built("a", lambda: 1 / 0)
    assert cache.built("a", lambda: 1) == 1


def test_callers_that_come_together_share_one_building():
    cache, compute, entered, go = StateCache(), Counter(), threading.Event(), threading.Event()

    def build():
        entered.set()
        go.wait(10)
        return compute()

    found = []
    threads = [threading.Thread(target=lambda: found.append(cache.built("a", build))) for _ in range(4)]
    for thread in threads:
        thread.start()
    entered.wait(10)
    go.set()
    for thread in threads:
        thread.join()
    assert found == [1, 1, 1, 1]
