import time
from datetime import timedelta

import pytest
import time_machine

from app.core.access import credential_cache
from app.core.access.callers import Caller
from app.core.access.credential_cache import CredentialCache

CALLER = Caller("Sonarr", ("webhook",), key_id=1)


class Clock:
    now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def memory(tmp_path, clock):
    return CredentialCache(tmp_path / "keys.stamp", tmp_path / "config.json", clock=clock)


def remember(memory, secret="key", caller=CALLER):
    memory.remember(memory.mark(secret, None), caller, memory.evidence())


def recall(memory, secret="key"):
    return memory.recall(memory.mark(secret, None), memory.evidence())


def test_a_caller_is_recalled_by_the_same_credentials_only(memory):
    remember(memory)
    assert recall(memory) is CALLER
    assert recall(memory, "other") is None


def test_the_memory_holds_no_credentials(memory):
    remember(memory, "pstr_the_key_itself")
    assert "pstr_the_key_itself" not in str(vars(memory.callers))


@pytest.mark.parametrize("one", [("b", "a"), ("a\0b", None), ("", "a\0b")])
def test_user_name_and_password_are_not_mistaken_for_a_key(memory, one):
    assert memory.mark(*one) != memory.mark("ab", None)
    assert memory.mark("b", "a") != memory.mark("a", "b")


@pytest.mark.parametrize("name", ["keys.stamp", "config.json"])
def test_a_changed_file_empties_the_memory(memory, tmp_path, name):
    remember(memory)
    (tmp_path / name).write_text("changed")
    assert recall(memory) is None


def test_a_caller_is_forgotten_after_some_seconds(memory, clock):
    remember(memory)
    remember(memory, "password", Caller("admin", ("admin",)))
    clock.now += credential_cache.KEY_SECONDS
    assert recall(memory) is None
    assert recall(memory, "password")
    clock.now += credential_cache.OTHERS_SECONDS
    assert recall(memory, "password") is None


def test_an_expired_key_is_not_recalled(memory):
    remember(memory, caller=Caller("short", ("read",), key_id=1, expires=time.time() + 60))
    assert recall(memory)
    with time_machine.travel(timedelta(seconds=61)):
        assert recall(memory) is None


def test_the_memory_is_bounded_and_forgets_the_oldest(memory):
    for number in range(credential_cache.MOST_CALLERS + 1):
        remember(memory, f"key {number}")
    assert len(memory.callers.entries) == credential_cache.MOST_CALLERS
    assert recall(memory, "key 0") is None
    assert recall(memory, "key 1")
