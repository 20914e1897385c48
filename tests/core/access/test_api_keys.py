from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import event, select

from app.core.access import api_keys
from app.core.access.callers import SCOPES
from app.core.errors import Conflict, Invalid, NotFound
from app.models import ApiKey

SECRET = b"s" * 32
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def make_key(session, **overrides):
    return api_keys.add_key(session, SECRET, **{"name": "Sonarr", "scopes": ["webhook"], **overrides})


@pytest.fixture
def statements(database):
    seen = []

    def note(connection, cursor, statement, *rest):
        if not statement.startswith(("PRAGMA", "BEGIN")):
            seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


def test_a_key_bears_the_mark_of_this_server_and_32_random_bytes(session):
    plain = make_key(session)[1]
    assert api_keys.looks_like_key(plain)
    assert len(plain) == len("pstr_") + 43
    assert plain != make_key(session)[1]


def test_only_the_first_characters_and_a_keyed_hash_are_kept(session):
    key, plain = make_key(session)
    assert plain.startswith(key.prefix)
    assert plain[len(key.prefix) :] not in str(vars(key))
    assert key.digest != api_keys.key_digest(b"another secret", plain)
    assert len(key.digest) == 64


def test_a_key_is_found_again_by_what_was_shown(session):
    key, plain = make_key(session)
    assert api_keys.find_key(session, SECRET, plain) is key


def test_a_key_with_the_right_beginning_and_a_wrong_end_is_not_found(session):
    plain = make_key(session)[1]
    wrong = plain[:-1] + ("A" if plain[-1] != "A" else "B")
    assert api_keys.find_key(session, SECRET, wrong) is None


def test_a_key_is_not_found_with_the_secret_of_another_installation(session):
    assert api_keys.find_key(session, b"x" * 32, make_key(session)[1]) is None


def test_a_wrong_key_costs_one_look_up_however_many_keys_there_are(session, statements):
    for number in range(20):
        make_key(session, name=f"key {number}")
    statements.clear()
    assert api_keys.find_key(session, SECRET, "pstr_" + "x" * 43) is None
    assert len(statements) == 1
    assert "prefix" in statements[0].partition("WHERE")[2]


def test_keys_are_listed_oldest_first(session):
    for name in ("one", "two", "three"):
        make_key(session, name=name)
    assert [key.name for key in api_keys.list_keys(session)] == ["one", "two", "three"]


def test_a_revoked_key_is_gone(session):
    key, plain = make_key(session)
    api_keys.delete_key(session, key.id)
    assert api_keys.find_key(session, SECRET, plain) is None
    with pytest.raises(NotFound):
        api_keys.delete_key(session, key.id)


@pytest.mark.parametrize("name", ["", "   ", "x" * 101, "two\nlines", "bell\a"])
def test_a_name_that_a_list_cannot_show_is_refused(session, name):
    with pytest.raises(Invalid, match="name"):
        make_key(session, name=name)


def test_a_name_is_trimmed(session):
    assert make_key(session, name="  Radarr 4K ")[0].name == "Radarr 4K"


@pytest.mark.parametrize("scopes", [[], ["everything"], ["read", "root"]])
def test_scopes_that_do_not_exist_are_refused(session, scopes):
    with pytest.raises(Invalid, match="read, run, webhook"):
        make_key(session, scopes=scopes)


def test_scopes_are_kept_once_and_in_order(session):
    assert make_key(session, scopes=["run", "read", "run"])[0].scopes == ["read", "run"]


def test_a_key_made_without_scopes_may_do_everything_but_administer(session):
    key = api_keys.add_key(session, SECRET, "Web UI")[0]
    assert set(SCOPES) - set(key.scopes) == {"admin"}


def test_an_administrator_may_do_everything(session):
    assert api_keys.key_caller(make_key(session, scopes=["admin"])[0]).scopes == SCOPES


@time_machine.travel(NOON, tick=False)
def test_a_key_expires_at_its_time(session):
    key = make_key(session, expires_at=NOON + timedelta(hours=1))[0]
    assert not api_keys.is_expired(key)
    assert api_keys.key_caller(key).valid_now()
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        assert api_keys.is_expired(key)
        assert not api_keys.key_caller(key).valid_now()


@time_machine.travel(NOON, tick=False)
def test_a_key_cannot_expire_in_the_past(session):
    with pytest.raises(Invalid, match="past"):
        make_key(session, expires_at=NOON)


def test_there_are_two_hundred_keys_at_most(session):
    session.add_all(
        ApiKey(name="k", prefix=f"p{number}", digest="d", scopes=["read"])
        for number in range(api_keys.MOST_KEYS)
    )
    with pytest.raises(Conflict, match="200"):
        make_key(session)


def test_the_use_of_a_key_is_noted_at_most_once_a_minute(session):
    with time_machine.travel(NOON, tick=False):
        key = make_key(session)[0]
        assert api_keys.is_use_due(key)
        api_keys.record_use(session, key.id)
    for seconds, noted in ((30, NOON), (59, NOON), (60, NOON + timedelta(seconds=60))):
        with time_machine.travel(NOON + timedelta(seconds=seconds), tick=False):
            api_keys.record_use(session, key.id)
            assert session.scalar(select(ApiKey.last_used_at).where(ApiKey.id == key.id)) == noted


def test_a_key_does_not_show_in_its_own_description(session):
    key, plain = make_key(session)
    assert plain not in repr(key)
    assert key.digest not in repr(key)
