"""Webhooks as their senders send them, through gunicorn and through nginx."""

import json
from pathlib import Path

import psutil
import pytest
import requests

from app.core.senders import read_arr
from app.core.triggers.file_format import content
from tests.live_server import KEY, RunningServer
from tests.payloads import (
    LIDARR,
    RADARR_EVENTS,
    RADARR_VERSIONS,
    SONARR_EVENTS,
    SONARR_VERSIONS,
    TEMPLATE,
    make_import_complete,
    make_radarr,
    make_radarr_event,
    make_radarr_test,
    make_sonarr,
    make_sonarr_event,
    make_sonarr_test,
    make_tautulli,
    since,
    wire,
)
from tests.test_nginx import BASE, NGINX, RunningNginx
from tests.webhook_clients import RADARR, SONARR, arr_request, basic, exchange

PASSWORD = "Pässwörd-mit-£-und-ÿ"
DOWNLOADS = [
    *((SONARR, make_sonarr(version)) for version in SONARR_VERSIONS),
    *((SONARR, make_sonarr(version, isUpgrade=True, deletedFiles=[])) for version in SONARR_VERSIONS),
    *((SONARR, make_import_complete(version)) for version in SONARR_VERSIONS if since(version, 4, 0, 6)),
    *((RADARR, make_radarr(version)) for version in RADARR_VERSIONS),
    *((RADARR, make_radarr(version, isUpgrade=True, deletedFiles=[])) for version in RADARR_VERSIONS),
]
OTHERS = [
    *((SONARR, make_sonarr_event(name)) for name in SONARR_EVENTS),
    *((RADARR, make_radarr_event(name)) for name in RADARR_EVENTS),
    ("Lidarr/2.13.3.4711 (alpine 3.22.1)", LIDARR),
]


