"""What changed while a person was away, and what takes it back."""

from datetime import timedelta

import pytest

from app.models.base import now
from app.ui.last_visit import COOKIE
from tests.api.test_assets import roots
from tests.api.test_replacing import ALIEN, NEW, OLD, upload
from tests.browser.visiting import FITS, open_signed_in, text_of
from tests.driving import rows
from tests.editing import edit_in_this_process
from tests.trees import catalogue, make_image

__all__ = ["roots"]

pytestmark = pytest.mark.slow

AWAY = "document.getElementById('away')"
NOTICE = "document.getElementById('notice-text').textContent"
SHOWN = "document.querySelectorAll('.away li').length"
SEEN = "[...document.querySelectorAll('.away img')].filter((image) => image.naturalWidth > 0).length"


@pytest.fixture
def changed(client, machine, roots, monkeypatch):
    """A poster that was replaced by one run, and a second picture that was deleted by another."""
    edit_in_this_process(monkeypatch)
    files = [make_image(roots["assets"], path, OLD) for path in (ALIEN, "Movies/Heat (1995)/poster.jpg")]
    catalogue(machine)
    assert upload(client, NEW).status_code == 200
    assert client.delete("/api/gallery/Movies/Heat%20(1995)/poster.jpg").status_code == 200
    return files


def be_away(browser, address):
    ago = int((now() - timedelta(days=2)).timestamp())
    browser.send("Network.setCookie", name=COOKIE, value=f"{ago}-{ago}", url=address)


def test_what_changed_is_shown_before_and_after_and_is_gone_when_it_is_taken_back(
    browser, address, machine, changed
):
    be_away(browser, address)
    open_signed_in(browser, f"{address}server/runs")  # any page begins a visit
    browser.open(address)
    browser.wait_for(f"{SEEN} === 3 && !document.querySelector('#away button:disabled')")
    assert text_of(browser, ".away figcaption") == "Before"
    for width in (390, 820, 1440):
        browser.size(width, 600)
        assert browser.evaluate(FITS), width
    browser.send("Input.dispatchKeyEvent", type="keyDown", key="a")
    assert browser.evaluate("document.activeElement.closest('.away-runs') !== null")
    assert "Run 2" in browser.evaluate("document.activeElement.textContent")
    browser.press("Tab")
    browser.press("Enter")
    browser.wait_for(f"{NOTICE} === 'Run 2 is taken back.' && {SHOWN} === 1")
    assert changed[1].read_bytes() == OLD
    browser.click("#notice-action")  # and that is taken back, too
    browser.wait_for(f"{NOTICE}.startsWith('Taken back.') && {SHOWN} === 2")
    browser.click(".away-runs button")
    browser.wait_for(f"{SHOWN} === 1")
    browser.click(".away [data-back]")
    browser.wait_for(f"{NOTICE} === 'The picture of before is being put back.'")
    assert browser.evaluate("document.querySelector('.away [data-back]').disabled")
    assert rows(machine)[-1].mode == "version"
    browser.click("#undo-1")
    browser.wait_for(f"!{AWAY}.checkVisibility()")
    assert changed[0].read_bytes() == OLD
