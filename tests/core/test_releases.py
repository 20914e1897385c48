from datetime import UTC, datetime, timedelta

import pytest

from app.core import releases
from app.core.release_feed import Fetched
from app.models import StoredDocument
from app.models.base import now

NOON = datetime(2025, 11, 25, 12, 0, tzinfo=UTC)


def make_entry(**overrides):
    values = {
        "tag_name": "2.1.15",
        "name": "v2.1.15",
        "published_at": "2025-11-21T11:00:57Z",
        "prerelease": False,
        "draft": False,
        "html_url": "https://example.org/releases/2.1.15",
        "body": "## What's Changed\r\n* Fix",
        "author": {"login": "somebody"},
    }
    return values | overrides


def make_document(**overrides):
    return StoredDocument(**{"name": releases.NAME, "tried_at": NOON, "fetched_at": NOON} | overrides)


def test_a_release_is_shown_as_clients_know_it():
    shown = releases.shown_releases(releases.usable_releases([make_entry()]), NOON)
    assert shown == [
        {
            "version": "2.1.15",
            "name": "v2.1.15",
            "published_at": "2025-11-21T11:00:57Z",
            "days_ago": 4,
            "is_prerelease": False,
            "is_draft": False,
            "html_url": "https://example.org/releases/2.1.15",
            "body": "## What's Changed\r\n* Fix",
        }
    ]


def test_ten_releases_are_kept():
    entries = [make_entry(tag_name=f"1.0.{number}") for number in range(30)]
    kept = releases.usable_releases(entries)
    assert [entry["version"] for entry in kept] == [f"1.0.{number}" for number in range(10)]


@pytest.mark.parametrize(
    "payload", [{}, None, "text", 7, [1, 2], [{}], [{"tag_name": ""}], {"message": "rate limit"}]
)
def test_what_is_no_list_of_releases_is_nonsense(payload):
    with pytest.raises(releases.Nonsense):
        releases.usable_releases(payload)


def test_a_project_without_releases_is_no_nonsense():
    assert releases.usable_releases([]) == []


@pytest.mark.parametrize("field", ["name", "published_at", "html_url", "body", "prerelease", "draft"])
@pytest.mark.parametrize("value", [None, 7, {"a": 1}, ["x"], "\ud800\0"])
def test_a_field_of_a_wrong_kind_harms_nothing(field, value):
    shown = releases.shown_releases(releases.usable_releases([make_entry(**{field: value})]), NOON)[0]
    assert isinstance(shown["days_ago"], int)
    assert all(isinstance(shown[name], str) for name in ("version", "name", "html_url", "body"))
    assert "\0" not in shown["name"] + shown["body"]
    shown["body"].encode()


def test_a_link_leads_to_the_web_or_nowhere():
    kept = releases.usable_releases([make_entry(html_url="javascript:alert(1)")])
    assert kept[0]["html_url"] == ""


def test_the_latest_version_is_the_highest_that_is_out_for_everybody():
    entries = releases.usable_releases(
        [
            make_entry(tag_name="3.0.0-beta1", prerelease=True),
            make_entry(tag_name="3.0.0", draft=True),
            make_entry(tag_name="v2.1.9"),
            make_entry(tag_name="v2.1.15"),
            make_entry(tag_name="nightly"),
        ]
    )
    assert releases.latest_version(entries) == "2.1.15"


@pytest.mark.parametrize("entries", [None, [], [{"version": "x", "is_prerelease": False, "is_draft": False}]])
def test_there_may_be_no_latest_version(entries):
    assert releases.latest_version(entries) is None


@pytest.mark.parametrize("published", [None, "", "yesterday", "2025-11-21", "2030-01-01T00:00:00Z"])
def test_a_release_of_an_unknown_or_future_day_is_from_today(published):
    assert releases.days_ago(published, NOON) == 0


def test_a_good_answer_is_stored(session):
    assert releases.store_fetched(
        session, Fetched(payload=[make_entry()], etag='"a"', last_modified="yesterday")
    )
    stored = releases.stored_releases(session)
    assert (stored.body[0]["version"], stored.etag, stored.last_modified) == ("2.1.15", '"a"', "yesterday")
    assert stored.fetched_at == stored.tried_at
    assert stored.error is None


@pytest.mark.parametrize("bad", [Fetched(error="answered 403"), Fetched(payload={"message": "no"})])
def test_a_bad_answer_leaves_the_stored_list_and_says_why(session, bad):
    releases.store_fetched(session, Fetched(payload=[make_entry()], etag='"a"'))
    fetched_at = releases.stored_releases(session).fetched_at
    assert not releases.store_fetched(session, bad)
    stored = releases.stored_releases(session)
    assert (stored.body[0]["version"], stored.etag, stored.fetched_at) == ("2.1.15", '"a"', fetched_at)
    assert stored.error


def test_an_unchanged_list_counts_as_fetched(session):
    releases.store_fetched(session, Fetched(payload=[make_entry()], etag='"a"'))
    releases.store_fetched(session, Fetched(error="answered 500"))
    assert releases.store_fetched(session, Fetched(not_modified=True))
    stored = releases.stored_releases(session)
    assert (stored.body[0]["version"], stored.etag, stored.error) == ("2.1.15", '"a"', None)


def test_an_unchanged_list_that_nobody_has_is_an_error(session):
    assert not releases.store_fetched(session, Fetched(not_modified=True))
    assert releases.stored_releases(session).error


def test_the_answer_without_a_list_says_so(session):
    answer = releases.releases_answer(session)
    assert (answer["success"], answer["releases"]) == (False, [])
    assert answer["error"]
    releases.store_fetched(session, Fetched(error="answered 403"))
    assert releases.releases_answer(session)["error"] == "answered 403"


def test_the_stored_list_is_shown_although_the_latest_try_failed(session):
    releases.store_fetched(session, Fetched(payload=[make_entry()]))
    releases.store_fetched(session, Fetched(error="answered 500"))
    answer = releases.releases_answer(session)
    assert (answer["success"], answer["releases"][0]["version"]) == (True, "2.1.15")


@pytest.mark.parametrize(
    ("document", "failures", "hours"),
    [
        (None, 0, 0),
        (make_document(tried_at=None), 0, 0),
        (make_document(), 0, 6),
        (make_document(tried_at=NOON - timedelta(hours=2)), 0, 4),
        (make_document(tried_at=NOON - timedelta(hours=9)), 0, 0),
        (make_document(tried_at=NOON + timedelta(days=300)), 0, 6),
        (make_document(error="answered 403"), 0, 0.25),
        (make_document(error="answered 403"), 1, 0.25),
        (make_document(error="answered 403"), 3, 1),
        (make_document(error="answered 403"), 99, 6),
    ],
)
def test_the_next_try_is_due_in_six_hours_and_sooner_after_the_first_failures(document, failures, hours):
    assert releases.seconds_until_due(document, failures, NOON) == hours * 3600


def test_a_recorded_list_is_not_due(session):
    releases.store_fetched(session, Fetched(payload=[]))
    assert releases.seconds_until_due(releases.stored_releases(session), 0, now()) > 5 * 3600
