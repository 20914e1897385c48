"""A page that calls as the existing one does, over plain HTTP in a home network, with the login on and off.

There browsers say neither Sec-Fetch-Site nor, of reading, Origin: only the address of the page.
"""

import json

import pytest

from app.core.access.credentials import hash_password
from app.core.paths import Paths
from tests.api.client_contract import READING
from tests.browser.visiting import make_sample
from tests.live_server import ROOT, RunningServer

pytestmark = pytest.mark.slow
SAMPLE = "/test/posterShortText.jpg"
PASSWORD = "right"
# Calls that need data which an empty server lacks, and those that are the administrator's.
WITHOUT_DATA = (
    "imagechoices/",
    "-export/library",
    "-export/episodes",
    "library_name=",
    "folder-view",
    "auth/keys",
)
CHANGES = [
    ["POST", "/api/config", {"config": {"maxLogs": "7"}}],
    ["POST", "/api/webui-settings", {"settings": {"theme": "dark"}}],
    ["POST", "/api/scheduler/schedule", {"time": "04:44", "description": "night"}],
    ["DELETE", "/api/scheduler/schedule/04%3A44", None],
    ["POST", "/api/logs/ui/batch", {"logs": [{"level": "info", "message": "here", "source": "ui"}]}],
    ["POST", "/api/refresh-cache", None],
    ["DELETE", "/api/running-file", None],
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    data = tmp_path_factory.mktemp("existing") / "data"
    pages = ROOT / "tests" / "browser" / "existing"
    with RunningServer(data, UI_PATH=pages, APP_HOST="0.0.0.0", TRIGGER_CONSUMER="off") as running:  # noqa: S104
        running.paths = Paths(data)
        (running.paths.logs / "Scriptlog.log").write_text(
            "[2025-11-25 16:34:18] [INFO]    |L.83  | Finished\n"
        )
        make_sample(running)
        yield running


@pytest.fixture
def visit(browser, server):
    """Opens the page at a host with the login on or off; what the browser says of refusals is expected."""

    def opened(host, **login):
        settings = json.loads(server.paths.config.read_text())
        settings["WebUI"] |= {"basicAuthPassword": hash_password(PASSWORD)} | login
        server.paths.config.write_text(json.dumps(settings))
        browser.open(f"http://{host}:{server.port}/run-modes")
        browser.wait_for("document.getElementById('root')?.textContent === 'ready'")
        browser.evaluate("sessionStorage.clear()")
        return browser

    yield opened
    browser.events.clear()


def reading_calls():
    calls = (call for call in READING if not any(word in call.path for word in WITHOUT_DATA))
    return [[call.method, f"/api/{call.path}", None] for call in calls]


def refused(browser, calls):
    said = browser.evaluate(f"callAll({json.dumps(calls)})")
    return [line for line in said if not line.endswith(": 200")]


def test_with_the_login_on_all_calls_images_and_sockets_pass_after_the_pages_own_sign_in(visit):
    page = visit("nas.lan", basicAuthEnabled=True)
    assert page.evaluate(f"seesImage('{SAMPLE}')") is False
    assert page.evaluate("opensSocket()") is False
    assert page.evaluate("logIn('admin', 'wrong')") == 401
    assert page.evaluate(f"logIn('admin', '{PASSWORD}')") == 200
    assert page.evaluate(f"seesImage('{SAMPLE}')") is True
    assert page.evaluate("opensSocket()") is True
    assert refused(page, reading_calls() + CHANGES) == []
    assert page.evaluate("document.cookie") == ""


def test_with_the_login_off_all_of_it_passes_at_once(visit):
    page = visit("nas.lan", basicAuthEnabled=False)
    assert "The login is off" in page.words()
    assert page.evaluate(f"seesImage('{SAMPLE}')") is True
    assert page.evaluate("opensSocket()") is True
    assert refused(page, reading_calls() + CHANGES) == []
    administration = [["GET", "/api/auth/keys", None], ["POST", "/api/admin/support-zip", None]]
    assert len(refused(page, administration)) == 2


def test_a_stranger_who_points_his_name_here_reads_and_changes_nothing(visit):
    page = visit("stranger.example", basicAuthEnabled=False)
    calls = [["GET", "/api/status", None], ["GET", "/api/config", None], ["POST", "/api/run/testing", None]]
    assert [line[-3:] for line in refused(page, calls)] == ["403", "403", "403"]
    assert page.evaluate(f"seesImage('{SAMPLE}')") is False
    assert page.evaluate("opensSocket()") is False


def test_a_page_of_another_site_changes_nothing_and_opens_no_socket(visit, browser, server):
    browser.send("Page.setBypassCSP", enabled=True)  # a stranger's page has no policy of ours
    page = visit("stranger.example", basicAuthEnabled=False)
    target = f"http://nas.lan:{server.port}"
    send = f"fetch('{target}/api/run/testing', {{ method: 'POST', mode: 'no-cors' }}).then(() => 'sent')"
    assert page.evaluate(send) == "sent"
    assert page.evaluate(f"opensSocket('nas.lan:{server.port}')") is False
    assert page.evaluate(f"fetch('{target}/api/status').catch(() => 'hidden')") == "hidden"
    assert server.get("/api/runs").json()["total"] == 0
    browser.send("Page.setBypassCSP", enabled=False)
