"""A title is corrected, its like are shown and corrected with one press, and both are taken back."""

import json
from urllib.parse import quote

import pytest
from PIL import Image

from tests.browser.visiting import FITS, sign_in_to
from tests.driving import eventually
from tests.live_server import KEY, RunningServer
from tests.poster.pipeline.media import add_film, configure

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

ALIEN = "Movies/Alien (1979)/poster.jpg"
# As the browser spells it.
PAGE = f"server/correct/{quote(ALIEN, safe='/()')}"
BRIGHT, DARK = ("Alien (1979)", "Brazil (1985)", "Heat (1995)"), ("Fargo (1996)",)
NOTICE = "document.getElementById('notice-text').textContent"
DRAWN = "document.getElementById('tried').naturalWidth > 0 && !document.getElementById('tried').ariaBusy"
HEAD = "document.getElementById('alike-title').textContent"
AFTER = "[...document.querySelectorAll('#alike .after')].filter((image) => image.naturalWidth > 0).length"
UNDO_KEYS = "new KeyboardEvent('keydown', {key: 'z', ctrlKey: true, bubbles: true})"
TAKE_BACK = f"document.body.dispatchEvent({UNDO_KEYS})"
MOVE = """(([name, value]) => {
  const field = document.getElementById(`field-${name}`);
  field.value = value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
})(%s)"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("correct")
    data, media = folder / "data", folder / "media"
    for title in (*BRIGHT, *DARK):
        picture = Image.new("RGB", (200, 300), "#fdfbf6" if title in BRIGHT else "#202428")
        # One colour alone is a placeholder to the engine.
        picture.paste("#7788aa", (0, 0, 200, 60))
        picture.save(add_film(media, title) / "poster.jpg")
    configure(data)
    settings = json.loads((data / "config.json").read_text())
    settings.setdefault("PosterOverlayPart", {})["AddOverlay"] = "false"
    (data / "config.json").write_text(json.dumps(settings))
    assets = data / "assets"
    assets.mkdir()
    folders = {"ASSET_PATH": assets, "MEDIA_PATH": media}
    with RunningServer(data, TRIGGER_CONSUMER="off", WEB_CONCURRENCY="1", **folders) as server:
        yield server


def rules(server):
    return [one["name"] for one in server.get("/api/rules").json()["rules"]]


def move(browser, name, value):
    browser.evaluate(MOVE % json.dumps([name, value]))


def test_one_is_corrected_then_its_like_and_each_is_taken_back_by_one_press(browser, server):
    assert server.post("/api/run/normal").status_code == 200
    eventually(lambda: server.get("/api/assets/catalogue").json()["total"] == 4, seconds=60)
    sign_in_to(browser, f"{server.address}/", PAGE, KEY)
    browser.wait_for(DRAWN)
    assert "Hard to read" in browser.wait_for("document.getElementById('tried-measure').textContent")
    move(browser, "shade", 70)
    browser.wait_for("!document.getElementById('tried-measure').textContent.includes('Hard to read')")
    browser.click("#take")
    browser.wait_for(f"{NOTICE}.includes('Corrected. 2 others have the same fault.')", patience=60)
    assert rules(server) == ["Correction of Alien (1979) in Movies"]
    browser.wait_for("!!document.getElementById('alike-form')", patience=20)
    browser.wait_for(f"{AFTER} === 2", patience=20)
    assert "contrast 1" in browser.evaluate("document.querySelector('#alike li').innerText")
    for width in (820, 390):
        browser.size(width, 800)
        assert browser.evaluate(FITS), width
    browser.click("#alike li:nth-child(2) input")
    browser.wait_for("document.getElementById('alike-count').textContent === '1 of 2 ticked'")
    browser.click("#alike-take")
    browser.wait_for(f"{NOTICE}.includes('One title corrected.')", patience=60)
    assert len(rules(server)) == 2
    browser.wait_for(f"{HEAD}.startsWith('One other')", patience=20)
    browser.evaluate(TAKE_BACK)
    browser.wait_for(f"{HEAD}.startsWith('2 others')", patience=60)
    assert rules(server) == ["Correction of Alien (1979) in Movies"]
