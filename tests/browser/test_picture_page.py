"""The page of a picture, as a person goes from the library through its pictures and back."""

import pytest

from app.poster.records.candidate import ProviderName
from tests.api.test_assets import roots
from tests.browser.test_library_page import PLACE, READY, open_library
from tests.browser.visiting import FITS, sign_in_as_told
from tests.candidates import FILM, make_candidate, write_made
from tests.editing import edit_in_this_process
from tests.live_server import RunningServer
from tests.pictures import make_picture
from tests.trees import catalogue, make_image

__all__ = ["roots"]

pytestmark = pytest.mark.slow

# The script remembers a picture once it listens.
SHOWN = (
    "sessionStorage.getItem('picture-seen') && document.getElementById('made')?.complete"
    " && document.querySelector('h1').textContent"
)
AT = "document.getElementById('place')?.textContent"
NOTICE = "document.getElementById('notice-text').textContent"
ORIGINAL = "document.querySelector('#stage .original')"
VERSIONS = "document.querySelectorAll('#versions li').length"
TITLES = [f"{letter}lpha (2000)" for letter in "ABCDEFGHIJKL"]


@pytest.fixture
def artwork(machine, roots):
    for number, title in enumerate(TITLES):
        picture = make_picture((200, 300), color=(20 * number, 90, 120))
        make_image(roots["assets"], f"Movies/{title}/poster.jpg", picture)
    make_image(roots["assets"], "Movies/Alpha (2000)/background.jpg", make_picture((480, 270)))
    catalogue(machine)


@pytest.fixture
def opened(browser, address, artwork):
    open_library(browser, address, "?kind=poster")
    return browser


def test_arrows_keys_and_a_finger_follow_the_filter_and_back_ends_at_the_last_tile(opened):
    entries = opened.evaluate("history.length")
    opened.evaluate("document.querySelector('#wall li:nth-child(4) a').focus()")
    opened.press("Enter")
    assert opened.wait_for(SHOWN) == "Dlpha (2000) · Poster"
    assert opened.evaluate(AT) == "4 of 12"
    for key, place in (("ArrowRight", 5), ("ArrowRight", 6), ("ArrowLeft", 5)):
        opened.press(key)
        opened.wait_for(f"{AT} === '{place} of 12'")
    opened.evaluate("document.getElementById('to-next').focus()")
    opened.press("Enter")
    opened.wait_for(f"{AT} === '6 of 12' && document.activeElement.id === 'to-next' && {SHOWN}")
    swipe(opened, by=-150)
    assert opened.wait_for(f"{AT} === '7 of 12' && {SHOWN}") == "Glpha (2000) · Poster"
    opened.evaluate("history.back()")
    opened.wait_for(f"location.search === '?kind=poster' && {PLACE} === '7'")
    opened.press("Enter")
    opened.wait_for(f"{AT} === '7 of 12' && {SHOWN}")
    opened.press("ArrowLeft")
    opened.wait_for(f"{AT} === '6 of 12'")
    opened.press("Backspace")
    opened.wait_for(f"{READY} && {PLACE} === '6'")
    assert opened.evaluate("history.length") <= entries + 1


def swipe(browser, by):
    x, y = browser.evaluate(
        "(({ left, top, width, height }) => [left + width / 2, top + height / 2])"
        "(document.getElementById('made').getBoundingClientRect())"
    )
    for kind, points in (
        ("touchStart", [{"x": x, "y": y}]),
        ("touchMove", [{"x": x + by, "y": y}]),
        ("touchEnd", []),
    ):
        browser.send("Input.dispatchTouchEvent", type=kind, touchPoints=points)


def test_a_picture_that_was_opened_by_its_address_leads_to_its_tile(browser, address, opened):
    opened.size(390, 600)
    opened.open(f"{address}server/picture/Movies/Jlpha%20%282000%29/poster.jpg")
    opened.wait_for(SHOWN)
    assert opened.evaluate(FITS)
    opened.click("#to-library")
    assert opened.wait_for(f"{READY} && {PLACE}") == "11"


def test_it_is_kept_released_and_deleted_and_each_is_taken_back_by_one_press(
    browser, address, artwork, roots, monkeypatch
):
    edit_in_this_process(monkeypatch)
    open_library(browser, address, "?kind=poster")
    browser.click("#wall li:nth-child(3) a")
    browser.wait_for(SHOWN)
    browser.click("#do-hold")
    assert "no run replaces it" in browser.wait_for(NOTICE)
    browser.wait_for("!!document.getElementById('do-release')")
    browser.click("#notice-action")
    browser.wait_for("document.getElementById('why').innerText.includes('An earlier run is undone')")
    place = roots["assets"] / "Movies/Clpha (2000)/poster.jpg"
    browser.click("#do-delete")
    assert browser.wait_for(f"{NOTICE} === 'Deleted.' && {SHOWN}") == "Dlpha (2000) · Poster"
    assert not place.exists()
    browser.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'z', ctrlKey: true, bubbles: true}))"
    )
    browser.wait_for(f"{NOTICE}.includes('Taken back')")
    assert place.exists()


