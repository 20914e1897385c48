"""The page of the triggers, as a person uses it."""

import pytest
import requests

from tests.api.test_triggers import kill_letter
from tests.browser.visiting import FITS, sign_in_to, text_of
from tests.live_server import KEY as LIVE_KEY
from tests.live_server import RunningServer
from tests.triggers import deliver, make_film, trigger

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]


def test_a_sender_is_connected_with_a_fresh_key_and_its_first_test_appears(browser, tmp_path):
    with RunningServer(tmp_path / "data", APP_BASE_PATH="/base", POSTER_SCRIPT="/bin/true") as server:
        sign_in_to(browser, f"{server.address}/", "server/triggers", LIVE_KEY)
        browser.evaluate("document.getElementById('guide-Sonarr').open = true")
        address = text_of(browser, "#address-Sonarr")
        assert address == f"{server.address}/api/webhook/arr"
        assert requests.post(address, json=made_test(), auth=("x", LIVE_KEY), timeout=10).status_code == 200
        browser.wait_for("document.getElementById('heard-Sonarr').innerText.includes('Test received')")
        browser.wait_for("!document.querySelector('[data-key-for=Sonarr]').disabled")
        browser.evaluate("document.querySelector('[data-key-for=Sonarr]').focus()")
        browser.press("Enter")
        browser.wait_for("document.getElementById('heard-Sonarr').innerText.includes('with the new key')")
        key = text_of(browser, "#key-Sonarr")
        assert browser.evaluate("document.activeElement.dataset.copy") == "key-Sonarr"
        answer = requests.post(address, json=made_test(), auth=("posterizarr", key), timeout=10)
        assert answer.status_code == 200
        browser.wait_for("document.getElementById('heard-Sonarr').innerText.includes('the key “Sonarr”')")
        browser.click("[data-key-for=Tautulli]")
        browser.wait_for("!text.includes('KEY') && text".replace("text", TAUTULLI))
        address = browser.evaluate(TAUTULLI)
        assert requests.post(address, json={}, timeout=10).json()["success"]
        browser.wait_for("document.getElementById('heard-Tautulli').textContent.includes('Test received')")


TAUTULLI = "document.getElementById('address-Tautulli').textContent"


def made_test():
    return {"eventType": "Test", "series": {"title": "Test Title", "tvdbId": 1234}, "episodes": []}


def test_what_failed_is_tried_again_and_the_page_fits(browser, address, machine):
    (number,) = deliver(machine, make_film(title="W" * 120))
    kill_letter(machine, number)
    sign_in_to(browser, address, "server/triggers")
    for width in (1440, 820, 390):
        browser.size(width, 800)
        browser.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        assert browser.evaluate(FITS), width
    browser.wait_for(f"document.getElementById('replay-{number}')?.disabled === false")
    browser.evaluate(f"document.getElementById('replay-{number}').focus()")
    browser.press("Enter")
    browser.wait_for("!document.querySelector('[data-replay]')")
    assert trigger(machine, number).status == "waiting"
    assert browser.evaluate(f"document.getElementById('payload-{number}').open")
