"""The designs, as a person takes, imports, saves and deletes them; each draws a colour here."""

from base64 import b64encode

import pytest
from flask import Response

from app.core.designs.packing import packed_design
from app.core.designs.shelf import design_of_id
from tests.browser.visiting import FITS, sign_in_to, text_of
from tests.driving import eventually, rows
from tests.pictures import make_picture

pytestmark = pytest.mark.slow

FIRST = "document.querySelector('#designs [data-id]').dataset.id"
OWN = (
    "[...document.querySelectorAll('[data-delete]')].map((one) => one.closest('[data-id]').dataset.id).join()"
)
READY = "!!document.querySelector('[data-take]:enabled')"
DRAWN = "[...document.querySelectorAll('#design-classic img')].every((one) => one.naturalWidth === 20)"
DROP = """(() => {
  const bytes = Uint8Array.from(atob(%r), (sign) => sign.charCodeAt(0));
  const transfer = new DataTransfer();
  transfer.items.add(new File([bytes], 'theirs.posterizarr', { type: 'application/octet-stream' }));
  for (const kind of ['dragover', 'drop']) {
    const options = { dataTransfer: transfer, bubbles: true, cancelable: true };
    document.body.dispatchEvent(new DragEvent(kind, options));
  }
})()"""
OPEN_MENU = "document.querySelector('#design-%s details').open = true"


@pytest.fixture
def page(browser, address, app, monkeypatch):
    """The page, with a colour in place of each drawing."""

    def draw(design):
        return Response(make_picture((20, 30), (len(design) * 9, 90, 160)), mimetype="image/jpeg")

    monkeypatch.setitem(app.view_functions, "previews.draw_design", draw)
    sign_in_to(browser, address, "server/designs")
    browser.wait_for(READY)
    return browser


def test_a_design_is_looked_at_taken_undone_and_planned(page, machine):
    page.wait_for(DRAWN)
    for width in (1440, 820, 390):
        page.size(width, 800)
        assert page.evaluate(FITS), width
    page.size(1280, 900)
    assert page.evaluate(FIRST) == "present"
    page.click("#design-cinema .poster")
    page.wait_for("document.getElementById('closer').open")
    assert "Sample of a poster in “Cinema frame”" in text_of(page, "#closer-name")
    page.press("ArrowRight")
    page.wait_for("document.getElementById('closer-name').innerText.includes('Typographic')")
    page.press("Escape")
    page.wait_for("!document.getElementById('closer').open")
    page.click("#design-cinema [data-take]")
    page.wait_for(f"{FIRST} === 'cinema' && {READY}")
    assert "Cinema frame” is in the settings now" in text_of(page, "#told-what")
    assert machine.config.setting("PrerequisitePart", "font") == "Jost-Medium.ttf"
    page.click("#notice-action")
    page.wait_for(f"{FIRST} === 'present' && document.getElementById('told').hidden")
    assert machine.config.setting("PrerequisitePart", "font") == "BebasNeue-Bold.otf"
    page.click("#design-minimal [data-take]")
    page.wait_for("!document.getElementById('plan-first').hidden")
    page.click("#plan-first")
    assert eventually(lambda: [run.mode for run in rows(machine)]) == ["plan"]


def test_a_design_is_dropped_saved_and_deleted_with_a_way_back(page, machine):
    content = b64encode(packed_design(design_of_id(machine.paths, "gallery"))).decode()
    page.evaluate(DROP % content)
    page.wait_for(f"{OWN} === 'gallery-print'", patience=60)
    assert "Gallery print” is among your designs. Nothing else has changed." in text_of(page, "#told-what")
    page.click("#tools [data-save]")
    page.type("#saving [name=name]", "Mine")
    page.press("Enter")
    page.wait_for(f"{OWN} === 'mine,gallery-print'", patience=60)
    page.evaluate(OPEN_MENU % "mine")
    page.click("#design-mine [data-delete]")
    page.wait_for(f"{OWN} === 'gallery-print'")
    page.click("#notice-action")
    page.wait_for(f"{OWN} === 'mine,gallery-print'")
    page.evaluate(DROP % b64encode(b"no design at all").decode())
    page.wait_for("document.querySelector('.notice.bad')?.innerText.includes('no zip')")