def test_the_original_is_compared_by_slider_and_by_a_held_key(browser, address, artwork, machine, roots):
    original = make_image(roots["manual"], "poster.jpg", make_picture((200, 300), color=(250, 250, 0)))
    write_made(machine.paths.engine, make_candidate(ProviderName.MANUAL, str(original)))
    make_image(roots["assets"], FILM, make_picture((200, 300)))
    catalogue(machine)
    open_library(browser, address, "?search=alien")
    browser.click("#wall li a")
    browser.wait_for(SHOWN)
    browser.send("Input.dispatchKeyEvent", type="keyDown", key="c")
    browser.wait_for(f"{ORIGINAL}?.naturalWidth === 200 && document.activeElement.id === 'split'")
    shown = f"getComputedStyle({ORIGINAL}).clipPath"
    assert "50%" in browser.evaluate(shown)
    browser.press("ArrowRight")
    assert "51%" in browser.evaluate("document.getElementById('stage').style.getPropertyValue('--split')")
    browser.send("Input.dispatchKeyEvent", type="keyDown", key="o")
    assert browser.evaluate(shown) == "none"
    browser.send("Input.dispatchKeyEvent", type="keyUp", key="o")
    assert browser.evaluate(shown) != "none"
    browser.size(390, 600)
    assert browser.evaluate(FITS)
    browser.click("#compare-on")
    assert browser.evaluate(f"{ORIGINAL} === null")
    original.unlink()
    browser.evaluate("location.reload()")
    browser.wait_for("document.getElementById('compare')?.innerText.includes('its file is gone')")


def test_a_typed_text_is_asked_about_before_back_leads_away_from_it(
    browser, address, artwork, machine, roots
):
    write_made(machine.paths.engine, make_candidate())
    make_image(roots["assets"], FILM, make_picture((200, 300)))
    catalogue(machine)
    open_library(browser, address, "?search=alien")
    browser.click("#wall li a")
    browser.wait_for(f"{SHOWN} && document.getElementById('do-text')?.disabled === false")
    typed, leaving = "document.getElementById('text-new').value", "document.getElementById('leaving').open"
    browser.click("#do-text")
    browser.wait_for("document.activeElement.id === 'text-new'")
    browser.type("#text-new", "In space")
    browser.evaluate("history.back()")
    browser.wait_for(leaving)
    browser.press("Escape")
    browser.wait_for(f"!{leaving}")
    assert "In space" in browser.evaluate(typed) and browser.evaluate(
        "document.getElementById('texting').open"
    )
    # What was not drawn is there again; what is given up is left without a question.
    browser.evaluate("document.getElementById('picture').dataset.asset = 'gone.jpg'")
    browser.click("#texting .primary")
    browser.wait_for("document.getElementById('do-text').disabled === false && !!" + NOTICE)
    browser.click("#do-text")
    assert "In space" in browser.evaluate(typed)
    browser.events.clear()  # the refusal is a complaint of the browser
    browser.click("#texting [value='']")
    browser.wait_for(f"{typed} === document.getElementById('text-new').defaultValue")
    browser.evaluate("history.back()")
    browser.wait_for(READY)


def test_a_text_is_drawn_by_a_run_taken_back_and_restored(browser, tmp_path):
    with RunningServer(tmp_path / "data", DEMO="on") as server:
        sign_in_as_told(browser, server)
        browser.open(f"{server.address}/server/library")
        browser.wait_for("!!document.querySelector('#wall li a[href*=poster]')", 60)
        browser.click("#wall li a[href*=poster]")
        browser.wait_for(f"{SHOWN} && document.getElementById('do-text')?.disabled === false", 30)
        browser.click("#do-text")
        browser.wait_for("document.activeElement.id === 'text-new'")
        browser.type("#text-new", "<b>In space</b>")
        browser.click("#texting .primary")
        browser.wait_for(f"{NOTICE}.includes('later runs keep') && {VERSIONS} === 1", 60)
        browser.wait_for("document.getElementById('text-new').defaultValue === '<b>In space</b>'")
        browser.click("#notice-action")
        browser.wait_for("!!document.getElementById('do-hold')", 60)
        browser.click("#versions button")
        browser.wait_for(f"{NOTICE} === 'The earlier version is back.'", 60)