class Receiver:
    """One way to the server: the port to speak to, and what comes before the path."""

    def __init__(self, server, port, base):
        self.server, self.port, self.base = server, port, base
        self.watcher = server.data / "watcher"

    def target(self, path):
        return f"{self.base}/api/webhook/{path}"

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{self.target(path)}"

    def send(self, payload, agent=SONARR, path=f"arr?api_key={KEY}", line_end="\n", **options):
        body = payload if isinstance(payload, bytes) else wire(payload, line_end)
        request = arr_request(self.target(path), body, f"127.0.0.1:{self.port}", agent, **options)
        return exchange(self.port, request)

    def tautulli(self, path=f"tautulli?api_key={KEY}", **options):
        return requests.post(self.url(path), timeout=10, **options)

    def files(self):
        return {path for path in self.watcher.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    data = tmp_path_factory.mktemp("webhooks") / "data"
    settings = {"APP_BASE_PATH": BASE, "TRUSTED_PROXIES": "127.0.0.1", "TRIGGER_CONSUMER": "off"}
    with RunningServer(data, APP_ADMIN_PASSWORD=PASSWORD, **settings) as server:
        server.data = data
        yield server


@pytest.fixture(scope="module")
def nginx(server, tmp_path_factory):
    if NGINX is None:
        pytest.skip("nginx is not installed")
    folder = tmp_path_factory.mktemp("nginx") / "nginx"
    with RunningNginx(folder, server.port, server.data / "test") as nginx:
        yield nginx


@pytest.fixture(params=["gunicorn", "nginx"])
def receiver(request, server):
    port = request.getfixturevalue("nginx").port if request.param == "nginx" else server.port
    return Receiver(server, port, BASE)


def is_whole(answer):
    """Whether the answer is JSON that ends, for a client that reads all of it before it goes on."""
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Connection"] == "close"
    assert "Location" not in answer.headers
    return True


@pytest.mark.parametrize("line_end", ["\n", "\r\n"], ids=["linux", "windows"])
def test_every_import_of_every_version_is_stored_before_the_answer(receiver, line_end):
    for agent, payload in DOWNLOADS:
        before = receiver.files()
        answer = receiver.send(payload, agent, line_end=line_end)
        (new,) = receiver.files() - before
        assert (answer.status, is_whole(answer)) == (200, True)
        assert answer.json["message"] == f"Trigger queued for {agent.partition('/')[0]}"
        assert (answer.json["file"], answer.json["queued"]) == (str(new), 1)
        (event,) = read_arr(payload)
        assert new.read_bytes() == content(event)


def test_every_other_event_is_a_success_and_stores_nothing(receiver):
    before = receiver.files()
    for agent, payload in OTHERS:
        answer = receiver.send(payload, agent)
        assert (answer.status, is_whole(answer)) == (200, True)
        assert answer.json["message"].startswith(f"Ignored event type: {payload['eventType']}")
    assert receiver.files() == before


@pytest.mark.parametrize(
    ("agent", "payload"),
    [(SONARR, make_sonarr_test()), (RADARR, make_radarr_test())],
    ids=["Sonarr", "Radarr"],
)
def test_the_test_button_is_told_what_works(receiver, agent, payload):
    before = receiver.files()
    answer = receiver.send(payload, agent, line_end="\r\n")
    assert (answer.status, answer.json["message"]) == (200, "Test successful")
    told = {check["name"]: check["message"] for check in answer.json["checks"]}
    assert "TRIGGER_CONSUMER is off" in told["consumer"]
    assert receiver.files() == before


@pytest.mark.parametrize("method", ["POST", "PUT"])
@pytest.mark.parametrize("path", ["arr", "arr/"])
def test_both_methods_and_a_slash_at_the_end_are_no_redirect(receiver, method, path):
    answer = receiver.send(make_sonarr(), path=f"{path}?api_key={KEY}", method=method)
    assert (answer.status, is_whole(answer)) == (200, True)


@pytest.mark.parametrize("path", ["/arr", "arr//", "ARR", "arr/x"])
def test_a_mistyped_address_is_an_error_and_no_redirect(receiver, path):
    answer = receiver.send(make_sonarr(), path=f"{path}?api_key={KEY}")
    assert 400 <= answer.status < 500 and is_whole(answer)


def test_a_doubled_slash_in_front_is_no_redirect(server):
    answer = Receiver(server, server.port, f"{BASE}/").send(make_sonarr())
    assert (answer.status, is_whole(answer)) == (200, True)


def test_credentials_of_every_kind_are_taken(receiver):
    key = {"path": "arr", "X_API_Key": KEY}
    assert receiver.send(make_sonarr_test(), **key).status == 200
    login = {"path": "arr", "Authorization": basic("admin", PASSWORD)}
    assert receiver.send(make_sonarr_test(), **login).status == 200
    assert receiver.send(make_sonarr_test(), path="arr", Authorization=basic("sonarr", KEY)).status == 200
    assert receiver.send(make_sonarr_test(), path="arr", Authorization=f"Bearer {KEY}").status == 200


def test_wrong_credentials_store_nothing(receiver):
    before = receiver.files()
    assert receiver.send(make_sonarr(), path="arr").status == 401
    assert receiver.send(make_sonarr(), path="arr?api_key=wrong").status == 401
    assert receiver.send(make_import_complete(episodes=60), path="arr").status == 401
    assert receiver.files() == before


@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (400, b"", {}),
        (400, b'{"eventType": "Download"', {}),
        (400, b'{"eventType": "Download"}', {}),
        (400, b"[" * 2_000_000, {}),
        (400, b'{"a":' * 300_000, {}),
        (400, b'{"eventType": "Download", "movie": {"title": "L\xe9on"}}', {}),
        (413, b'{"eventType": "Test"}' + b" " * 10 * 1024**2, {}),
        (415, b"<xml/>", {"Content_Type": "application/xml"}),
        (415, b"--x--", {"Content_Type": "multipart/form-data; boundary=x"}),
    ],
    ids=["empty", "broken", "no item", "deep list", "deep object", "Latin-1", "10 MiB", "xml", "multipart"],
)
def test_what_is_not_well_formed_is_refused_and_stores_nothing(receiver, status, body, headers):
    before = receiver.files()
    answer = receiver.send(body, **headers)
    assert (answer.status, is_whole(answer)) == (status, True)
    assert answer.json["success"] is False and answer.json["detail"]
    assert receiver.files() == before


def test_a_chunked_body_beyond_the_limit_is_refused(server):
    receiver = Receiver(server, server.port, BASE)
    parts = (b" " * 65_536 for _ in range(160))
    answer = receiver.tautulli(f"arr?api_key={KEY}", data=parts, headers={"Content-Type": "application/json"})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("status", "chunks"),
    [
        (200, b'12\r\n{"eventType":"Test\r\n2\r\n"}\r\n0\r\n\r\n'),
        (400, b"zz\r\n{}\r\n0\r\n\r\n"),
        (400, b"2\r\n{}xx0\r\n\r\n"),
        (400, b"5\r\n{}"),
    ],
    ids=["whole", "no number", "no end of line", "no end"],
)
def test_a_chunked_body_is_read_as_far_as_it_is_one(server, status, chunks):
    receiver = Receiver(server, server.port, BASE)
    request = arr_request(receiver.target(f"arr?api_key={KEY}"), b"", "x", Transfer_Encoding="chunked")
    request = request.replace(b"Content-Length: 0\r\n", b"") + chunks
    assert exchange(receiver.port, request, gives_up=True).status == status


