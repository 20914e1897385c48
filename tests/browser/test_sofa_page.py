"""The page from the sofa with its warnings; the texts of the drawings are said by a double here."""

import json

import pytest
from flask import Response, request

from tests.api.test_assets import library, roots
from tests.browser.visiting import FITS, sign_in_to, text_of
from tests.pictures import make_picture
from tests.trees import catalogue

__all__ = ["library", "roots"]

pytestmark = pytest.mark.slow

SHOWN = "[...document.querySelectorAll('.client:not([hidden])')].map((one) => one.id).join()"
TOLD = "!document.getElementById('losses-state').innerText.includes('…')"
SIZES = """(() => {
  const screen = document.querySelector('#client-%s .%s .screen').clientWidth;
  const face = document.querySelector('#client-%s .%s .tall .face').getBoundingClientRect();
  return [face.width / screen, face.height / face.width];
})()"""


@pytest.fixture
def texts(app, machine, library, monkeypatch):
    """The texts that each drawing reports, by its kind; the others have a large title in the middle."""
    catalogue(machine)
    found, usual = {}, {"boxes": [[0.1, 0.4, 0.9, 0.6]], "sizes": [300]}

    def draw(design):
        answer = Response(make_picture((20, 30)), mimetype="image/jpeg")
        answer.headers["X-Preview-Text"] = json.dumps(found.get(request.args["kind"], usual))
        return answer

    monkeypatch.setitem(app.view_functions, "previews.draw_design", draw)
    return found


def test_it_says_with_which_client_and_on_which_device_a_title_is_lost(browser, address, texts):
    texts["poster"] = {"boxes": [[0.1, 0.01, 0.98, 0.12]], "sizes": [300]}
    texts["title_card"] = {"boxes": [[0.1, 0.4, 0.9, 0.6], [0.3, 0.7, 0.7, 0.72], []], "sizes": [200, 40, 0]}
    sign_in_to(browser, address, "server/designs/sofa")
    browser.wait_for(TOLD)
    assert text_of(browser, "#losses-state a") == "Something is lost of the texts of 4 of 6 pictures."
    assert not browser.evaluate("document.getElementById('losses').getBoundingClientRect().top < innerHeight")
    browser.evaluate("document.querySelector('#losses-state a').click()")
    browser.wait_for("document.getElementById('losses').getBoundingClientRect().top < innerHeight")
    told = text_of(browser, "#losses")
    assert "unwatched covers a title: Plex on a television up to 19 %, Plex on a phone up to" in told
    assert "The tick of what was watched covers a title: Jellyfin on a television up to 23 %" in told
    too_small = "A second line is too small to read from the sofa. Capitals need 10 minutes of arc, and have:"
    assert f"{too_small} Plex 3.4," in told
    assert "S01E01" in told and "progress bar" not in told
    assert browser.evaluate("document.querySelectorAll('[data-view=plex-phone] .loses').length") == 4


def test_a_client_is_chosen_and_its_tiles_have_its_measures_at_each_width(browser, address, texts):
    sign_in_to(browser, address, "server/designs/sofa")
    browser.wait_for(f"{TOLD} && !!document.querySelector('.fine')")
    assert browser.evaluate(SHOWN) == "client-plex"
    browser.click("[data-client=jellyfin]")
    browser.wait_for(f"{SHOWN} === 'client-jellyfin' && location.search.includes('client=jellyfin')")
    for width in (1440, 820, 390):
        browser.size(width, 844)
        assert browser.evaluate(FITS), width
        assert browser.evaluate(SIZES % (("jellyfin", "television") * 2)) == pytest.approx(
            [100 / 960, 1.5], rel=0.01
        )
        assert browser.evaluate(SIZES % (("jellyfin", "phone") * 2)) == pytest.approx(
            [138.7 / 390, 1.5], rel=0.01
        )
    change = "const f = document.querySelector('[name=design]'); f.value = 'files';"
    browser.evaluate(f"{change} f.dispatchEvent(new Event('change', {{bubbles: true}}))")
    browser.wait_for("location.search.includes('design=files') && document.readyState === 'complete'")
    assert browser.evaluate(SHOWN) == "client-jellyfin"
    assert "nobody knows where their titles lie" in text_of(browser, "#losses-state")
