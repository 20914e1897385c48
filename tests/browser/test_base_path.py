"""Every page below a base path, behind deploy/nginx.conf in a real nginx, as a person uses it."""

import json
from urllib.parse import urlsplit

import pytest

from app.config import load_settings
from app.core.config_file import create_config
from app.extensions import Machine
from app.server.migration import migrate
from tests.browser.every_page import furnish_pages, page_addresses
from tests.browser.test_picture_page import SHOWN
from tests.browser.visiting import DOOR_OPEN, open_signed_in
from tests.conftest import KEY
from tests.driving import script
from tests.live_server import RunningServer
from tests.test_nginx import BASE, NGINX, RunningNginx

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(180),
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed"),
]

NOTICE = "document.getElementById('notice-text').textContent"
COMPLETE = """document.readyState === 'complete'
  && [...document.images].every((image) => image.complete || image.loading === 'lazy')"""
# A form may have a field that is called "action".
WAYS = """[...document.querySelectorAll('a[href], form[action]')]
  .map((each) => new URL(each.getAttribute('href') ?? each.getAttribute('action'), location.href).href)"""
MADE = "document.getElementById('made')?.naturalWidth > 0"
PRESSABLE = "document.querySelector('{}')?.checkVisibility() && !document.querySelector('{}').disabled"
# A stream that a page leaves open is ended by the next page.
ENDED = ("net::ERR_ABORTED", "net::ERR_INCOMPLETE_CHUNKED_ENCODING")


@pytest.fixture(scope="module")
def nginx(tmp_path_factory):
    data = tmp_path_factory.mktemp("below") / "data"
    folders = {"ASSET_PATH": data / "assets", "MANUAL_ASSET_PATH": data / "manualassets"}
    folders["BACKUP_PATH"] = data / "assetsbackup"
    prepare(data, folders)
    settings = {"POSTER_SCRIPT": script("obedient"), "TRUSTED_PROXIES": "127.0.0.1", "APP_BASE_PATH": BASE}
    folder = tmp_path_factory.mktemp("nginx") / "nginx"
    with (
        RunningServer(data, APP_API_KEY=KEY, **settings, **folders) as server,
        RunningNginx(folder, server.port, data / "test") as nginx,
    ):
        yield nginx


def prepare(data, folders):
    """A data folder as a server of some age has it, with pictures that nginx sends."""
    machine = Machine(load_settings({}, APP_DATA=data, **folders))
    machine.paths.create()
    create_config(machine.paths.config, {})
    migrate(machine.database, machine.paths.database / "migrate.lock")
    furnish_pages(machine, data / "assets")
    machine.close()


class Traffic:
    """What the pages ask for since the last look."""

    def __init__(self, browser):
        self.browser = browser
        browser.events.clear()

    def check(self, origin: str) -> None:
        """Everything went below the base path of this host and was answered well."""
        requests = self.params("Network.requestWillBeSent")
        asked = [url for each in requests if (url := each["request"]["url"]).startswith(("http", "ws"))]
        assert asked and [url for url in asked if not url.startswith(f"{origin}{BASE}/")] == []
        answers = [each["response"] for each in self.params("Network.responseReceived")]
        assert [(each["status"], each["url"]) for each in answers if each["status"] >= 400] == []
        failed = [each for each in self.params("Network.loadingFailed") if each["errorText"] not in ENDED]
        assert failed == [] and self.browser.complaints() == []
        self.browser.events.clear()

    def params(self, method: str) -> list[dict]:
        self.browser.evaluate("1")
        return [event["params"] for event in self.browser.events if event["method"] == method]


def test_every_page_asks_for_nothing_outside_of_the_base_path_and_all_of_it_is_there(browser, nginx):
    base, origin = f"{nginx.address}/", nginx.address.removesuffix(BASE)
    browser.send("Network.setCacheDisabled", cacheDisabled=True)
    traffic = Traffic(browser)
    open_signed_in(browser, base + "server/library")
    for address in page_addresses(browser, base):
        browser.open(address)
        browser.wait_for(COMPLETE)
        assert urlsplit(browser.evaluate("location.href")).path == urlsplit(address).path
        ways = browser.evaluate(WAYS)
        assert [way for way in ways if way.startswith(origin) and not way.startswith(base)] == [], address
        traffic.check(origin)
    browser.send("Network.setCacheDisabled", cacheDisabled=False)


def test_pictures_are_held_ignored_and_taken_back_and_runs_arrive_below_the_base_path(browser, nginx):
    base, origin = f"{nginx.address}/", nginx.address.removesuffix(BASE)
    traffic = Traffic(browser)
    open_signed_in(browser, base + "server/library")
    hold_and_take_back(browser)
    open_a_picture_and_come_back(browser)
    ignore_and_take_back(browser, base)
    follow_a_run(browser, base)
    traffic.check(origin)
    browser.click("#sign-out")
    browser.wait_for(DOOR_OPEN)
    browser.click("[name=way][value=key]")
    browser.type("#key", KEY)
    browser.press("Enter")
    browser.wait_for("location.pathname.includes('/server/runs/') && document.readyState === 'complete'")
    traffic.check(origin)
    cookies = browser.send("Network.getCookies")["cookies"]
    assert cookies and {cookie["path"] for cookie in cookies} == {f"{BASE}/"}, json.dumps(cookies)


def hold_and_take_back(browser):
    browser.wait_for(PRESSABLE.format("#select", "#select"))
    browser.click("#select")
    browser.click("#wall li:nth-child(2) a")
    browser.click("[data-action=hold]")
    browser.wait_for(PRESSABLE.format("#changing-do", "#changing-do"))
    browser.click("#changing-do")
    browser.wait_for(f"{NOTICE}.startsWith('1 changed.')", patience=30)
    browser.click("#notice-action")
    browser.wait_for(f"{NOTICE}.startsWith('Taken back.')", patience=30)
    browser.press("Escape")


def open_a_picture_and_come_back(browser):
    browser.click("#wall li:nth-child(3) a")
    browser.wait_for(SHOWN)
    before = browser.evaluate("location.pathname")
    browser.press("ArrowRight")
    browser.wait_for(f"location.pathname !== {before!r} && {MADE}")
    browser.press("Backspace")
    browser.wait_for("document.activeElement.closest('#wall li')?.getAttribute('aria-posinset') === '4'")


def ignore_and_take_back(browser, base):
    browser.open(f"{base}server/attention?concern=truncated")
    browser.wait_for("!!document.querySelector('.acts:not(.waiting)')")
    first = browser.evaluate("document.querySelector('#cases h2').textContent")
    browser.click("#cases [data-act=ignore]")
    browser.wait_for(f"{NOTICE}.startsWith('Ignored: {first}')")
    browser.click("#notice-text button")
    browser.wait_for(f"document.querySelector('#cases h2').textContent === {first!r}")
    browser.click("nav.pager [rel=next]")
    browser.wait_for("location.search.includes('after=') && document.readyState === 'complete'")
    browser.evaluate("history.back()")
    browser.wait_for(f"document.querySelector('#cases h2')?.textContent === {first!r}")


def follow_a_run(browser, base):
    browser.open(f"{base}server/runs")
    browser.wait_for("!document.querySelector('[data-start=testing] button').disabled")
    browser.click("[data-start=testing] [value=start]")
    browser.wait_for("/\\/server\\/runs\\/\\d+$/.test(location.pathname)")
    browser.evaluate("window.isSame = true")
    browser.wait_for("document.getElementById('said').innerText.includes('Done')", patience=30)
    assert browser.evaluate("window.isSame")  # events have brought the end of the run
