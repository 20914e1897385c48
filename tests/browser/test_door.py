"""The door of the page: who may come in, and what the others are told."""

import pytest

from tests.browser.visiting import DOOR_OPEN, ROOM_OPEN, make_sample, set_login, sign_in, text_of
from tests.conftest import KEY

pytestmark = pytest.mark.slow


def test_a_newcomer_is_asked_to_sign_in_and_sees_no_data(browser, address, machine):
    make_sample(machine)
    browser.open(address)
    browser.wait_for(DOOR_OPEN)
    assert "Sign in" in browser.words()
    assert browser.evaluate("document.activeElement.id") == "password"
    assert browser.evaluate("document.getElementById('room').hidden")
    assert "posterShortText" not in browser.evaluate("document.documentElement.outerHTML")


def test_a_key_opens_the_page_for_all_tabs_and_no_script_can_read_it(browser, address):
    sign_in(browser, address)
    stored = "Object.keys(localStorage).length + Object.keys(sessionStorage).length + document.cookie.length"
    assert browser.evaluate(stored) == 0
    assert KEY not in browser.evaluate("location.href")
    with browser.another_tab():
        browser.open(address)
        browser.wait_for(ROOM_OPEN)


def test_who_signs_in_in_another_tab_is_signed_in_here_too_and_out_as_well(browser, address):
    browser.open(address)
    browser.wait_for(DOOR_OPEN)
    with browser.another_tab():
        sign_in(browser, address)
    browser.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    browser.wait_for(ROOM_OPEN)
    with browser.another_tab():
        browser.open(address)
        browser.wait_for(ROOM_OPEN)
        browser.click("#sign-out")
        browser.wait_for(DOOR_OPEN)
    browser.click("[data-run=testing]")
    browser.wait_for(DOOR_OPEN)


def test_a_wrong_password_is_told_and_a_right_one_opens(browser, address, machine):
    set_login(machine, basicAuthUsername="jörg", basicAuthPassword="Grüße aus 東京")
    browser.open(address)
    browser.wait_for(DOOR_OPEN)
    browser.type("#user", "jörg")
    browser.type("#password", "wrong")
    browser.press("Enter")
    browser.wait_for("document.getElementById('door-problem').textContent.includes('not right')")
    browser.type("#password", "Grüße aus 東京")
    browser.press("Enter")
    browser.wait_for(ROOM_OPEN)


def test_too_many_attempts_tell_the_person_to_wait(browser, address):
    browser.open(address)
    browser.wait_for(DOOR_OPEN)
    problem = "document.getElementById('door-problem').textContent"
    for number in range(11):
        browser.type("#password", f"wrong {number}")
        browser.click("#door-button")
        browser.wait_for("!document.getElementById('door-button').disabled")
    assert "Please wait" in browser.evaluate(problem)


def test_a_key_that_may_not_read_is_told_what_it_lacks(browser, address, client):
    key = client.post("/api/auth/keys", json={"name": "sonarr", "scopes": ["webhook"]}).json["key"]
    browser.open(address)
    browser.wait_for(DOOR_OPEN)
    browser.click("[name=way][value=key]")
    browser.type("#key", key)
    browser.press("Enter")
    browser.wait_for("document.getElementById('door-problem').textContent.includes('scope')")


def test_signing_out_forgets_the_credentials(browser, address):
    sign_in(browser, address)
    browser.click("#sign-out")
    browser.wait_for(DOOR_OPEN)
    browser.open(address)
    browser.wait_for(DOOR_OPEN)


def test_with_the_login_off_the_page_opens_at_once(browser, address, machine):
    set_login(machine, basicAuthEnabled="false")
    browser.open(address)
    browser.wait_for(ROOM_OPEN)
    assert browser.evaluate("!document.getElementById('sign-in').hidden")


def test_credentials_that_are_revoked_lead_back_to_the_door(browser, address, client):
    made = client.post("/api/auth/keys", json={"name": "tablet", "scopes": ["read"]}).json
    browser.open(address)
    browser.wait_for(DOOR_OPEN)
    browser.click("[name=way][value=key]")
    browser.type("#key", made["key"])
    browser.press("Enter")
    browser.wait_for(ROOM_OPEN)
    client.delete(f"/api/auth/keys/{made['id']}")
    browser.click("[data-run=testing]")
    browser.wait_for(DOOR_OPEN)
    assert text_of(browser, "#door-problem")
