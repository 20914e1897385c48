"""The newest artwork on the page, each picture with why it was chosen, and a page that stands still."""

import pytest

from tests.browser.visiting import FITS, ROOM_OPEN, STILL, sign_in_as_told, text_of
from tests.live_server import RunningServer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

SEEN = (
    "[...document.querySelectorAll('.shelf button')]"
    ".filter((tile) => tile.image && tile.querySelector('img').naturalWidth > 0)"
)
KINDS = f"[...new Set({SEEN}.map((tile) => tile.image.name.split(' · ').at(-1)))].sort().join()"
ALL_KINDS = "Episode,Movie,Movie Background,Season,Show,Show Background"
NARROWEST = 0.05


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with RunningServer(tmp_path_factory.mktemp("first") / "data", DEMO="on") as server:
        yield server


def test_soon_after_a_first_start_the_page_shows_pictures_of_each_kind_and_why(browser, tmp_path):
    with RunningServer(tmp_path / "data", DEMO="on") as server:
        sign_in_as_told(browser, server)
        browser.size(1440, 1300)
        browser.wait_for(f"{KINDS} === '{ALL_KINDS}'", patience=60)
        why = browser.wait_for("document.querySelector('#shelf-tall .why').innerText", patience=10)
        assert why == "Picture from the media folder, language unknown. Made because there is no file yet."


def test_a_picture_opens_large_with_its_title_and_the_reasons(browser, server):
    sign_in_as_told(browser, server)
    browser.wait_for(f"{SEEN}.length > 3", patience=60)
    browser.click("#shelf-tall button")
    browser.wait_for("document.getElementById('viewer-image').naturalWidth === 2000")
    assert "·" in text_of(browser, "#viewer-name")
    browser.wait_for("document.getElementById('viewer-why').innerText.startsWith('Picture from ')")
    first = text_of(browser, "#viewer-name")
    browser.press("ArrowRight")
    assert text_of(browser, "#viewer-name") != first
    browser.press("Escape")
    browser.wait_for("!document.getElementById('viewer').open")


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (820, 1180), (390, 844)])
def test_nothing_moves_while_the_page_loads(browser, server, width, height):
    browser.size(width, height)
    sign_in_as_told(browser, server)
    browser.wait_for("document.getElementById('status-title').innerText === 'Ready'", patience=60)
    browser.open(f"{server.address}/")
    browser.wait_for(ROOM_OPEN)
    assert browser.evaluate(STILL) <= NARROWEST
    assert browser.evaluate(FITS)
