"""From a fresh data folder to sample posters with one click, on the server as people start it."""

import pytest

from tests.browser.visiting import FITS, sign_in_as_told, text_of
from tests.live_server import RunningServer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

SAID = "document.getElementById('said').innerText"
SEEN_SAMPLES = (
    "[...document.querySelectorAll('#samples img')].filter((image) => image.naturalWidth > 0).length"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with RunningServer(tmp_path_factory.mktemp("first") / "data") as server:
        yield server


def test_one_click_draws_samples_which_home_shows_and_explains(browser, server):
    sign_in_as_told(browser, server)
    assert "Draw sample posters to see" in browser.words() and f"{server.address}/" in browser.evaluate(
        "location.href"
    )
    assert browser.evaluate("document.querySelector('.primary').id") == "start-testing"
    browser.wait_for("!document.getElementById('start-testing').disabled")
    browser.click("#start-testing")
    browser.wait_for("document.getElementById('notice-text').innerText.startsWith('Sample posters: started')")
    browser.wait_for(f"{SAID} === 'Sample posters'")
    browser.click("#stop")
    browser.wait_for("document.getElementById('stopping').open")
    browser.press("Escape")  # and it goes on
    browser.wait_for(f"{SAID} === 'Ready' && {SEEN_SAMPLES} > 3", patience=90)
    assert "light band" in text_of(browser, ".samples")
    browser.evaluate("document.querySelector('#samples a').click()")
    browser.wait_for("document.images[0]?.naturalWidth === 2000")
    for width in (1280, 390):
        browser.size(width, 800)
        browser.open(f"{server.address}/")
        assert browser.evaluate(FITS), width


def test_a_failure_is_said_once_and_never_below_ready(browser, server):
    assert server.post("/api/run/normal").status_code == 200
    sign_in_as_told(browser, server)
    browser.wait_for(f"{SAID} === 'Full run: failed'", patience=60)
    assert browser.evaluate("document.querySelector('.lamp').className") == "lamp bad"
    shown = browser.evaluate("document.getElementById('present').innerText")
    assert shown.count("No source of films and shows is set") == 2  # why it failed, and why none is offered
    assert "Ready" not in browser.words() and not browser.evaluate(
        "!!document.getElementById('start-normal')"
    )
    browser.click(".telling a")
    browser.wait_for("/\\/server\\/runs\\/\\d+$/.test(location.pathname)")


def test_stop_ends_the_run_and_home_says_so(browser, server):
    sign_in_as_told(browser, server)
    server.post("/api/run/testing")
    browser.wait_for("document.getElementById('stop')?.disabled === false", patience=30)
    browser.click("#stop")
    browser.wait_for("document.getElementById('stopping').open")
    browser.click("#stopping [value=stop]")
    browser.wait_for("!document.getElementById('stop')", patience=40)
    assert server.get("/api/runs?limit=1").json()["runs"][0]["status"] == "stopped"
