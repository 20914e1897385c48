"""Keys of the old program: which are taken, and which cannot be."""

import pytest
from sqlalchemy import select

from app.core.takeover import upstream_keys
from app.core.takeover.upstream_keys import ODD_HASH
from app.models import ApiKey
from tests.upstream import make_keys, make_past_key

HASH = make_past_key("x" * 43)["key_hash"]


def key(prefix="prefix-1", **overrides):
    return {
        "name": "Sonarr",
        "prefix": prefix,
        "key_hash": HASH,
        "created_at": "2025-12-13 10:00:00",
    } | overrides


def kept(session):
    return list(session.scalars(select(ApiKey).order_by(ApiKey.id)))


@pytest.mark.parametrize(
    "odd",
    [
        {"key_hash": None},
        {"key_hash": "plain text"},
        {"key_hash": HASH[:-1]},
        # A check would take minutes.
        {"key_hash": HASH.replace("$04$", "$31$")},
        {"prefix": "short"},
        {"prefix": "too-long-1"},
        {"prefix": None},
    ],
)
def test_a_key_that_cannot_be_checked_is_left_out_and_the_next_one_is_taken(take, session, data, odd):
    make_keys(data, key(**odd), key("prefix-2"))
    outcome = take("API keys")
    assert (outcome.taken, dict(outcome.left_out)) == (1, {ODD_HASH: 1})
    assert [each.prefix for each in kept(session)] == ["prefix-2"]


def test_keys_that_are_known_are_not_taken_twice(take, session, data):
    make_keys(data, key(), key("prefix-2"), key(name="a second row of one prefix"))
    first, second = take("API keys"), take("API keys")
    assert [(each.taken, each.known, bool(each.notes)) for each in (first, second)] == [
        (2, 1, True),
        (0, 3, False),
    ]
    assert {scope for each in kept(session) for scope in each.scopes}.isdisjoint({"admin"})


def test_no_more_keys_are_taken_than_are_allowed(take, session, data, monkeypatch):
    monkeypatch.setattr(upstream_keys, "MOST_KEYS", 3)
    session.add(ApiKey(name="own", prefix="own", digest="x", scopes=[]))
    make_keys(data, *(key(f"prefix-{number}") for number in range(4)))
    outcome = take("API keys")
    assert (outcome.taken, outcome.left_out.total(), len(kept(session))) == (2, 2, 3)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("", "key 1"),
        (None, "key 1"),
        ("\n\0 ", "key 1"),
        ("a\u202eb", "ab"),
        ("x" * 500, "x" * 100),
        (" 7 ", "7"),
    ],
)
def test_a_name_is_printable_and_never_empty(take, session, data, name, shown):
    make_keys(data, key(name=name, created_at="not a time"))
    take("API keys")
    (only,) = kept(session)
    assert only.name == shown[: upstream_keys.LONGEST_NAME]
    assert only.created_at.tzinfo is not None and only.last_used_at is None
