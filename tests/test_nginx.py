"""deploy/nginx.conf as it is, but for ports and folders, in a real nginx in front of a real server."""

import re
import shutil
import socket
import subprocess
import time

import pytest
import requests

from app.server import metrics_folder, serving
from tests.driving import eventually
from tests.live_server import KEY, ROOT, RunningServer, free_port
from tests.web_sockets import WebSocketClient

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/sbin:/usr/local/bin")
BASE = "/posterizarr"
IMAGE = b"\x89PNG" + bytes(range(256)) * 40

pytestmark = pytest.mark.skipif(NGINX is None, reason="nginx is not installed")

AROUND = """
daemon off;
user {user};
worker_processes 1;
error_log {folder}/error.log info;
pid {folder}/nginx.pid;
events {{ worker_connections 64; }}
http {{
    types {{ image/png png; }}
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/posterizarr.conf;
}}
"""


def rendered(port, backend, images):
    """The shipped file with this test's ports and folder; each replaced line must be there."""
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    for shipped, here in (
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("listen [::]:80;", ""),
        ("server 127.0.0.1:8000;", f"server 127.0.0.1:{backend};"),
        ("alias /config/test/;", f"alias {images}/;"),
        ("alias /assets/;", f"alias {images.parent / 'assets'}/;"),
        ("alias /manualassets/;", f"alias {images.parent / 'manualassets'}/;"),
        ("alias /assetsbackup/;", f"alias {images.parent / 'assetsbackup'}/;"),
    ):
        assert text.count(shipped) == 1, shipped
        text = text.replace(shipped, here)
    return text


class RunningNginx:
    def __init__(self, folder, backend, images):
        folder.mkdir()
        self.folder, self.port = folder, free_port()
        (folder / "posterizarr.conf").write_text(rendered(self.port, backend, images))
        (folder / "nginx.conf").write_text(
            AROUND.format(folder=folder, user=f"{folder.owner()} {folder.group()}")
        )
        self.address = f"http://127.0.0.1:{self.port}{BASE}"

    def __enter__(self):
        self.process = subprocess.Popen([NGINX, "-p", self.folder, "-c", self.folder / "nginx.conf"])
        end = time.monotonic() + 10
        while not self.listens():
            assert self.process.poll() is None and time.monotonic() < end
            time.sleep(0.02)
        return self

    def listens(self):
        with socket.socket() as client:
            return client.connect_ex(("127.0.0.1", self.port)) == 0

    def __exit__(self, *error):
        self.process.terminate()
        self.process.wait(10)

    def log(self, name="error.log"):
        return (self.folder / name).read_text()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    data = tmp_path_factory.mktemp("server") / "data"
    folders = {
        "ASSET_PATH": data / "assets",
        "MANUAL_ASSET_PATH": data / "manualassets",
        "BACKUP_PATH": data / "assetsbackup",
    }
    with RunningServer(data, APP_BASE_PATH=BASE, TRUSTED_PROXIES="127.0.0.1", **folders) as server:
        server.data = data
        yield server


@pytest.fixture(scope="module")
def nginx(server, tmp_path_factory):
    folder = tmp_path_factory.mktemp("nginx") / "nginx"
    with RunningNginx(folder, server.port, server.data / "test") as nginx:
        yield nginx


@pytest.fixture
def sample(server):
    file = server.data / "test" / "Ünder Water #1.png"
    file.write_bytes(IMAGE)
    return "/test/%C3%9Cnder%20Water%20%231.png"


def ask(nginx, path, method="GET", **options):
    headers = {"X-API-Key": KEY, **options.pop("headers", {})}
    return requests.request(method, nginx.address + path, headers=headers, timeout=10, **options)


def test_nginx_closes_idle_connections_before_the_server_does(monkeypatch):
    monkeypatch.setattr(metrics_folder, "choose_folder", lambda paths: None)
    text = (ROOT / "deploy" / "nginx.conf").read_text()
    assert int(re.search(r"keepalive_timeout (\d+)s;", text)[1]) < serving.options()["keepalive"]


def test_the_api_answers_below_the_base_path(nginx):
    assert ask(nginx, "/api").json()["status"] == "running"
    assert requests.get(f"{nginx.address}/ping", timeout=10).status_code == 200


def test_the_bare_base_path_leads_to_the_page(nginx):
    answer = requests.get(nginx.address, timeout=10)
    assert answer.url == f"{nginx.address}/server/sign-in"
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")


def test_nothing_is_served_outside_of_the_base_path(nginx):
    assert requests.get(f"http://127.0.0.1:{nginx.port}/api", timeout=10).status_code == 404


def test_a_webhook_gets_the_answer_of_the_application(nginx, server):
    body = b'{"eventType": "Test"}' + b" " * 3_000_000
    through = ask(nginx, "/api/webhook/arr", "POST", data=body, headers={"Content-Type": "application/json"})
    direct = server.post("/api/webhook/arr", data=body, headers={"X-API-Key": KEY})
    assert through.headers["Content-Type"] == "application/json"
    assert (through.status_code, through.json()) == (direct.status_code, direct.json())


def test_a_body_beyond_the_limit_is_refused_by_nginx(nginx):
    assert ask(nginx, "/api/webhook/arr", "POST", data=bytes(33 * 1024 * 1024)).status_code == 413


