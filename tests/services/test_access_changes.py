"""Keys, sessions of browsers and lists of libraries: what is stored, and what stays where something fails."""

from datetime import timedelta

import pytest

from app.core.access import api_keys, browser_sessions, secret_key
from app.core.access.callers import Caller
from app.core.engine_calls import EngineCalls
from app.core.errors import ApplicationError, Invalid, NotFound, Unavailable
from app.core.servers.given_access import Access
from app.models import ApiKey, BrowserSession, Status
from app.models.base import now
from app.services import browser_sign_in, keys, reports
from app.services.server_libraries import cached_libraries, fetch_libraries
from tests.past_runs import make_run

ACCESS = Access("http://127.0.0.1:9", "key")
MOVIES = {"name": 'Kids & "Co" <b>', "type": "movie", "key": "1"}


def stored(machine, model):
    with machine.database.reading() as session:
        return session.query(model).all()


def caller_of(machine, token, *credentials):
    secret = secret_key.load_or_create(machine.paths.database / "secret.key")
    with machine.database.reading() as session:
        return browser_sessions.find_session_caller(session, secret, token, credentials)


def test_a_stamp_that_cannot_be_written_keeps_no_key_from_being_made_or_revoked(machine):
    api_keys.key_stamp_path(machine.paths).mkdir(parents=True)
    key, plain = keys.create_key(machine, "Sonarr", ["webhook"])
    assert [found.id for found in stored(machine, ApiKey)] == [key.id] and plain.startswith(key.prefix)
    assert keys.revoke_key(machine, key.id).name == "Sonarr" and stored(machine, ApiKey) == []


def test_a_key_that_is_none_is_not_stored_and_announces_nothing(machine):
    for name, scopes in (
        ("", ["read"]),
        ("x", ["root"]),
        ("x", []),
        ("x" * 101, ["read"]),
        ("\u202ex", ["read"]),
    ):
        with pytest.raises(Invalid):
            keys.create_key(machine, name, scopes)
    assert stored(machine, ApiKey) == [] and not api_keys.key_stamp_path(machine.paths).exists()


def test_a_key_that_is_not_there_is_not_revoked(machine):
    for number in (0, -1, 7, 2**70):
        with pytest.raises(NotFound):
            keys.revoke_key(machine, number)
    assert not api_keys.key_stamp_path(machine.paths).exists()


def test_every_change_of_keys_is_announced_by_itself(machine):
    stamp, sizes = api_keys.key_stamp_path(machine.paths), []
    for _ in range(2):
        key, _ = keys.create_key(machine, "x", ["read"])
        sizes.append(stamp.stat().st_size)
        keys.revoke_key(machine, key.id)
        sizes.append(stamp.stat().st_size)
    assert sizes == [1, 2, 3, 4]


def test_a_session_ends_with_its_sign_out_and_no_other_does(machine):
    caller = Caller("admin", ("read", "admin"))
    first, second = (browser_sign_in.sign_in(machine, caller, "word", stay) for stay in (True, False))
    assert first.seconds > second.seconds and first.token != second.token
    assert first.token not in {row.digest for row in stored(machine, BrowserSession)}
    assert caller_of(machine, first.token, "word").name == "admin"
    assert caller_of(machine, first.token, "another word") is None
    browser_sign_in.sign_out(machine, first.token)
    browser_sign_in.sign_out(machine, "no token \N{SNOWMAN}")
    assert caller_of(machine, first.token, "word") is None
    assert caller_of(machine, second.token, "word").name == "admin"


def test_a_session_that_has_expired_is_none_and_goes_with_the_next_sign_in(machine):
    caller = Caller("admin", ("read",))
    opened = browser_sign_in.sign_in(machine, caller, "word", stay=True)
    with machine.database.writing() as session:
        session.query(BrowserSession).update({"expires_at": now() - timedelta(seconds=1)})
    assert caller_of(machine, opened.token, "word") is None
    browser_sign_in.sign_in(machine, caller, "word", stay=False)
    assert len(stored(machine, BrowserSession)) == 1


@pytest.mark.parametrize("stay", [True, False])
def test_a_session_of_a_key_ends_with_the_key(machine, stay):
    key, _ = keys.create_key(machine, "phone", ["read"])
    opened = browser_sign_in.sign_in(machine, api_keys.key_caller(key), key.digest, stay)
    assert caller_of(machine, opened.token).key_id == key.id
    keys.revoke_key(machine, key.id)
    assert caller_of(machine, opened.token) is None


def answering(monkeypatch, answer):
    def inquire(*_):
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(EngineCalls, "inquire", inquire)


def test_a_list_of_libraries_is_kept_where_the_server_or_the_engine_fails(machine, monkeypatch):
    assert cached_libraries(machine, "plex") == {"libraries": [], "excluded": []}
    answering(monkeypatch, {"libraries": [MOVIES]})
    assert fetch_libraries(machine, "plex", ACCESS)["libraries"] == [MOVIES]
    kept = cached_libraries(machine, "plex")
    assert [each["name"] for each in kept["libraries"]] == [MOVIES["name"]]
    answering(monkeypatch, {"error": "Plex does not answer."})
    assert fetch_libraries(machine, "plex", ACCESS) == {"error": "Plex does not answer."}
    for trouble in ({"error": "A private address.", "unsafe": True}, Unavailable("The engine is broken.")):
        answering(monkeypatch, trouble)
        with pytest.raises(ApplicationError):
            fetch_libraries(machine, "plex", ACCESS)
    assert cached_libraries(machine, "plex") == kept and not cached_libraries(machine, "emby")["libraries"]


def test_a_server_that_lists_nothing_any_more_empties_the_list(machine, monkeypatch):
    for libraries in ([MOVIES] * 1001, []):
        answering(monkeypatch, {"libraries": libraries})
        fetch_libraries(machine, "jellyfin", ACCESS)
        assert len(cached_libraries(machine, "jellyfin")["libraries"]) == min(len(libraries), 1000)


def test_reports_are_left_to_an_active_run_and_a_folder_that_cannot_be_read_is_named(machine, monkeypatch):
    assert reports.import_reports(machine) == 0

    def fail(*_):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(reports.ReportWatch, "fresh", fail)
        with pytest.raises(Unavailable, match="reports cannot be read at the moment: Permission denied"):
            reports.import_reports(machine)
    with machine.database.writing() as session:
        session.add(make_run(status=Status.RUNNING, ended_at=None))
    assert reports.import_reports(machine) is None
