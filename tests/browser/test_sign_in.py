"""The sign-in, as a person uses it."""

import pytest

from tests.browser.visiting import FITS, open_signed_in, set_login
from tests.conftest import KEY

pytestmark = pytest.mark.slow

FORM = "document.readyState === 'complete' && !!document.getElementById('sign-in-form')"
SAID = "(document.getElementById('problem')?.textContent ?? '')"
SEEN = "!!document.querySelector({!r})?.checkVisibility()"
AT = "document.readyState === 'complete' && location.pathname === {!r}"


def test_a_wrong_password_is_said_and_the_right_one_leads_back_to_the_same_place(browser, address, machine):
    set_login(machine, basicAuthUsername="jörg", basicAuthPassword="Grüße aus 東京")
    browser.open(f"{address}server/runs?mode=normal#list")
    browser.wait_for(FORM)
    assert browser.evaluate("document.activeElement.id") == "password"
    assert browser.evaluate(SEEN.format("#password")) and not browser.evaluate(SEEN.format("#key"))
    for width in (1440, 820, 390):
        browser.size(width, 600)
        assert browser.evaluate(FITS), width
    browser.type("#user", "jörg")
    browser.type("#password", "wrong")
    browser.press("Enter")
    browser.wait_for(f"{FORM} && {SAID}.includes('is wrong')")
    assert browser.evaluate("document.getElementById('user').value") == "jörg"
    assert browser.evaluate("document.activeElement.id") == "password"
    browser.type("#password", "Grüße aus 東京")
    browser.press("Enter")
    browser.wait_for(AT.format("/server/runs"))
    assert browser.evaluate("location.search + location.hash") == "?mode=normal#list"
    stored = "Object.keys(localStorage).length + document.cookie.length"
    assert browser.evaluate(stored) == 0


def test_a_key_opens_pages_for_all_tabs_until_the_sign_out(browser, address):
    open_signed_in(browser, f"{address}server/keys")
    with browser.another_tab():
        browser.open(f"{address}server/runs")
        browser.wait_for("!!document.getElementById('sign-out')")
        browser.click("#sign-out")
        browser.wait_for(FORM)
    browser.open(f"{address}server/keys")
    browser.wait_for(FORM)
    assert KEY not in browser.evaluate("location.href")
