import base64
import os
import socket
import subprocess
import sys
import time

import pytest
import requests

from app.services import keys
from tests.conftest import KEY

CONFIG = """
wsgi_app = "wsgi:app"
bind = "{address}"
worker_class = "gthread"
logger_class = "app.server.access_log.RedactingLogger"
accesslog = "-"
access_log_format = (
    '%(h)s %(u)s "%(r)s" %(s)s %(q)s "%(f)s" %({{x-api-key}}i)s %({{authorization}}i)s %({{raw_uri}}e)s'
)
forwarded_allow_ips = ""
control_socket_disable = True
"""
TRUSTED = {"X-Forwarded-For": "203.0.113.7"}


def free_address():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


def wait_for(address, process):
    host, port = address.split(":")
    for _ in range(300):
        assert process.poll() is None, process.communicate()[0]
        with socket.socket() as probe:
            if probe.connect_ex((host, int(port))) == 0:
                # gunicorn listens before its worker has loaded the application.
                assert requests.get(f"http://{address}/ping", timeout=60).ok
                return
        time.sleep(0.1)
    raise AssertionError("gunicorn did not start")


@pytest.fixture
def server(machine, tmp_path):
    """A real gunicorn on the test's data: its address, and a function that stops it and tells its output."""
    address = free_address()
    (tmp_path / "gunicorn.py").write_text(CONFIG.format(address=address))
    environment = os.environ | {
        "APP_DATA": str(machine.settings.app_data),
        "DATABASE_URL": machine.settings.database_url,
        "APP_API_KEY": KEY,
        "TRUSTED_PROXIES": "127.0.0.1",
        "UPDATE_CHECK": "false",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", str(tmp_path / "gunicorn.py")],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )

    def stop():
        process.terminate()
        return process.communicate(timeout=30)[0]

    try:
        wait_for(address, process)
        yield f"http://{address}", stop
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_no_key_is_in_the_logs_of_a_real_server(server, machine):
    address, stop = server
    plain = keys.create_key(machine, "Sonarr", ["read"])[1]
    basic = base64.b64encode(f"someone:{plain}".encode()).decode()
    encoded = plain.replace("_", "%5F")
    calls = [
        {"params": {"api_key": plain, "limit": "5"}},
        {"params": {"secret": plain}},
        {"headers": {"X-API-Key": plain}},
        {"headers": {"Authorization": f"Basic {basic}"}},
        {"headers": {"Authorization": f"Bearer {plain}"}},
        {"headers": {"X-API-Key": plain, "Referer": f"http://page/?api_key={plain}"}},
    ]
    for call in calls:
        assert requests.get(f"{address}/api", timeout=10, **call).status_code == 200
    for query in (f"api%5Fkey={plain}", f"%61pi_key={encoded}", f"api_key={plain}%22quoted"):
        requests.get(f"{address}/api?{query}", timeout=10)
    requests.get(f"{address}/{plain}", timeout=10)
    requests.get(f"{address}/api", auth=(plain, "key as user name"), timeout=10)
    output = stop()
    for secret in (plain, plain[5:], encoded, basic, "quoted", KEY):
        assert secret not in output
    assert output.count('"GET /api?api_key=REDACTED&limit=5 HTTP/1.1" 200') == 1
    assert output.count("GET ") >= len(calls)


def test_the_address_of_the_client_is_logged_as_the_trusted_proxy_tells_it(server):
    address, stop = server
    requests.get(f"{address}/api", headers={"X-API-Key": KEY, **TRUSTED}, timeout=10)
    assert '203.0.113.7 - "GET /api HTTP/1.1" 200' in stop()


def test_a_locked_address_behind_a_trusted_proxy_is_the_clients(server):
    address, _ = server
    codes = [
        requests.get(f"{address}/api", headers={"X-API-Key": "wrong", **TRUSTED}, timeout=10).status_code
        for _ in range(11)
    ]
    assert codes == [401] * 10 + [429]
    assert requests.get(f"{address}/api", headers={"X-API-Key": KEY}, timeout=10).status_code == 200
