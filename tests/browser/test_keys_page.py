"""The page of the API keys, as a person uses it."""

import pytest

from tests.browser.visiting import DOOR_OPEN, FITS
from tests.conftest import KEY

pytestmark = pytest.mark.slow

READY = "document.readyState === 'complete' && !!document.getElementById('new-key')"


def open_keys(browser, address):
    """By the way of the sign-in, which leads back."""
    browser.open(f"{address}server/keys")
    browser.wait_for(DOOR_OPEN)
    browser.click("[name=way][value=key]")
    browser.type("#key", KEY)
    browser.press("Enter")
    browser.wait_for(READY)


def test_a_key_is_created_shown_once_and_revoked(browser, address, client):
    open_keys(browser, address)
    browser.type("#key-name", "Sonarr <3")
    browser.press("Enter")
    browser.wait_for("!document.getElementById('created').hidden")
    plain = browser.evaluate("document.getElementById('plain').textContent")
    assert client.get("/api/status", headers={"X-API-Key": plain}).status_code == 200
    browser.evaluate("location.reload()")
    browser.wait_for("document.querySelector('tbody th')?.textContent === 'Sonarr <3'")
    browser.wait_for(READY)
    assert plain not in browser.evaluate("document.documentElement.outerHTML")
    browser.click("[data-revoke]")
    browser.wait_for("document.getElementById('revoking').open")
    assert "Sonarr <3" in browser.evaluate("document.getElementById('revoking-title').textContent")
    browser.click("#revoking [value=revoke]")
    browser.wait_for("!document.querySelector('tbody tr')")
    assert client.get("/api/auth/keys").json["keys"] == []


def test_the_page_fits_speaks_german_and_lists_its_keys(browser, address):
    open_keys(browser, address)
    for width in (1440, 820, 390):
        browser.size(width, 800)
        assert browser.evaluate(FITS), width
    browser.evaluate(
        "const l = document.getElementById('language'); l.value = 'de'; l.dispatchEvent(new Event('change'))"
    )
    browser.wait_for("document.documentElement.lang === 'de' && document.readyState === 'complete'")
    assert browser.evaluate("document.querySelector('h1').textContent") == "API-Schlüssel"
    browser.evaluate("document.dispatchEvent(new KeyboardEvent('keydown', {key: '?', bubbles: true}))")
    browser.wait_for("document.getElementById('keyboard').open")
