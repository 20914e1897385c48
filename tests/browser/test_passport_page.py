"""A picture is dropped on any page, recognised in other bytes, brought back, and that is taken back."""

import pytest

from tests.browser.axe import all_rules, findings
from tests.browser.visiting import FITS, sign_in_as_told, sign_in_to, text_of
from tests.live_server import RunningServer

pytestmark = pytest.mark.slow

NOTICE = "document.getElementById('notice-text').textContent"
VERDICT = "document.querySelector('.verdict h2')?.textContent"
# The picture of the address as a media server gives it back: smaller, encoded anew, under another name.
TRANSCODED = """(async () => {
  const bitmap = await createImageBitmap(await (await fetch(%r)).blob());
  const canvas = new OffscreenCanvas(600, 900);
  canvas.getContext("2d").drawImage(bitmap, 0, 0, 600, 900);
  const type = "image/jpeg";
  window.carried = new File([await canvas.convertToBlob({ type, quality: 0.8 })], "x.jpg", { type });
  return carried.size;
})()"""
REDRAWN = """fetch('/api/assets/' + encodeURI(%r) + '/redraw', {
  method: 'POST',
  body: JSON.stringify({ text: 'Other' }),
  headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'fetch' },
}).then((answer) => answer.json())"""
DROPPED = """((target) => {
  const data = new DataTransfer();
  data.items.add(window.carried);
  const options = { dataTransfer: data, bubbles: true, cancelable: true };
  const send = (kind) => target.dispatchEvent(new DragEvent(kind, options));
  send("dragover");
  const hint = document.querySelector(".drop-hint:not([hidden])")?.textContent ?? "";
  send("drop");
  return hint;
})(document.getElementById("main"))"""


def test_a_poster_that_comes_back_from_a_media_server_is_restored_and_that_taken_back(browser, tmp_path):
    with RunningServer(tmp_path / "data", DEMO="on") as server:
        sign_in_as_told(browser, server)
        browser.open(f"{server.address}/server/library")
        browser.wait_for("!!document.querySelector('#wall li a[href*=poster]')", 60)
        browser.click("#wall li a[href*=poster]")
        browser.wait_for("document.getElementById('do-redraw')?.disabled === false", 30)
        path = browser.evaluate("document.getElementById('picture').dataset.asset")
        whole = browser.evaluate("document.getElementById('download').href")
        assert browser.evaluate(TRANSCODED % whole) > 1000
        draw_another(browser, path)
        browser.open(f"{server.address}/server/runs")
        assert browser.evaluate(TRANSCODED % whole) > 1000
        assert "What is this picture?" in browser.evaluate(DROPPED)
        browser.wait_for("location.pathname.endsWith('/server/passport')")
        browser.wait_for(f"{VERDICT} && !!document.querySelector('[data-restore]:enabled')", 60)
        assert "same picture in other bytes" in text_of(browser, ".verdict")
        assert "another picture" in text_of(browser, ".sighting")
        for width in (1440, 820, 390):
            browser.size(width, 800)
            assert browser.evaluate(FITS), width
        for scheme in ("dark", "light"):
            browser.prefer(scheme)
            assert findings(browser, all_rules(browser)) == []
        browser.click("[data-restore]")
        browser.wait_for(f"{NOTICE} === 'The picture is back.'", 60)
        browser.wait_for("!document.querySelector('[data-restore]')", 30)
        browser.click("#notice-action")
        browser.wait_for("!!document.querySelector('[data-restore]')", 60)


def draw_another(browser, path):
    """Another picture takes the place of the first one."""
    run = browser.evaluate(REDRAWN % path)["run_id"]
    ended = f"fetch('/api/runs/{run}').then((a) => a.json()).then((a) => a.run.status === 'completed')"
    browser.wait_for(ended, 60)


def test_a_page_that_takes_pictures_itself_keeps_what_is_dropped_on_it(browser, address, machine):
    """The passport takes what is chosen there, and a file that is no picture leads nowhere."""
    sign_in_to(browser, address, "server/passport")
    browser.wait_for("!document.getElementById('ways').hidden")
    browser.evaluate("window.carried = new File(['text'], 'notes.txt', { type: 'text/plain' })")
    browser.evaluate(DROPPED)
    browser.wait_for(f"{NOTICE}.startsWith('That is no picture')")
    browser.evaluate("window.carried = new File(['broken'], 'a.jpg', { type: 'image/jpeg' })")
    browser.evaluate(DROPPED)
    browser.wait_for("document.querySelector('#answer .problem')?.textContent.includes('no picture')")
    browser.events.clear()  # the refusal is a complaint of the browser
