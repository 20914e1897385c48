"""Home with artwork, as a person uses it."""

import pytest

from tests.browser.visiting import FITS, STILL, open_signed_in, sign_in_as_told, text_of
from tests.live_server import RunningServer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

SEEN = "[...document.querySelectorAll('#newest img')].filter((image) => image.naturalWidth > 0).length"
KINDS = (
    "[...new Set([...document.querySelectorAll('#newest small')]"
    ".map((each) => each.innerText.split(' · ')[0]))].sort().join()"
)
SHAPES = (
    "[...document.querySelectorAll('#newest .frame')].map((frame) => frame.clientWidth / frame.clientHeight)"
)
SAID = "document.getElementById('said').innerText"
NARROWEST = 0.05


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with RunningServer(tmp_path_factory.mktemp("first") / "data", DEMO="on") as server:
        yield server


def test_soon_after_a_first_start_home_fills_with_pictures_of_each_kind_and_stands_still(browser, server):
    browser.size(1440, 1300)
    sign_in_as_told(browser, server)
    browser.wait_for(f"{KINDS} === 'Background,Poster,Season,Title card'", patience=60)
    browser.wait_for(f"{SAID} === 'Ready' && {SEEN} > 10", patience=30)
    for width, height in ((1440, 900), (820, 1180), (390, 600)):
        browser.size(width, height)
        browser.open(f"{server.address}/")
        assert browser.evaluate(STILL) <= NARROWEST, width
        assert browser.evaluate(FITS), width
        assert {round(shape, 1) for shape in browser.evaluate(SHAPES) if shape} == {0.7, 1.8}


def test_a_plan_comes_first_and_the_keyboard_starts_it(browser, server):
    sign_in_as_told(browser, server)
    browser.wait_for("document.getElementById('plan-normal')?.disabled === false", patience=60)
    assert browser.evaluate("document.querySelector('.primary').id") == "plan-normal"
    browser.evaluate("document.getElementById('start-normal').focus()")
    browser.press("Enter")
    browser.wait_for("document.getElementById('starting').open")
    assert browser.evaluate("document.activeElement.value") == ""  # Enter starts nothing
    browser.press("Escape")
    browser.evaluate("document.getElementById('plan-normal').focus()")
    browser.press("Enter")
    browser.wait_for("/\\/server\\/runs\\/\\d+$/.test(location.pathname)")
    browser.wait_for("document.querySelector('h1')?.innerText.endsWith(': Plan')")


def test_what_is_the_same_is_not_drawn_anew_and_the_focus_stays(browser, server):
    sign_in_as_told(browser, server)
    browser.wait_for(f"{SAID} === 'Ready' && {SEEN} > 3", patience=60)
    browser.evaluate(
        "window.tile = document.querySelector('#newest li'); window.tile.firstElementChild.focus()"
    )
    browser.evaluate("document.querySelectorAll('#newest li')[2].remove()")  # as if another had come
    browser.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    browser.wait_for(
        "document.querySelectorAll('#newest .tall li')[2]?.isConnected && window.tile.isConnected"
    )
    assert browser.evaluate("document.activeElement.closest('li') === window.tile")


def test_a_warning_is_silenced_and_shown_again_with_the_keyboard(browser, address, machine):
    problem = {"source": "log", "message": "The log is full.", "public": "x", "advice": "Empty it."}
    machine.state.publish(problems=[problem])
    open_signed_in(browser, address)
    browser.wait_for("[...document.querySelectorAll('[data-silence]')].some((button) => !button.disabled)")
    own = "[...document.querySelectorAll('.troubles li')].find((it) => it.innerText.includes('log is full'))"
    browser.evaluate(f"{own}.querySelector('button').focus()")
    browser.press("Enter")
    browser.wait_for("!document.getElementById('troubles').innerText.includes('log is full')")
    assert "Silenced." in text_of(browser, "#notice-text")
    browser.evaluate("document.querySelector('.past summary').focus()")
    browser.press("Enter")
    browser.wait_for("document.querySelector('[data-unsilence]')?.disabled === false")
    browser.evaluate("document.querySelector('[data-unsilence]').focus()")
    browser.press("Enter")
    browser.wait_for("document.getElementById('troubles').innerText.includes('log is full')")
    for width in (1440, 390):
        browser.size(width, 600)
        assert browser.evaluate(FITS), width