def test_an_image_is_sent_by_nginx(nginx, server, sample):
    answer = ask(nginx, sample)
    assert (answer.content, answer.headers["Content-Type"]) == (IMAGE, "image/png")
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    # nginx tells a file by its time and size, the server by more.
    assert re.fullmatch(r'"[0-9a-f]+-[0-9a-f]+"', answer.headers["ETag"])
    assert "X-Accel-Redirect" not in answer.headers


@pytest.mark.parametrize(
    ("prefix", "folder"),
    [
        ("poster_assets", "assets"),
        ("manual_poster_assets", "manualassets"),
        ("backup_assets", "assetsbackup"),
    ],
)
def test_artwork_is_sent_by_nginx(nginx, server, prefix, folder):
    file = server.data / folder / "TV Shows" / "Dark #1" / "poster.png"
    file.parent.mkdir(parents=True)
    file.write_bytes(IMAGE)
    path = f"/{prefix}/TV%20Shows/Dark%20%231/poster.png"
    answer = ask(nginx, path)
    assert (answer.content, answer.headers["Content-Type"]) == (IMAGE, "image/png")
    assert re.fullmatch(r'"[0-9a-f]+-[0-9a-f]+"', answer.headers["ETag"])
    assert answer.headers["Cache-Control"] == "private, max-age=60, must-revalidate"
    assert ask(nginx, path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert ask(nginx, path, headers={"Range": "bytes=0-3"}).content == IMAGE[:4]
    assert requests.get(nginx.address + path, timeout=10).status_code == 401
    assert requests.get(f"http://127.0.0.1:{nginx.port}/.posterizarr{path}", timeout=10).status_code == 404


def test_an_image_that_is_known_is_not_sent_again(nginx, sample):
    tag = ask(nginx, sample).headers["ETag"]
    answer = ask(nginx, sample, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content) == (304, b"")


def test_part_of_an_image_can_be_asked_for(nginx, sample):
    answer = ask(nginx, sample, headers={"Range": "bytes=0-3"})
    assert (answer.status_code, answer.content) == (206, b"\x89PNG")


def test_an_image_needs_credentials_through_nginx_too(nginx, sample):
    assert requests.get(nginx.address + sample, timeout=10).status_code == 401
    assert requests.get(f"http://127.0.0.1:{nginx.port}/.posterizarr{sample}", timeout=10).status_code == 404


def test_what_nginx_cannot_read_the_server_sends(server, sample, tmp_path):
    with RunningNginx(tmp_path / "nginx", server.port, tmp_path / "nowhere") as nginx:
        answer = ask(nginx, sample)
    assert (answer.status_code, answer.content) == (200, IMAGE)


def test_a_caller_cannot_choose_the_internal_place(nginx, sample):
    assert ask(nginx, sample, headers={"X-Accel-Images": "/elsewhere"}).content == IMAGE


def test_the_access_log_tells_the_client_and_not_the_proxy(nginx, server):
    ask(nginx, "/api/status?of=a-client", headers={"X-Forwarded-For": "203.0.113.7"})
    # nginx adds the address it saw; the nearest one that is no trusted proxy is the client.
    assert server.line_with("/api/status?of=a-client").startswith("203.0.113.7 ")


def test_a_client_that_claims_to_be_another_is_seen_through(tmp_path):
    data = tmp_path / "data"
    server = RunningServer(data, APP_BASE_PATH=BASE)
    with server, RunningNginx(tmp_path / "nginx", server.port, data) as nginx:
        ask(nginx, "/api/status", headers={"X-Forwarded-For": "203.0.113.7"})
    assert server.line_with("/api/status").startswith("127.0.0.1 ")


def events_of(answer):
    """The kinds of the events of a stream, as they come."""
    names = (
        line.removeprefix("event: ")
        for line in answer.iter_lines(1, decode_unicode=True)
        if "event: " in line
    )
    return (name for name in names if name != "ping")


def test_an_event_passes_before_the_next_one_is_made(nginx):
    headers = {"X-API-Key": KEY}
    with requests.get(f"{nginx.address}/api/events", headers=headers, stream=True, timeout=15) as answer:
        events = events_of(answer)
        assert next(events) == "connected"
        assert ask(nginx, "/api/run/testing", "POST").ok
        assert next(events) == "run_queued"
        assert answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"


def next_after_writing(client, server):
    with (server.data / "Logs" / "Scriptlog.log").open("a") as file:
        file.write("through nginx\n")
    try:
        return client.next()
    except TimeoutError:
        return None


def test_a_web_socket_passes_for_a_page_of_this_address_alone(nginx, server):
    page = {"Sec-Fetch-Site": "same-origin", "Referer": f"{nginx.address}/"}
    signed_in = requests.get(f"{nginx.address}/api/status", auth=("any", KEY), headers=page, timeout=10)
    [cookie] = signed_in.cookies
    assert cookie.path == f"{BASE}/"
    host = f"127.0.0.1:{nginx.port}"
    handshake = {"Host": host, "Origin": f"http://{host}", "Cookie": f"{cookie.name}={cookie.value}"}
    target = f"{BASE}/ws/logs?log_file=Scriptlog.log"
    with WebSocketClient(nginx.port, target, handshake) as client:
        assert client.status == 101
        client.client.settimeout(1)
        # A line that is there before the server first looks at the log is none of the new ones.
        assert eventually(lambda: next_after_writing(client, server), seconds=60) == {
            "type": "log",
            "content": "through nginx",
        }
    with WebSocketClient(nginx.port, target, {**handshake, "Origin": "http://evil.example"}) as client:
        assert client.status == 403
