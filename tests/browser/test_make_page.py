"""A poster that is made by hand, as a person does it in a browser."""

import base64
import json

import pytest

from app.core.decisions.record import decision_of
from tests.browser.visiting import FITS, sign_in_to, text_of
from tests.driving import eventually
from tests.edited_artwork import FILM, make_trees
from tests.pictures import make_picture

pytestmark = pytest.mark.slow

DRAWN = "document.getElementById('drawn')"
# A picture by the ways that a browser has; none of them can be had without a person's hand.
BRINGS = """(() => {{
  const bytes = Uint8Array.from(atob({content!r}), (sign) => sign.charCodeAt(0));
  const data = new DataTransfer();
  data.items.add(new File([bytes], "own.jpg", {{ type: "image/jpeg" }}));
  const event = {event};
  document.body.dispatchEvent(event);
  return event.defaultPrevented;
}})()"""
DROP = "new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })"
PASTE = "new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })"
CHOICES = "[...document.querySelectorAll('#places button')]"


@pytest.fixture
def folder(machine, client, monkeypatch):
    return make_trees(machine, monkeypatch)


def bring(browser, how, size=(1200, 900)):
    content = base64.b64encode(make_picture(size, noisy=True)).decode()
    assert browser.evaluate(BRINGS.format(content=content, event=how))


def crop_of(browser):
    return json.loads(browser.evaluate("document.querySelector('[name=crop]').value || 'null'"))


def press_sign(browser, sign):
    for kind in ("keyDown", "keyUp"):
        browser.send("Input.dispatchKeyEvent", type=kind, key=sign, text=sign if kind == "keyDown" else "")


def open_make(browser, address, query=""):
    sign_in_to(browser, address, f"server/make{query}")
    browser.wait_for(f"{DRAWN}.naturalWidth > 0")


def wait_until_drawn_anew(browser, before):
    browser.wait_for(f"{DRAWN}.src !== {before!r} && {DRAWN}.complete && !{DRAWN}.hasAttribute('aria-busy')")


def drawn_address(browser):
    return browser.evaluate(f"{DRAWN}.src")


def test_a_poster_is_typed_dropped_cut_by_keyboard_put_and_taken_back(browser, address, machine, folder):
    open_make(browser, address)
    assert "Sample picture" in text_of(browser, "#drawn-said")
    assert browser.evaluate("document.getElementById('put').disabled")
    before = drawn_address(browser)
    browser.type("[name=title]", "My own title")
    wait_until_drawn_anew(browser, before)
    # At rest it is as large as a run would make it.
    browser.wait_for(f"{DRAWN}.naturalWidth === 2000")
    bring(browser, DROP)
    browser.wait_for("!document.getElementById('cutting').hidden && !document.getElementById('put').disabled")
    browser.wait_for(f"{DRAWN}.dataset.source === 'original'")
    assert crop_of(browser) is None and "600 × 900 pixels" in text_of(browser, "#crop-said")
    browser.evaluate("document.getElementById('crop').focus()")
    for _ in range(3):
        browser.press("ArrowLeft")
    assert crop_of(browser) == [0.22, 0, 0.5, 1]
    press_sign(browser, "-")
    assert crop_of(browser)[2] < 0.5 and crop_of(browser)[1] > 0
    press_sign(browser, "0")
    assert crop_of(browser) is None
    browser.press("ArrowLeft")
    browser.wait_for(f"{CHOICES}.some((button) => button.dataset.path === {FILM!r})")
    browser.click(f'#places [data-path="{FILM}"]')
    browser.wait_for("document.querySelector('#places [aria-pressed=true]') !== null")
    browser.click("#put")
    browser.wait_for("document.getElementById('put-said').innerText.includes('Show it')", 40)
    file = folder / "assets" / FILM
    assert file.read_bytes()[:2] == b"\xff\xd8" and decision_of(machine.paths.engine, FILM)["hold"] == "held"
    browser.click("#notice-action")
    eventually(lambda: file.read_bytes() == FILM.encode(), seconds=30)


def test_a_phone_pastes_a_picture_for_a_new_item_and_unsaved_work_is_asked_about(browser, address, folder):
    browser.size(390, 844)
    open_make(browser, address)
    bring(browser, PASTE)
    browser.wait_for("!document.getElementById('cutting').hidden")
    assert browser.evaluate(FITS)
    browser.click(".back")
    browser.wait_for("document.getElementById('leaving').open")
    browser.press("Escape")
    browser.wait_for("!document.getElementById('leaving').open")
    assert browser.evaluate("location.pathname") == "/server/make"
    browser.click("[name=where][value=new]")
    browser.click("#put")
    browser.wait_for(
        "document.getElementById('put-refused').innerText.includes('name a library and a folder')"
    )
    browser.type("[name=library]", "Movies")
    browser.type("[name=folder]", "Own (2020)")
    browser.click("#put")
    browser.wait_for("document.getElementById('put-said').innerText.includes('Show it')", 40)
    assert (folder / "assets/Movies/Own (2020)/poster.jpg").is_file()
    assert browser.evaluate(FITS)
