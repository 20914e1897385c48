"""The frame around the pages: its navigation in each width, and the keys that every page has."""

import pytest

from app.ui.catalogue import LANGUAGES
from app.ui.page import NAVIGATION
from tests.browser.visiting import FITS, open_signed_in

pytestmark = pytest.mark.slow

OPEN = "document.querySelector('#more-pages').matches(':popover-open')"
FOCUSED = "document.activeElement.getAttribute('popovertarget')"
LINKS = "[...document.querySelectorAll('.pages a')].filter((link) => link.checkVisibility()).length"
# The navigation of a phone lies over nothing that can be scrolled to.
UNCOVERED = """(() => {
  scrollTo(0, document.documentElement.scrollHeight);
  const foot = document.querySelector('footer').getBoundingClientRect().bottom;
  return foot <= document.querySelector('.pages').getBoundingClientRect().top + 1;
})()"""
KEYBOARD = "document.getElementById('keyboard')"
# Names that are wider than their place, or lie over the name beside them.
CLIPPED = """(() => {
  const links = [...document.querySelectorAll('.pages a, .pages > button, .session .quiet')];
  const seen = links.filter((link) => link.checkVisibility());
  const rectOf = (link) => {
    const range = document.createRange();
    range.selectNodeContents([...link.childNodes].findLast((node) => node.nodeType === 3));
    return range.getBoundingClientRect();
  };
  const isOut = (link) => {
    const [name, place] = [rectOf(link), link.getBoundingClientRect()];
    const isWithin = name.left >= place.left && name.right <= place.right && name.bottom <= place.bottom + 1;
    return !isWithin || place.left < 0 || place.right > innerWidth || name.width === 0;
  };
  const areCrossed = (one, other) => one.right > other.left && other.right > one.left
    && one.bottom > other.top + 2 && other.bottom > one.top + 2;
  const isCrossed = (link) =>
    seen.some((other) => other !== link && areCrossed(rectOf(link), rectOf(other)));
  return seen.filter((link) => isOut(link) || isCrossed(link)).map((link) => link.textContent.trim());
})()"""
# What the list names is pressed once, on the page itself.
PRESS_ALL = """(() => {
  const arrows = { "↑": "ArrowUp", "↓": "ArrowDown", "←": "ArrowLeft", "→": "ArrowRight" };
  const named = { ...arrows, Space: " ", Esc: "Escape" };
  const listed = [...document.querySelectorAll('#keyboard kbd')].map((key) => key.textContent);
  const keys = listed.map((key) => named[key] ?? key);
  const fire = (key) => {
    const pressed = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(pressed);
  };
  keys.filter((key) => !['?', 'Ctrl', 'Shift', 'Alt', 'Enter'].includes(key)).forEach(fire);
  return keys.length;
})()"""


def type_key(browser, key, code):
    for kind in ("keyDown", "keyUp"):
        browser.send("Input.dispatchKeyEvent", type=kind, key=key, text=key, windowsVirtualKeyCode=code)


def test_on_a_phone_four_pages_are_at_hand_and_the_rest_opens_by_finger_and_by_key(browser, address):
    open_signed_in(browser, f"{address}server/runs")
    assert browser.evaluate(LINKS) == len(NAVIGATION)
    browser.size(820, 600)
    assert browser.evaluate(LINKS) == len(NAVIGATION) and browser.evaluate(FITS)
    browser.size(390, 600)
    assert browser.evaluate(LINKS) == 4 and browser.evaluate(FITS) and browser.evaluate(UNCOVERED)
    browser.click("[popovertarget]")
    browser.wait_for(OPEN)
    assert browser.evaluate(LINKS) == len(NAVIGATION)
    browser.press("Escape")
    browser.wait_for(f"!{OPEN}")
    browser.evaluate("document.querySelector('[popovertarget]').focus()")
    browser.press("Enter")
    browser.wait_for(OPEN)
    browser.press("Tab")
    assert browser.evaluate("document.activeElement.closest('#more-pages') !== null")
    browser.press("Escape")
    browser.wait_for(f"!{OPEN}")
    assert browser.evaluate(FOCUSED) == "more-pages"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_in_the_navigation_is_clipped_or_lies_over_another(browser, address, language):
    open_signed_in(browser, f"{address}server/keys")
    browser.send("Network.setCookie", name="language", value=language, url=address)
    browser.evaluate("location.reload()")
    browser.wait_for(f"document.documentElement.lang === {language!r} && document.readyState === 'complete'")
    for width in (1440, 1024, 820, 640, 390, 320):
        browser.size(width, 800)
        assert browser.evaluate(CLIPPED) == [], width
    browser.click("[popovertarget]")
    browser.wait_for(OPEN)
    assert browser.evaluate(CLIPPED) == []
    browser.evaluate("document.querySelector('.pages a').lastChild.textContent = 'Handlungsbedarf'.repeat(9)")
    assert browser.evaluate(CLIPPED)


def test_every_page_lists_its_keys_closes_the_list_again_and_takes_each_of_them(browser, address):
    open_signed_in(browser, address)
    pages = browser.evaluate("[...document.querySelectorAll('.pages a')].map((link) => link.href)")
    assert len(pages) == len(NAVIGATION)
    for page in pages:
        browser.open(page)
        type_key(browser, "?", 191)
        browser.wait_for(f"{KEYBOARD}.open")
        assert browser.evaluate(f"{KEYBOARD}.querySelectorAll('dt').length") >= 3
        browser.press("Escape")
        browser.wait_for(f"!{KEYBOARD}.open")
        assert browser.evaluate(PRESS_ALL) >= 4


def test_the_system_chooses_light_or_dark_at_once(browser, address):
    browser.open(f"{address}server/sign-in")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = browser.evaluate(ground)
    browser.prefer("dark")
    assert browser.evaluate(ground) == "rgb(19, 20, 25)" != light
    browser.prefer("")
    assert browser.evaluate("getComputedStyle(document.documentElement).colorScheme") in ("dark", "light")