def test_ten_mebibytes_are_not_kept_in_memory(server):
    receiver = Receiver(server, server.port, BASE)
    large = b'{"eventType": "Test"}' + b" " * 30 * 1024**2
    receiver.send(make_sonarr_test())
    before = peak_memory(server)
    for _ in range(4):
        assert receiver.send(large).status == 413
    assert peak_memory(server) - before < 8 * 1024


def peak_memory(server):
    """KiB that the largest process of the server has held so far."""
    workers = psutil.Process(server.process.pid).children(recursive=True)
    statuses = [Path(f"/proc/{worker.pid}/status").read_text() for worker in workers]
    return max(int(status.partition("VmHWM:")[2].split()[0]) for status in statuses)


def test_a_body_that_ends_early_stores_nothing(server):
    receiver = Receiver(server, server.port, BASE)
    before = receiver.files()
    body = b"RatingKey=1234&mediatype=movie"
    target = receiver.target(f"tautulli?api_key={KEY}")
    request = arr_request(target, body, "x", Content_Length=len(body) + 4)
    assert exchange(receiver.port, request, gives_up=True).status == 400
    assert receiver.files() == before


def test_the_documented_template_is_stored_with_its_keys_alone(receiver):
    before = receiver.files()
    answer = receiver.tautulli(json=make_tautulli(title="Alien"))
    (new,) = receiver.files() - before
    assert answer.json()["message"] == "Tautulli trigger queued"
    assert (answer.json()["file"], new.read_text()) == (str(new), "[RatingKey]: 1234\n[mediatype]: movie\n")
    assert not answer.history


@pytest.mark.parametrize("slash", ["", "/"])
def test_every_address_of_tautulli_reaches_it_without_a_redirect(receiver, slash):
    by_header = receiver.tautulli(f"tautulli{slash}", json=make_tautulli(), headers={"X-API-Key": KEY})
    login = f"http://sender:{KEY}@127.0.0.1:{receiver.port}{receiver.target('tautulli')}{slash}"
    by_login = requests.post(login, json=make_tautulli(), timeout=10)
    for answer in (by_header, by_login):
        assert (answer.status_code, answer.history) == (200, [])
        assert answer.json()["queued"] == 1


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json; charset=utf-8",
        "application/x-www-form-urlencoded",
        "text/plain",
        "multipart/form-data",
    ],
)
def test_a_header_of_ones_own_makes_tautulli_send_a_form(receiver, content_type):
    before = receiver.files()
    season = make_tautulli(mediatype="season", parentratingkey="77")
    answer = receiver.tautulli(data=season, headers={"Content-Type": content_type})
    (new,) = receiver.files() - before
    assert answer.status_code == 200
    assert new.read_text() == "[RatingKey]: 1234\n[mediatype]: season\n[parentratingkey]: 77\n"


@pytest.mark.parametrize("body", [b"", b"{}", json.dumps(TEMPLATE).encode()], ids=["empty", "{}", "template"])
def test_the_test_button_of_tautulli_is_answered_and_stores_nothing(receiver, body):
    before = receiver.files()
    answer = receiver.tautulli(data=body, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["message"]) == (200, "Test successful")
    assert receiver.files() == before


def test_a_connection_that_is_kept_alive_serves_one_request_after_another(receiver):
    with requests.Session() as session:
        url = receiver.url(f"tautulli?api_key={KEY}")
        answers = [
            session.post(url, json=make_tautulli(mediatype=kind), timeout=10) for kind in ("movie", "track")
        ]
        answers.append(session.post(url, data=b"nonsense", timeout=10))
    assert [answer.status_code for answer in answers] == [200, 200, 400]


def test_no_log_holds_a_key_or_a_password(receiver):
    receiver.send(make_sonarr())
    receiver.send(make_sonarr_test(), path="arr", Authorization=basic("admin", PASSWORD))
    assert receiver.server.line_with("/api/webhook/arr HTTP")
    assert KEY not in receiver.server.output and PASSWORD not in receiver.server.output
