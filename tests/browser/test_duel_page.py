"""Duels by keys, the taste that they show, and the setting that is saved and taken back."""

import json

import pytest

from app.core.duels.taste import FEWEST_CHOICES
from tests.api.test_duels import offered
from tests.browser.visiting import FITS, sign_in_to

__all__ = ["offered"]

pytestmark = pytest.mark.slow

READY = (
    "document.querySelector('.contender:enabled img')?.complete && !document.getElementById('duel').ariaBusy"
)
TITLE = "document.getElementById('ring-title').textContent"
NOTICE = "document.getElementById('notice-text').textContent"
FAR = "document.getElementById('far')?.value"
SIDE_OF_TVDB = (
    "document.getElementById('take-left').dataset.won.includes('thetvdb') ? 'ArrowLeft' : 'ArrowRight'"
)


def letter(browser, key):
    for kind in ("keyDown", "keyUp"):
        browser.send("Input.dispatchKeyEvent", type=kind, key=key)


def favourite(machine):
    return json.loads(machine.paths.config.read_text()).get("ApiPart", {}).get("FavProvider")


def test_arrows_choose_one_is_taken_back_and_the_taste_becomes_a_setting_and_back(
    browser, address, machine, offered
):
    before = favourite(machine)
    sign_in_to(browser, address, "server/duel")
    browser.wait_for(READY)
    first = browser.evaluate(TITLE)
    letter(browser, "s")
    browser.wait_for(f"{READY} && {TITLE} !== {first!r}")
    letter(browser, "u")
    browser.wait_for(f"{READY} && {TITLE} === {first!r}")
    browser.size(390, 600)
    assert browser.evaluate(FITS)
    for number in range(1, FEWEST_CHOICES):
        browser.press(browser.evaluate(SIDE_OF_TVDB))
        browser.wait_for(f"{READY} && {FAR} === {number}")
    browser.click(f"#take-{browser.evaluate(SIDE_OF_TVDB).removeprefix('Arrow').lower()}")
    browser.wait_for("!!document.querySelector('.rules .use')")
    browser.evaluate("document.querySelector('.use[data-settings*=FavProvider]').click()")
    browser.wait_for("document.getElementById('using').open")
    assert "TVDB becomes the favourite provider" in browser.evaluate(
        "document.getElementById('using').innerText"
    )
    browser.click("#using .primary")
    browser.wait_for(f"{NOTICE}.startsWith('Saved: the next run chooses by it.')")
    assert favourite(machine) == "tvdb"
    browser.click("#notice-action")
    browser.wait_for(f"{NOTICE}.includes('Taken back')")
    assert favourite(machine) == before
