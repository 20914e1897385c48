"""What a session does about the network, over real connections to servers on this machine."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.poster.web.endpoint import Endpoint, Limits
from app.poster.web.session import WebSession
from app.poster.web.trouble import Trouble, WebTrouble
from tests.doubles import loopback
from tests.doubles.loopback import serving
from tests.doubles.scripted import ScriptedServer, answering, breaking_off, resetting

KEY = "secret-key-of-tmdb"
USUAL = Limits(read=15, whole=30)
# For servers that never finish an answer.
IMPATIENT = Limits(read=1, whole=3)
GOOD = answering(200, b'{"id": 348}', Content_Type="application/json")


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch):
    monkeypatch.setattr("app.poster.web.adapter.FIRST_PAUSE", 0.01)


@pytest.fixture
def serve():
    """Start a server with behaviours, and a session for it that is closed with it."""
    opened = []

    def start(*behaviours, limits=USUAL):
        context = serving(ScriptedServer(*behaviours))
        server = context.__enter__()
        endpoint = Endpoint("TMDB", f"{server.url}/", {"Authorization": f"Bearer {KEY}"}, (KEY,))
        session = WebSession(endpoint, limits)
        opened.append((context, session))
        return server, session

    yield start
    for context, session in opened:
        session.close()
        context.__exit__(None, None, None)


@pytest.mark.parametrize(
    "first",
    [
        answering(500),
        answering(503, Retry_After="0"),
        answering(429, Retry_After="0"),
        resetting,
        breaking_off,
        loopback.hanging,
    ],
)
def test_what_passes_is_asked_again(serve, first):
    server, session = serve(first, GOOD, limits=IMPATIENT if first is loopback.hanging else USUAL)
    assert session.json("/3/movie/348") == {"id": 348}
    assert server.count == 2


@pytest.mark.parametrize(
    ("behaviour", "trouble", "requests"),
    [
        (answering(400), Trouble.REFUSED, 1),
        (answering(401), Trouble.KEY_REFUSED, 1),
        (answering(403), Trouble.KEY_REFUSED, 1),
        (answering(404), Trouble.NOT_FOUND, 1),
        (answering(413), Trouble.REFUSED, 1),
        (answering(507), Trouble.UNREACHABLE, 1),
        (answering(500), Trouble.UNREACHABLE, 3),
        (resetting, Trouble.UNREACHABLE, 3),
        (loopback.babbling, Trouble.BROKEN, 1),
        (loopback.flooding, Trouble.BROKEN, 1),
        (loopback.dripping, Trouble.UNREACHABLE, 1),
    ],
)
def test_what_stays_is_sorted_and_explained_without_the_key(serve, behaviour, trouble, requests):
    server, session = serve(behaviour, limits=IMPATIENT if behaviour is loopback.dripping else USUAL)
    with pytest.raises(WebTrouble) as caught:
        session.json("/3/movie/348", {"language": "xx"})
    assert caught.value.trouble is trouble
    assert str(caught.value).startswith("TMDB: ")
    assert KEY not in str(caught.value)
    assert server.count == requests


def test_a_server_names_the_pause_and_all_calls_keep_it(serve):
    server, session = serve(answering(429, Retry_After="1"), GOOD, limits=Limits(whole=5))
    with ThreadPoolExecutor(2) as pool:
        started = time.monotonic()
        first = pool.submit(session.json, "/a")
        while not server.count:
            pass
        time.sleep(0.1)
        second = pool.submit(session.json, "/b")
        assert first.result() == second.result() == {"id": 348}
    assert time.monotonic() - started >= 0.9


def test_a_pause_beyond_the_deadline_is_not_waited_for(serve):
    server, session = serve(answering(429, Retry_After="3600"))
    with pytest.raises(WebTrouble, match="too many requests"):
        session.json("/a")
    with pytest.raises(WebTrouble, match="too many requests"):
        session.json("/b")
    assert server.count == 1


@pytest.mark.parametrize(("behaviour", "most"), [(resetting, 7), (answering(502), 12)])
def test_a_dead_server_gets_few_requests(serve, behaviour, most):
    server, session = serve(behaviour)
    for number in range(30):
        with pytest.raises(WebTrouble):
            session.json(f"/3/movie/{number}")
    assert server.count == most


def test_a_dead_server_gets_few_requests_from_many_threads(serve):
    server, session = serve(resetting, limits=Limits(at_once=4))
    with ThreadPoolExecutor(16) as pool:
        asked = [pool.submit(session.json, f"/{number}") for number in range(60)]
    assert all(isinstance(call.exception(), WebTrouble) for call in asked)
    assert server.count <= 4 * USUAL.tries + USUAL.failures


def test_calls_that_fail_at_the_same_time_are_all_repeated(serve):
    # None fails before all have begun: what begins after a failure is not repeated.
    begun = threading.Barrier(4)

    def failing(handler):
        begun.wait(30)
        answering(500)(handler)

    server, session = serve(*[failing] * 4, GOOD, limits=Limits(read=40, whole=60, at_once=4))
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda number: session.json(f"/{number}"), range(4)))
    assert answers == [{"id": 348}] * 4


def test_a_server_that_answers_again_is_asked_as_before(serve, monkeypatch):
    monkeypatch.setattr("app.poster.web.breaker.PROBE_SECONDS", 0.2)
    server, session = serve(*[resetting] * 7, GOOD)
    for number in range(20):
        with pytest.raises(WebTrouble):
            session.json(f"/dead/{number}")
    time.sleep(0.25)
    assert [session.json(f"/alive/{number}") for number in range(5)] == [{"id": 348}] * 5


def test_a_missing_entry_is_no_sign_of_a_dead_server(serve):
    server, session = serve(answering(404))
    for number in range(8):
        with pytest.raises(WebTrouble, match="no such entry"):
            session.json(f"/3/movie/{number}")
    assert server.count == 8


@pytest.mark.parametrize("behaviour", [GOOD, answering(404), answering(400)])
def test_each_call_is_made_once_a_run_also_from_many_threads(serve, behaviour):
    server, session = serve(behaviour)
    with ThreadPoolExecutor(8) as pool:
        calls = [pool.submit(session.content, "/3/movie/348", {"a": "1"}) for _ in range(24)]
    assert len({str(call.exception()) for call in calls}) == 1
    assert server.count == 1


def test_no_more_calls_are_open_at_a_time_than_the_limits_allow(serve):
    lock, seen = threading.Lock(), []
    open_calls = set()

    def slow(handler):
        with lock:
            open_calls.add(handler)
            seen.append(len(open_calls))
        time.sleep(0.02)
        with lock:
            open_calls.discard(handler)
        GOOD(handler)

    _, session = serve(slow, limits=Limits(at_once=3))
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda number: session.json(f"/{number}"), range(24)))
    assert 2 <= max(seen) <= 3


def test_keys_go_to_the_own_host_only_also_after_a_redirect(serve):
    other, _ = serve(GOOD)
    server, session = serve(answering(302, Location=f"{other.url}/elsewhere"))
    assert session.json("/a", headers={"X-Extra": "1"}) == {"id": 348}
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"
    assert KEY not in str(other.asked)
    assert "X-Extra" not in other.headers[0]


def test_a_key_that_an_api_takes_in_the_query_only_stays_out_of_messages_and_addresses(serve):
    server, _ = serve(answering(404))
    session = WebSession(Endpoint("Fanart", server.url, parameters={"api_key": KEY}), USUAL)
    with pytest.raises(WebTrouble) as caught:
        session.json("/v3/movies/348", {"a": "b"})
    assert server.asked[0][1] == {"a": "b", "api_key": KEY}
    assert KEY not in str(caught.value)
    session.close()


def test_a_redirect_without_end_is_an_answer_that_makes_no_sense(serve):
    server, session = serve(lambda handler: handler.send(302, Location=handler.path + "x"))
    with pytest.raises(WebTrouble, match="makes no sense"):
        session.json("/a")
    assert server.count == 5


def test_what_changes_something_is_sent_once_for_an_error_of_the_server(serve):
    server, session = serve(answering(500))
    with pytest.raises(WebTrouble, match="500"):
        session.send("POST", "/Items/1/Images/Primary", b"picture")
    assert server.count == 1


def test_addresses_keep_the_sub_path_and_double_no_slash():
    session = WebSession(Endpoint("Emby", "http://127.0.0.1:9/emby/"))
    assert session.address("/Items") == session.address("Items") == "http://127.0.0.1:9/emby/Items"
    session.close()


def test_a_server_that_is_not_there_is_named_with_its_host(serve):
    session = WebSession(Endpoint("TMDB", "http://user:password@127.0.0.1:9"), USUAL)
    with pytest.raises(WebTrouble, match=r"check that 127\.0\.0\.1:9 can be reached"):
        session.json("/a")
    session.close()
